"""The waiting room of the terminal's own conferences: who is let in."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, command, event


class ConferenceIdReply(Reply, frozen=True, kw_only=True):
    """Reply that names the conference."""

    conf_id: str = ""


@command
class SetWaitingRoom(Command, frozen=True, kw_only=True):
    """Opens the waiting room of the conference, or closes it.

    admit: While closing it: true lets in who waits, false removes them from the conference.
    """

    method: ClassVar[str] = "setWaitingRoomState"
    reply: ClassVar[type[Reply]] = ConferenceIdReply

    enable: bool
    admit: bool | msgspec.UnsetType = msgspec.field(name="isUsersMustBeInvited", default=msgspec.UNSET)


@command
class SetPresence(Command, frozen=True, kw_only=True):
    """Lets a participant in, or sends one back into the waiting room.

    call_id: The participant by user, server and instance.
    """

    method: ClassVar[str] = "setParticipantPresenceInWaitingRoom"
    reply: ClassVar[type[Reply]] = ConferenceIdReply

    call_id: str
    in_waiting_room: bool


@event
class WaitingRoomOpened(Event, frozen=True, kw_only=True):
    """The waiting room was opened or closed."""

    event: ClassVar[str] = "waitingRoomStateChanged"


@event
class PresenceChanged(Event, frozen=True, kw_only=True):
    """A participant was let in or sent back; told to the owner and the moderators."""

    event: ClassVar[str] = "participantPresenceInWaitingRoomChanged"

    call_id: str = ""
    in_waiting_room: bool | None = msgspec.field(name="isInWaitingRoom", default=None)
    conf_id: str = ""
