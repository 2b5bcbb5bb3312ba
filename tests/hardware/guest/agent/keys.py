"""USB keypads and wedge readers, made by uinput."""

import time

from evdev import UInput, ecodes

from agent.waiting import now

KEYPAD = {
    **{str(digit): f"KEY_KP{digit}" for digit in range(10)},
    "*": "KEY_KPASTERISK",
    "#": "KEY_KPSLASH",
    "\n": "KEY_KPENTER",
}
READER = {**{character: f"KEY_{character.upper()}" for character in "0123456789qwertyuiop"}, "\n": "KEY_ENTER"}


class Keys:
    """Something with keys, plugged in while it exists."""

    def __init__(self, name: str, keys: dict[str, str], more: tuple[str, ...] = ()) -> None:
        codes = [ecodes.ecodes[key] for key in (*keys.values(), *more)]
        capabilities = {ecodes.EV_KEY: codes, ecodes.EV_LED: [ecodes.LED_NUML]}
        self._keys = keys
        self._device = UInput(capabilities, name=name, bustype=ecodes.BUS_USB)

    def type(self, symbols: str, every: float = 0.05) -> list[int]:
        """Presses one key after the other; when each went down."""
        return [self._key(symbol, every) for symbol in symbols]

    def unplug(self) -> None:
        """Pulls it out."""
        self._device.close()

    def _key(self, symbol: str, every: float) -> int:
        code = ecodes.ecodes[self._keys[symbol]]
        at = now()
        for down in (1, 0):
            self._device.write(ecodes.EV_KEY, code, down)
            self._device.syn()
        time.sleep(every)
        return at


class Keypad(Keys):
    """Digits and a few more."""

    def __init__(self) -> None:
        super().__init__("Bench Keypad", KEYPAD, ("KEY_NUMLOCK", "KEY_KPPLUS", "KEY_KPMINUS", "KEY_KPDOT"))


class Reader(Keys):
    """A badge reader: to the kernel a keyboard, with letters and all."""

    def __init__(self) -> None:
        super().__init__("Bench Reader", READER)
