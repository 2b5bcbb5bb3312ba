"""USB keypads and wedge readers, made by uinput."""

import time

from evdev import UInput, ecodes

from agent.waiting import now

KEYS = {
    **{str(digit): f"KEY_KP{digit}" for digit in range(10)},
    "*": "KEY_KPASTERISK",
    "#": "KEY_KPSLASH",
    "\n": "KEY_KPENTER",
}


class Keys:
    """A keypad, plugged in while it exists."""

    def __init__(self, name: str = "Bench Keypad") -> None:
        codes = [
            ecodes.ecodes[key] for key in (*KEYS.values(), "KEY_NUMLOCK", "KEY_KPPLUS", "KEY_KPMINUS", "KEY_KPDOT")
        ]
        self._device = UInput(
            {ecodes.EV_KEY: codes, ecodes.EV_LED: [ecodes.LED_NUML]}, name=name, bustype=ecodes.BUS_USB
        )

    def type(self, symbols: str, every: float = 0.05) -> list[int]:
        """Presses one key after the other; when each went down."""
        return [self._key(symbol, every) for symbol in symbols]

    def unplug(self) -> None:
        """Pulls it out."""
        self._device.close()

    def _key(self, symbol: str, every: float) -> int:
        code = ecodes.ecodes[KEYS[symbol]]
        at = now()
        for down in (1, 0):
            self._device.write(ecodes.EV_KEY, code, down)
            self._device.syn()
        time.sleep(every)
        return at
