"""States that a device reports and that our lamps set: hook, mute, hold. No I/O."""

from typing import Final

ECHO: Final = 0.5  # seconds in which a report may be a device's answer to what we sent


class Following:
    """One such state. Times are monotonic seconds."""

    def __init__(self) -> None:
        self.lamp = False
        self.changed_at = float("-inf")
        self._acknowledged = True

    def lit(self, *, on: bool, now: float) -> None:
        """The lamp is sent, lit or dark."""
        if on != self.lamp:
            self.lamp, self.changed_at, self._acknowledged = on, now, False

    def reported(self, *, state: bool) -> None:
        """The device says how it is: if as the lamp, it has followed."""
        self._acknowledged = self._acknowledged or state == self.lamp

    def asks(self, *, state: bool, now: float) -> bool:
        """True when a device in this state wants another than the lamp shows."""
        return state != self.lamp and (self._acknowledged or now - self.changed_at >= ECHO)
