"""A USB speakerphone: reports in, lamps out; like devices people buy, it answers the lamps it is sent."""

from agent.uhid import HidDevice
from agent.waiting import now, until

# Telephony headset: report 2 in: hook, mute (pulse), flash, redial, 4 bits of nothing. Out: off-hook, mute, ring, hold.
DESCRIPTOR = bytes.fromhex(
    "050B 0905 A101 8502 1500 2501"
    "7501 9501 0920 8122"  # hook switch: absolute, no preferred state
    "9501 092F 8106"  # phone mute: relative
    "9501 0921 8106 9501 0924 8106"  # flash, redial
    "9504 8103"
    "0508 9504 0917 0909 0918 0920 9122"  # lamps
    "9504 9103 C0"
)
LAMPS = ("off_hook", "mute", "ring", "hold")
IDS = (0x1209, 0x0F11)
HOOK, MUTE = 0x01, 0x02


class Phone:
    """Plugged in while it exists; `lamps` are what it was told to show, with the time of the last report."""

    def __init__(self) -> None:
        self._hook = 0
        self.lamps = dict.fromkeys(LAMPS, False)
        self.reports: list[tuple[int, dict[str, bool]]] = []
        self._device = HidDevice("Bench Speakerphone", IDS, DESCRIPTOR, self._written)
        self._device.plug_in()

    def hook(self, *, off: bool) -> int:
        """The call key; when."""
        self._hook = HOOK if off else 0
        return self._say(self._hook)

    def mute(self) -> int:
        """The mute key, pressed and let go; when."""
        at = self._say(self._hook | MUTE)
        self._say(self._hook)
        return at

    def wait_lamp(self, lamp: str, timeout: float, *, lit: bool, after: int = 0) -> int:
        """When the report came that left the lamp so, after the time `after`."""
        return until(f"{lamp} {lit}", lambda: self._when(lamp, after, lit=lit), timeout)

    def unplug(self) -> None:
        """Pulls it out."""
        self._device.unplug()

    def _when(self, lamp: str, after: int, *, lit: bool) -> int | None:
        return next((at for at, lamps in self.reports if at >= after and lamps[lamp] is lit), None)

    def _say(self, state: int) -> int:
        at = now()
        self._device.send(bytes([2, state]))
        return at

    def _written(self, report: bytes) -> None:
        lit = report[1]
        self.lamps = {lamp: bool(lit & 1 << bit) for bit, lamp in enumerate(LAMPS)}
        self.reports.append((now(), self.lamps))
        if self.lamps["off_hook"] != bool(self._hook):  # the device follows its lamp, and says so
            self._hook = HOOK if self.lamps["off_hook"] else 0
            self._say(self._hook)
