"""Calls and conferences: placing, answering, ending, and what the terminal tells about them."""

from typing import ClassVar, Literal

import msgspec

from appliance.terminal.messages.base import Command, Event, FileId, Reply, Wire, command, event
from appliance.terminal.messages.enums import (
    AppState,
    ConferenceRole,
    ConferenceState,
    ConferenceType,
    DeviceState,
    ExtraVideo,
    LeaderType,
    RejectCause,
    Side,
)
from appliance.terminal.messages.newer.values import ExtStatus, Reaction
from appliance.terminal.messages.parts import Person

WINDOW_NAME = {"windowName": "name"}  # as newer terminals spell it within `desktopSharing`


class ContentShared(Wire, frozen=True, kw_only=True):
    """Whether a screen or window is shown to the others, and which.

    name: Newer terminals may call it `windowName`.
    source_type: Newer terminals only; its values are not known.
    """

    running: bool = False
    name: str = ""
    id: int | None = None
    source_type: int | None = None


class PictureSent(Wire, frozen=True, kw_only=True):
    """Whether a picture is sent instead of the camera, and which file of the HTTP server."""

    running: bool = False
    file_name: str = ""
    file_id: FileId | None = None


class Requests(Wire, frozen=True, kw_only=True):
    """Who waits for an answer: ours where it is incoming, the other side's where it is outgoing.

    incoming_call: Who calls.
    outgoing_call: Who is called.
    incoming_conference: Who invites to a group conference.
    outgoing_conference: Whose group conference the terminal asked to join.
    incoming_join: Who wants to join our conference.
    outgoing_join: Whom our conference invites.
    incoming_podium_request: Who asks for the podium.
    outgoing_podium_request: Whom the terminal asked for the podium.
    incoming_podium_invitation: Who invites to the podium.
    outgoing_podium_invitation: Whom the terminal invites to the podium.
    incoming_recording: Who wants to record our picture.
    outgoing_recording: Whose picture the terminal wants to record.
    """

    incoming_call: tuple[Person, ...] = msgspec.field(name="incomingP2PCall", default=())
    outgoing_call: tuple[Person, ...] = msgspec.field(name="outgoingP2PCall", default=())
    incoming_conference: tuple[Person, ...] = msgspec.field(name="incomingGroupConf", default=())
    outgoing_conference: tuple[Person, ...] = msgspec.field(name="outgoingGroupConf", default=())
    incoming_join: tuple[Person, ...] = msgspec.field(name="incomingJoinToMyConf", default=())
    outgoing_join: tuple[Person, ...] = msgspec.field(name="outgoingJoinToMyConf", default=())
    incoming_podium_request: tuple[Person, ...] = ()
    outgoing_podium_request: tuple[Person, ...] = ()
    incoming_podium_invitation: tuple[Person, ...] = ()
    outgoing_podium_invitation: tuple[Person, ...] = ()
    incoming_recording: tuple[Person, ...] = msgspec.field(name="incomingRecord", default=())
    outgoing_recording: tuple[Person, ...] = msgspec.field(name="outgoingRecord", default=())


class AppStateReply(Reply, frozen=True, kw_only=True):
    """Reply to `getAppState`.

    embedded_http_port: 0 where the HTTP server does not run.
    audio_capture_test: Whether the microphone is being tested.
    requests: What waits for an answer; None where nothing does.
    ext_status: What the others see; newer terminals only, as are the next two.
    additional_status: Its text.
    recording: Whether the terminal records.
    """

    also: ClassVar[dict[str, str]] = WINDOW_NAME

    app_state: AppState
    embedded_http_port: int = 0
    desktop_sharing: ContentShared | None = None
    broadcast_picture: PictureSent | None = None
    audio_capture_test: bool | None = None
    requests: Requests | None = None
    ext_status: ExtStatus | None = None
    additional_status: str = ""
    recording: bool | None = None


@command
class GetAppState(Command, frozen=True, kw_only=True):
    """Asks what the terminal is doing."""

    method: ClassVar[str] = "getAppState"
    reply: ClassVar[type[Reply]] = AppStateReply


