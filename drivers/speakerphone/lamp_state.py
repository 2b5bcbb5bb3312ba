"""A state that a device reports and that the host's lamp sets: hook, mute, hold. No I/O.

HID calls such a control an on/off control (OOC). The device follows the lamp, so a report may be an acknowledgement of
the lamp or a request to change it, and the bytes are the same. The two are told apart by comparing with the lamp:

- a state equal to the lamp is an acknowledgement (or the device falling back by itself), never a request;
- a different state is a request, once the device has acknowledged the last change of the lamp;
- before that acknowledgement, a different state within `ECHO` seconds may have been sent before the lamp arrived, and
  is ignored.
"""

from typing import Final

ECHO: Final = 0.5
"""Seconds in which a report may be the device's answer to what it was sent. Softphones in the field use the same."""


class LampState:
    """One such state as the host sees it. Times are monotonic seconds."""

    def __init__(self) -> None:
        self.lamp = False
        self.changed_at = float("-inf")
        self._acknowledged = True

    def set_lamp(self, *, on: bool, now: float) -> None:
        """Notes that the lamp is sent, lit or dark."""
        if on != self.lamp:
            self.lamp, self.changed_at, self._acknowledged = on, now, False

    def reported(self, *, state: bool) -> None:
        """Notes what the device says; a state equal to the lamp acknowledges it."""
        self._acknowledged = self._acknowledged or state == self.lamp

    def is_request(self, *, state: bool, now: float) -> bool:
        """Returns whether a device in this state asks for something other than the lamp shows."""
        return state != self.lamp and (self._acknowledged or now - self.changed_at >= ECHO)
