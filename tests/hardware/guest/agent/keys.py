"""A USB keypad, made by uhid, and a wedge reader, made by uinput."""

import time

from evdev import UInput, ecodes

from agent.uhid import HidDevice
from agent.waiting import now

# A keyboard with the numeric block only: report 1 in: a bit for each of Num Lock / * - + Enter 1 to 9 0 and the point.
# Out: the Num Lock lamp.
# Consumer control, of which the kernel makes an input device of its own: report 2 in: calculator.
DESCRIPTOR = bytes.fromhex(
    "0501 0906 A101 8501 0507 1953 2963 1500 2501 7501 9511 8102 9507 8103"
    "0508 1901 2901 9501 9102 9507 9103 C0"
    "050C 0901 A101 8502 0A9201 1500 2501 7501 9501 8102 9507 8103 C0"
)
NAME = "Bench Keypad"
IDS = (0x1209, 0x0F13)
BLOCK = "?/*-+\n1234567890"  # in the order of the bits; "/" is "#" to the firmware
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


class Keypad:
    """Digits and a few more, and beside them a key on an event node of its own."""

    def __init__(self) -> None:
        self._device = HidDevice(NAME, IDS, DESCRIPTOR, lambda _lamps: None)
        self._device.plug_in()

    def type(self, symbols: str, every: float = 0.05) -> list[int]:
        """Presses one key after the other; when each went down."""
        return [self._press(1, 1 << BLOCK.index(symbol.replace("#", "/")), 3, every) for symbol in symbols]

    def calculator(self, every: float = 0.05) -> int:
        """Presses the key that the second node has; when it went down."""
        return self._press(2, 1, 1, every)

    def unplug(self) -> None:
        """Pulls it out, both nodes at once."""
        self._device.unplug()

    def _press(self, report: int, keys: int, size: int, every: float) -> int:
        at = now()
        for bits in (keys, 0):
            self._device.send(bytes([report]) + bits.to_bytes(size, "little"))
        time.sleep(every)
        return at


class Reader(Keys):
    """A badge reader: to the kernel a keyboard, with letters and all."""

    def __init__(self) -> None:
        super().__init__("Bench Reader", READER)
