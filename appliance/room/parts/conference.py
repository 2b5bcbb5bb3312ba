"""Who else is in the conference, and what they do and write."""

import msgspec

from appliance.room.parts.person import Person
from appliance.room.secret import Secret
from appliance.terminal.messages.enums import DeviceState

ROOM = ""
"""In place of an id: the room itself, as who shows content."""


class Company(msgspec.Struct, frozen=True):
    """Who is in the conference with the room, by their ids as `peer_ids.whose` spells them, the room among them.

    `listed`: the terminal has listed all, so that they can be counted. `recording`: who records the room's picture.
    `content`: who shows slides, a screen or a window; the room itself has no id there.
    """

    listed: bool = False
    present: frozenset[str] = frozenset()
    recording: frozenset[str] = frozenset()
    content: frozenset[str] = frozenset()


class Attendee(msgspec.Struct, frozen=True):
    """Somebody else in a group conference, as the terminal has told; None where it has not.

    `peer_id`: as it spells it. `speaks`: whether everybody sees and hears them; told in role-based conferences alone.
    """

    peer_id: str
    name: str = ""
    mic: DeviceState | None = None
    video: DeviceState | None = None
    speaks: bool | None = None

    @property
    def label(self) -> str:
        """What people are shown."""
        return Person(self.peer_id, self.name).label


class ChatLine(msgspec.Struct, frozen=True):
    """A message of the call that goes on: who wrote it, and what. It is for those in the room alone."""

    who: Person
    text: Secret