class ConferencesReply(Reply, frozen=True, kw_only=True):
    """Reply to `getConferences`; which fields are there depends on the state.

    duration: Seconds.
    auto_join: Whether others may join without being asked in; of the terminal's own conference only.
    join_url: Where people join with a browser.
    management_url: Where the conference can be managed with a browser.
    direction: While calling or being called.
    type: While calling or being called.
    in_waiting_room: Whether the terminal waits to be let in (Room 4.3 and newer); None where it does not say.
    public_id: By which others join, beside `conf_id`, which names the session (Room 5.0 and newer).
    smart: Whether it is a smart meeting; newer terminals only, as are the next ones.
    waiting_room_open: Told to the owner and the moderators.
    waiting_room_possible: Whether the waiting room can be opened and closed; told to the owner and the moderators.
    most_on_podium: Of a role-based conference.
    pinned: Whether the terminal is kept in the layout.
    """

    conf_state: ConferenceState = ConferenceState.NONE
    conf_type: ConferenceType | None = None
    conf_id: str = ""
    in_waiting_room: bool | None = msgspec.field(name="isInWaitingRoom", default=None)
    conf_title: str = ""
    duration: float = 0
    auto_join: bool | None = None
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    owner: str = msgspec.field(name="conferenceOwner", default="")
    direction: Literal["outgoing", "incoming", ""] = ""
    type: Literal["p2p", "conference", ""] = ""
    slide_show_present: bool | None = None
    join_url: str = ""
    management_url: str = msgspec.field(name="realTimeConferenceManagmentUrl", default="")
    public_id: str = msgspec.field(name="id", default="")
    smart: bool | None = msgspec.field(name="isSmartMeeting", default=None)
    waiting_room_open: bool | None = msgspec.field(name="isWaitingRoomEnabled", default=None)
    waiting_room_possible: bool | None = msgspec.field(name="isWaitingRoomSwitchingSupported", default=None)
    max_participants: int | None = None
    most_on_podium: int | None = msgspec.field(name="maxParticipantsOnPodium", default=None)
    pinned: bool | None = None


@command
class GetConferences(Command, frozen=True, kw_only=True):
    """Asks for the call or conference that is going on or being set up."""

    method: ClassVar[str] = "getConferences"
    reply: ClassVar[type[Reply]] = ConferencesReply


SLIDE_SHOW = {"slideShow": "slideShowFlag"}  # the manual's lists and its examples differ


class Participant(Wire, frozen=True, kw_only=True):
    """Somebody in the conference; None where the terminal does not say.

    role: In a role-based conference.
    broadcast: Whether the participant speaks from the podium; in a role-based conference.
    recording_me: Whether the participant records this terminal.
    recording_by_me: Whether this terminal records the participant.
    slide_show: Whether the participant shows slides.
    audio_receiving: Whether this terminal receives the participant's sound.
    video_receiving: Whether this terminal receives the participant's picture.
    pinned: Whether the participant is kept in the layout (Room 4.3 and newer).
    in_waiting_room: Whether the participant waits to be let in (Room 4.3 and newer).
    reaction: What the participant shows to the others (Room 5.0 and newer).
    """

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    mic: DeviceState | None = None
    video: DeviceState | None = None
    role: ConferenceRole | None = None
    leader_type: LeaderType | None = None
    broadcast: bool | None = None
    recording_me: bool | None = None
    recording_by_me: bool | None = None
    slide_show: bool | None = msgspec.field(name="slideShowFlag", default=None)
    extra_video: ExtraVideo | None = None
    audio_receiving: bool | None = None
    video_receiving: bool | None = None
    pinned: bool | None = None
    in_waiting_room: bool | None = msgspec.field(name="isInWaitingRoom", default=None)
    reaction: Reaction | None = None


class ParticipantsReply(Reply, frozen=True, kw_only=True):
    """Reply to `getConferenceParticipants`."""

    also: ClassVar[dict[str, str]] = SLIDE_SHOW

    participants: tuple[Participant, ...] = ()
    conf_id: str = ""


@command
class GetConferenceParticipants(Command, frozen=True, kw_only=True):
    """Asks who is in the conference."""

    method: ClassVar[str] = "getConferenceParticipants"
    reply: ClassVar[type[Reply]] = ParticipantsReply


@command
class Call(Command, frozen=True, kw_only=True):
    r"""Calls somebody, or asks to join the group conference that they own; the outcome comes as events.

    peer_id: Whom; `\c\` and a conference's id joins that conference (seen on newer terminals).
    pin: The conference's password (seen on newer terminals).
    """

    method: ClassVar[str] = "call"
    secret: ClassVar[tuple[str, ...]] = ("pin",)

    peer_id: str
    pin: str | msgspec.UnsetType = msgspec.UNSET


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
    """Ends the call, the conference or the calling.

    for_all: Whether the conference ends for everybody; only as owner of a group conference, and needed there.
    """

    method: ClassVar[str] = "hangUp"

    for_all: bool | msgspec.UnsetType = msgspec.UNSET


@command
class ToneDial(Command, frozen=True, kw_only=True):
    """Sends one DTMF tone in a call.

    symbol: One of 0 to 9, `*`, `#`, A to D.
    call_id: Whose line gets it (seen on newer terminals).
    """

    method: ClassVar[str] = "toneDial"

    symbol: str
    call_id: str | msgspec.UnsetType = msgspec.UNSET


