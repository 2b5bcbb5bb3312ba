"""A call of the room: with whom, how it is asked for, held and ended."""

from enum import StrEnum

import msgspec

from appliance.language.text import NOTHING, Text
from appliance.room.parts.person import Person
from appliance.room.secret import NO_SECRET, Secret
from appliance.terminal.messages.enums import ConferenceType


class Conversation(msgspec.Struct, frozen=True):
    """The call that is being set up or going on."""

    peer: Person | None = None
    type: ConferenceType | None = None  # None: not told yet
    conf_id: str = ""
    title: str = ""
    owner: str = ""
    since: float | None = None  # monotonic seconds at which it was established

    @property
    def group(self) -> bool:
        """Whether it is a group conference; only those have an owner, which tells where the type is not known yet."""
        return bool(self.owner) if self.type is None else self.type is not ConferenceType.POINT_TO_POINT


class PasswordEntry(msgspec.Struct, frozen=True):
    """The password of a conference while somebody types it. What was typed stays out of every repr, log and JSON.

    `wrong`: the one before was. `until`: when the entry closes by itself, and `readable_until`: for how long the last
    character can be read (monotonic seconds).
    """

    whom: Person
    entered: Secret = NO_SECRET
    wrong: bool = False
    until: float = 0.0
    readable_until: float = 0.0


class Muted(StrEnum):
    """What can be muted."""

    MIC = "mic"
    AUDIO = "audio"
    VIDEO = "video"


class OnHold(msgspec.Struct, frozen=True):
    """A call that was put on hold, and what was on before and muted for it.

    `answered`: somebody in the room has taken another call since.
    """

    conf_id: str = ""
    muted: frozenset[Muted] = frozenset()
    answered: bool = False


class Ending(StrEnum):
    """What ended a call, as far as anybody has said."""

    UNKNOWN = "unknown"  # it is over, and the terminal has not said why
    HERE = "here"  # somebody hung up at the appliance
    PEER_LEFT = "peer_left"  # the other side of a call between two
    OWNER_LEFT = "owner_left"  # whose group conference it was
    OUT = "out"  # the room left, or was removed; the terminal does not tell the two apart
    REFUSED = "refused"  # a refusal (`rejectReceived`) says why
    SERVER_LOST = "server_lost"
    LOGGED_OUT = "logged_out"  # the terminal, of its server
    ELSEWHERE = "elsewhere"  # the same because somebody else uses its account
    LINK_LOST = "link_lost"  # the appliance's own: whether the call goes on, nobody knows
    MEANWHILE = "meanwhile"  # without a link, it was over when the link came back


class CallEnd(msgspec.Struct, frozen=True):
    """The end of a call, or what was said that will end it; `at` monotonic seconds.

    `who`: the other side, or the owner who left. `refusal`: the words of a refusal.
    """

    ending: Ending
    at: float
    who: str = ""
    refusal: Text = NOTHING


class CallAsked(msgspec.Struct, frozen=True):
    """A call that was asked of the terminal, which has said nothing of it yet, and until when it may (monotonic)."""

    peer_id: str
    until: float
