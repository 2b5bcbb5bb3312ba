"""Calls and conferences: placing, answering, ending, and what the terminal tells about them."""

from typing import ClassVar, Literal

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event
from appliance.terminal.messages.enums import (
    AppState,
    ConferenceState,
    ConferenceType,
    DeviceState,
    RejectCause,
    Side,
)


class AppStateReply(Reply, frozen=True, kw_only=True):
    """Reply to `getAppState`; `embedded_http_port` 0 means that the HTTP server is not running."""

    app_state: AppState
    embedded_http_port: int = 0


@command
class GetAppState(Command, frozen=True, kw_only=True):
    """Asks what the terminal is doing."""

    method: ClassVar[str] = "getAppState"
    reply: ClassVar[type[Reply]] = AppStateReply


class ConferencesReply(Reply, frozen=True, kw_only=True):
    """Reply to `getConferences`; which fields are there depends on the state (`duration` in seconds)."""

    conf_state: ConferenceState = ConferenceState.NONE
    conf_type: ConferenceType | None = None
    conf_id: str = ""
    conf_title: str = ""
    duration: float = 0
    auto_join: bool | None = None
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    owner: str = msgspec.field(name="conferenceOwner", default="")
    direction: Literal["outgoing", "incoming", ""] = ""
    type: Literal["p2p", "conference", ""] = ""


@command
class GetConferences(Command, frozen=True, kw_only=True):
    """Asks for the call or conference that is going on or being set up."""

    method: ClassVar[str] = "getConferences"
    reply: ClassVar[type[Reply]] = ConferencesReply


class Participant(Wire, frozen=True, kw_only=True):
    """Somebody in the conference."""

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    mic: DeviceState | None = None
    video: DeviceState | None = None


class ParticipantsReply(Reply, frozen=True, kw_only=True):
    """Reply to `getConferenceParticipants`."""

    participants: tuple[Participant, ...] = ()
    conf_id: str = ""


@command
class GetConferenceParticipants(Command, frozen=True, kw_only=True):
    """Asks who is in the conference."""

    method: ClassVar[str] = "getConferenceParticipants"
    reply: ClassVar[type[Reply]] = ParticipantsReply


@command
class Call(Command, frozen=True, kw_only=True):
    """Calls `peer_id`; the outcome comes as events."""

    method: ClassVar[str] = "call"

    peer_id: str


@command
class Accept(Command, frozen=True, kw_only=True):
    """Takes the incoming call."""

    method: ClassVar[str] = "accept"


@command
class Reject(Command, frozen=True, kw_only=True):
    """Declines the incoming call or invitation."""

    method: ClassVar[str] = "reject"


@command
class HangUp(Command, frozen=True, kw_only=True):
    """Ends the call, the conference or the calling; `for_all` only as owner of a group conference."""

    method: ClassVar[str] = "hangUp"

    for_all: bool | msgspec.UnsetType = msgspec.UNSET


@command
class ToneDial(Command, frozen=True, kw_only=True):
    """Sends one DTMF symbol (0-9 * # A-D) in a call."""

    method: ClassVar[str] = "toneDial"

    symbol: str


@event
class AppStateChanged(Event, frozen=True, kw_only=True):
    """The terminal does something else now."""

    event: ClassVar[str] = "appStateChanged"

    app_state: AppState
    owner: str = msgspec.field(name="conferenceOwner", default="")
    embedded_http_port: int = 0


@event
class ConferenceCreated(Event, frozen=True, kw_only=True):
    """A call or conference is established."""

    event: ClassVar[str] = "conferenceCreated"

    conf_id: str = ""
    conf_title: str = ""
    conf_type: ConferenceType = ConferenceType.POINT_TO_POINT
    owner: str = msgspec.field(name="conferenceOwner", default="")
    peer_id: str = ""


@event
class ConferenceDeleted(Event, frozen=True, kw_only=True):
    """The call or conference is over for this terminal."""

    event: ClassVar[str] = "conferenceDeleted"

    conf_id: str = ""


@event
class InviteReceived(Event, frozen=True, kw_only=True):
    """Somebody calls, or invites to a conference."""

    event: ClassVar[str] = "inviteReceived"

    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    type: ConferenceType = ConferenceType.POINT_TO_POINT
    conf_title: str = ""
    conf_id: str = ""


@event
class InviteSent(Event, frozen=True, kw_only=True):
    """The terminal calls somebody, or invites somebody to its conference (`conf_type` 0 or 1 only)."""

    event: ClassVar[str] = "inviteSent"

    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    conf_type: ConferenceType = ConferenceType.POINT_TO_POINT
    conf_id: str = ""


@event
class InviteRequestSent(Event, frozen=True, kw_only=True):
    """The terminal asked to join somebody's conference."""

    event: ClassVar[str] = "inviteRequestSent"

    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")


@event
class RejectReceived(Event, frozen=True, kw_only=True):
    """The other side declined."""

    event: ClassVar[str] = "rejectReceived"

    cause: RejectCause
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")


@event
class RejectSent(Event, frozen=True, kw_only=True):
    """The terminal declined."""

    event: ClassVar[str] = "rejectSent"

    cause: RejectCause = RejectCause.REJECTED
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    conf_id: str = ""


@event
class StopCalling(Event, frozen=True, kw_only=True):
    """The calling ended without a call."""

    event: ClassVar[str] = "stopCalling"

    peer_id: str = ""
    side: Side = Side.TERMINAL


@event
class NewParticipant(Event, frozen=True, kw_only=True):
    """Somebody came into the conference."""

    event: ClassVar[str] = "newParticipantInConference"

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    conf_id: str = ""


@event
class ParticipantLeft(Event, frozen=True, kw_only=True):
    """Somebody left the conference."""

    event: ClassVar[str] = "participantLeftConference"

    peer_id: str


@event
class ToneDialled(Event, frozen=True, kw_only=True):
    """A DTMF symbol went out."""

    event: ClassVar[str] = "toneDial"

    symbol: str = ""
    peer_id: str = ""
    conf_id: str = ""


@event
class HookOffPressed(Event, frozen=True, kw_only=True):
    """The call key of the terminal's own speakerphone."""

    event: ClassVar[str] = "hookOffPressed"


@event
class HangUpPressed(Event, frozen=True, kw_only=True):
    """The hang-up key of the terminal's own speakerphone."""

    event: ClassVar[str] = "hangUpPressed"