@event
class AppStateChanged(Event, frozen=True, kw_only=True):
    """The terminal does something else now.

    ext_status: What the others see; newer terminals only, as are the next two.
    additional_status: Its text.
    recording: Whether the terminal records.
    """

    event: ClassVar[str] = "appStateChanged"
    also: ClassVar[dict[str, str]] = WINDOW_NAME

    app_state: AppState
    owner: str = msgspec.field(name="conferenceOwner", default="")
    embedded_http_port: int = 0
    desktop_sharing: ContentShared | None = None
    broadcast_picture: PictureSent | None = None
    audio_capture_test: bool | None = None
    requests: Requests | None = None
    ext_status: ExtStatus | None = None
    additional_status: str = ""
    recording: bool | None = None


@event
class ConferenceCreated(Event, frozen=True, kw_only=True):
    """A call or conference is established.

    in_waiting_room: Whether the terminal is not in it yet, but in its waiting room (Room 4.3 and newer).
    smart: Whether it is a smart meeting; newer terminals only, as are the next ones.
    waiting_room_open: Told to the owner and the moderators.
    waiting_room_possible: Whether the waiting room can be opened and closed; told to the owner and the moderators.
    most_on_podium: Of a role-based conference.
    pinned: Whether the terminal is kept in the layout.
    join_url: Where people join with a browser.
    management_url: Where the conference can be managed with a browser.
    """

    event: ClassVar[str] = "conferenceCreated"

    conf_id: str = ""
    conf_title: str = ""
    conf_type: ConferenceType = ConferenceType.POINT_TO_POINT
    owner: str = msgspec.field(name="conferenceOwner", default="")
    peer_id: str = ""
    in_waiting_room: bool = msgspec.field(name="isInWaitingRoom", default=False)
    smart: bool | None = msgspec.field(name="isSmartMeeting", default=None)
    waiting_room_open: bool | None = msgspec.field(name="isWaitingRoomEnabled", default=None)
    waiting_room_possible: bool | None = msgspec.field(name="isWaitingRoomSwitchingSupported", default=None)
    max_participants: int | None = None
    most_on_podium: int | None = msgspec.field(name="maxParticipantsOnPodium", default=None)
    pinned: bool | None = None
    join_url: str = ""
    management_url: str = msgspec.field(name="realTimeConferenceManagmentUrl", default="")


@event
class WaitingRoomChanged(Event, frozen=True, kw_only=True):
    """The terminal was put into the waiting room of a conference, or let in (Room 4.3 and newer).

    in_waiting_room: None where the terminal does not say which of the two it is.
    """

    event: ClassVar[str] = "myStateInWaitingRoomChanged"

    in_waiting_room: bool | None = msgspec.field(name="isInWaitingRoom", default=None)
    conf_id: str = ""


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
    """The calling ended without a call.

    peer_id: Who ended it, perhaps the terminal itself.
    side: Of an older terminal. A newer one says 0 for the terminal and 1 for the other side: decide nothing by it.
    """

    event: ClassVar[str] = "stopCalling"

    peer_id: str = ""
    side: Side = Side.TERMINAL


@event
class NewParticipant(Event, frozen=True, kw_only=True):
    """Somebody came into the conference."""

    event: ClassVar[str] = "newParticipantInConference"
    also: ClassVar[dict[str, str]] = SLIDE_SHOW

    peer_id: str
    peer_name: str = msgspec.field(name="peerDn", default="")
    conf_id: str = ""
    mic: DeviceState | None = None
    video: DeviceState | None = None
    role: ConferenceRole | None = None
    leader_type: LeaderType | None = None
    broadcast: bool | None = None
    recording_me: bool | None = None
    recording_by_me: bool | None = None
    slide_show: bool | None = msgspec.field(name="slideShowFlag", default=None)
    extra_video: ExtraVideo | None = None
    audio_receiving: bool | None = None
    video_receiving: bool | None = None
    pinned: bool | None = None
    in_waiting_room: bool | None = msgspec.field(name="isInWaitingRoom", default=None)
    reaction: Reaction | None = None


@event
class ParticipantLeft(Event, frozen=True, kw_only=True):
    """Somebody left the conference."""

    event: ClassVar[str] = "participantLeftConference"

    peer_id: str


@event
class ToneDialled(Event, frozen=True, kw_only=True):
    """A DTMF symbol went out."""

    event: ClassVar[str] = "toneDial"
    also: ClassVar[dict[str, str]] = {"callId": "peerId"}  # as newer terminals spell it

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
