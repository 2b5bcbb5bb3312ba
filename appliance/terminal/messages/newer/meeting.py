"""Group conferences as newer terminals hold them: smart meetings, reactions, links."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import EVENT_TYPES, Command, Event, Reply, Wire, command, event
from appliance.terminal.messages.newer.values import PinOutcome, Reaction


@command
class PinUser(Command, frozen=True, kw_only=True):
    """Keeps a participant in the layout of a smart meeting, or lets go of one.

    peer_id: The participant by user, server and instance.
    """

    method: ClassVar[str] = "pinUser"

    peer_id: str
    pinned: bool = msgspec.field(name="isPinNeeded")


@command
class SetMeetingMode(Command, frozen=True, kw_only=True):
    """Turns a role-based conference into a smart meeting, or back."""

    method: ClassVar[str] = "changeConferenceMode"

    smart: bool = msgspec.field(name="isSmartMeeting")


@command
class ExpandCall(Command, frozen=True, kw_only=True):
    """Makes a group conference of a call between two; the other side is invited by itself.

    invited: Who else is invited.
    """

    method: ClassVar[str] = "expandCallToMulti"

    title: str
    invited: tuple[str, ...] = msgspec.field(name="inviteList")


@command
class SetRemoteSpeaker(Command, frozen=True, kw_only=True):
    """Switches the loudspeaker of a participant on or off, as owner or moderator.

    peer_id: The participant by user, server and instance.
    """

    method: ClassVar[str] = "turnRemoteSpeaker"

    peer_id: str
    on: bool


@command
class StopTheirContent(Command, frozen=True, kw_only=True):
    """Asks a participant to stop showing content."""

    method: ClassVar[str] = "sendStopContentSharing"

    peer_id: str


class ReceivingLevelReply(Reply, frozen=True, kw_only=True):
    """Reply to `getAudioReceivingLevel`.

    level: Of a range that no source tells.
    """

    level: int


@command
class GetReceivingLevel(Command, frozen=True, kw_only=True):
    """Asks how loud a participant is here."""

    method: ClassVar[str] = "getAudioReceivingLevel"
    reply: ClassVar[type[Reply]] = ReceivingLevelReply

    peer_id: str


@command
class SetReceivingLevel(Command, frozen=True, kw_only=True):
    """Makes a participant louder or softer here.

    level: Of a range that no source tells.
    """

    method: ClassVar[str] = "setAudioReceivingLevel"

    peer_id: str
    level: int


@event
class UserPinned(Event, frozen=True, kw_only=True):
    """A participant was pinned or let go, or could not be pinned."""

    event: ClassVar[str] = "userPinEventOccurred"

    peer_id: str = ""
    outcome: PinOutcome | None = msgspec.field(name="eventCode", default=None)
    conf_id: str = ""


@event
class MeetingModeChanged(Event, frozen=True, kw_only=True):
    """The conference became a smart meeting, or is one no longer."""

    event: ClassVar[str] = "smartMeetingModeChanged"

    smart: bool | None = msgspec.field(name="isSmartMeeting", default=None)


class ParticipantReaction(Wire, frozen=True, kw_only=True):
    """What a participant shows to the others."""

    call_id: str
    reaction: Reaction | None = None


@event
class ReactionsChanged(Event, frozen=True, kw_only=True):
    """Participants show something else to the others."""

    event: ClassVar[str] = "reactionsChanged"

    conf_id: str = ""
    reactions: tuple[ParticipantReaction, ...] = ()


@event
class ContentStopped(Event, frozen=True, kw_only=True):
    """The leader of the conference stopped the content that the terminal showed."""

    event: ClassVar[str] = "contentSharingStoppedByConferenceLeader"


@event
class JoinLinkReceived(Event, frozen=True, kw_only=True):
    """There is a link by which others join the conference."""

    event: ClassVar[str] = "joinToConferenceLinkReceived"

    conf_id: str = ""
    link: str = ""


@event
class ManagementUrlChanged(Event, frozen=True, kw_only=True):
    """There is another address to manage the conference at, with a key in it; empty where there is none."""

    event: ClassVar[str] = "realtimeManagmentUrlChanged"
    secret: ClassVar[tuple[str, ...]] = ("url",)

    url: str = ""
    conf_id: str = ""


@event
class ManagementUrlAvailable(Event, frozen=True, kw_only=True):
    """The address to manage the conference at came or went; before 4.2."""

    event: ClassVar[str] = "realtimeManagmentUrlAvailabilityChanged"
    secret: ClassVar[tuple[str, ...]] = ("url",)

    available: bool | None = None
    url: str = ""
    conf_id: str = ""


EVENT_TYPES["userpineventoccured"] = UserPinned  # the spelling of one client
