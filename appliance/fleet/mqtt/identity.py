"""Which box this is, and whether another one has its room's name.

Two boxes that were given one name answer for each other: each will says that the room is gone while the other is there,
and an action would be done twice. The broker does not see it, since each has its machine id for its client id (with one
id for both, they would take the session from each other a thousand times a second). So every box says who it is on one
retained topic and listens to it:

- another machine that the broker has *kept* there may be long gone, the box that this one replaces. Ours is said over
  it.
- another machine that says so *now* is there. That is a conflict, which is over when nothing was heard for `FORGOTTEN`
  seconds. Ours is said again, so that the other hears of it, but once in `AGAIN` seconds: else the two would go on at
  the speed of the network.
"""

from collections.abc import Callable
from typing import Final

import msgspec

from appliance.language.text import NOTHING, Text

AGAIN: Final = 60.0  # seconds
FORGOTTEN: Final = 300.0  # seconds; several times `AGAIN`
LARGEST: Final = 1024  # bytes; ours have 150


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What is said: the id of the machine (machine-id(5), hashed), of its boot, and when the appliance started."""

    machine: str
    boot: str = ""
    started: str | None = None
    version: int = 1


class Twins:
    """Hears who else has this room's name."""

    def __init__(self, machine: str, now: Callable[[], float]) -> None:
        """`machine`: our own. `now`: monotonic seconds."""
        self._machine = machine
        self._now = now
        self._other = ""
        self._until = 0.0
        self._say_at = 0.0

    @property
    def other(self) -> str:
        """The machine that has the same name now; empty where none has."""
        return self._other if self._now() < self._until else ""

    @property
    def notice(self) -> Text:
        """What to show people in the room."""
        return Text("notice.two_boxes", machine=self.other) if self.other else NOTHING

    @property
    def refusal(self) -> Text:
        """Why no action is taken: nobody knows which of the two was meant."""
        return Text("mqtt.two_boxes") if self.other else NOTHING

    @property
    def over_at(self) -> float:
        """When the conflict is over if nothing more is heard (monotonic seconds)."""
        return self._until

    def hear(self, payload: bytes, *, kept: bool) -> bool:
        """Takes what was said on the topic; `kept`: by the broker. Returns whether ours is to be said again."""
        try:
            machine = msgspec.json.decode(payload[:LARGEST], type=Identity).machine
        except (msgspec.DecodeError, UnicodeDecodeError):
            machine = ""  # whatever it is, it is not ours; and nobody is there who could be told
        if machine == self._machine:
            return False
        if machine and not kept:
            self._other, self._until = machine[:64], self._now() + FORGOTTEN
        if self._now() < self._say_at:
            return False
        self._say_at = self._now() + AGAIN
        return True
