"""Group conferences: making them, who is in them, what participants are told to do and may record."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, command, event
from appliance.terminal.messages.client_enums import ConferenceKind
from appliance.terminal.messages.enums import DeviceState, ExtraVideo


@command
class CreateConference(Command, frozen=True, kw_only=True):
    """Makes a group conference of the terminal's own; the outcome comes as events.

    title: At most as long as `getMaxConfTitleLength` says.
    auto_accept: Whether participants may join without being asked in.
    invited: Who is invited, as TrueConf IDs.
    use_waiting_room: Whether people wait until they are let in; newer terminals only, as are the next ones.
    mute_mic_on_join: Whether people come in muted.
    mute_cam_on_join: Whether people come in with their camera off.
    on_podium: Places on the podium.
    smart: Whether it is a smart meeting; role-based only.
    """

    method: ClassVar[str] = "createConference"

    title: str
    kind: ConferenceKind = msgspec.field(name="confType")
    auto_accept: bool
    invited: tuple[str, ...] = msgspec.field(name="inviteList")
    use_waiting_room: bool | msgspec.UnsetType = msgspec.UNSET
    mute_mic_on_join: bool | msgspec.UnsetType = msgspec.UNSET
    mute_cam_on_join: bool | msgspec.UnsetType = msgspec.UNSET
    on_podium: int | msgspec.UnsetType = msgspec.field(name="castersCount", default=msgspec.UNSET)
    smart: bool | msgspec.UnsetType = msgspec.field(name="smartMeeting", default=msgspec.UNSET)


class TitleLengthReply(Reply, frozen=True, kw_only=True):
    """Reply to `getMaxConfTitleLength`.

    length: Characters.
    """

    length: int


@command
class GetTitleLength(Command, frozen=True, kw_only=True):
    """Asks how long the title of a conference may be."""

    method: ClassVar[str] = "getMaxConfTitleLength"
    reply: ClassVar[type[Reply]] = TitleLengthReply


class LastKindReply(Reply, frozen=True, kw_only=True):
    """Reply to `getLastSelectedConference`."""

    kind: ConferenceKind = msgspec.field(name="confType")


@command
class GetLastKind(Command, frozen=True, kw_only=True):
    """Asks which kind of group conference was made last."""

    method: ClassVar[str] = "getLastSelectedConference"
    reply: ClassVar[type[Reply]] = LastKindReply


@command
class InviteToConference(Command, frozen=True, kw_only=True):
    """Invites somebody to the conference that this terminal owns."""

    method: ClassVar[str] = "inviteToConference"

    peer_id: str


@command
class AcceptPeer(Command, frozen=True, kw_only=True):
    """Lets somebody in who asked to join the conference that this terminal owns."""

    method: ClassVar[str] = "acceptPeer"

    peer_id: str


@command
class RejectPeer(Command, frozen=True, kw_only=True):
    """Turns somebody away who asked to join the conference that this terminal owns."""

    method: ClassVar[str] = "rejectPeer"

    peer_id: str


@command
class KickPeer(Command, frozen=True, kw_only=True):
    """Removes a participant from the conference that this terminal owns."""

    method: ClassVar[str] = "kickPeer"

    peer_id: str


@command
class SetModerator(Command, frozen=True, kw_only=True):
    """Makes a participant a moderator, or takes it back."""

    method: ClassVar[str] = "setModeratorRole"

    peer_id: str
    moderator: bool


@command
class SetRemoteCamera(Command, frozen=True, kw_only=True):
    """Switches the camera of a participant of a group conference.

    on: True: the camera sends.
    """

    method: ClassVar[str] = "turnRemoteCamera"

    peer_id: str
    on: bool


@command
class SetRemoteMic(Command, frozen=True, kw_only=True):
    """Switches the microphone of a participant of a group conference.

    on: True: the microphone sends.
    """

    method: ClassVar[str] = "turnRemoteMic"

    peer_id: str
    on: bool


@command
class ReceiveAudio(Command, frozen=True, kw_only=True):
    """Receives the sound of a participant of a group conference, or does not."""

    method: ClassVar[str] = "enableAudioReceiving"

    peer_id: str
    enable: bool


@command
class ReceiveVideo(Command, frozen=True, kw_only=True):
    """Receives the picture of a participant of a group conference, or does not."""

    method: ClassVar[str] = "enableVideoReceiving"

    peer_id: str
    enable: bool


@command
class SwitchVideoFlow(Command, frozen=True, kw_only=True):
    """Shows another picture of a participant who sends content beside the camera.

    main_camera: True: the camera; false: the content.
    """

    method: ClassVar[str] = "switchVideoFlow"

    peer_id: str
    main_camera: bool


@command
class SendRemoteCommand(Command, frozen=True, kw_only=True):
    """Sends a command text to another client in the call or conference.

    command: Any text; the other side gets it as the event `commandReceived`.
    """

    method: ClassVar[str] = "sendCommand"

    peer_id: str
    command: str


@command
class AllowRecording(Command, frozen=True, kw_only=True):
    """Allows a participant to record this terminal's video."""

    method: ClassVar[str] = "allowRecord"

    peer_id: str


@command
class DenyRecording(Command, frozen=True, kw_only=True):
    """Forbids a participant to record this terminal's video."""

    method: ClassVar[str] = "denyRecord"

    peer_id: str


@event
class JoinRequestReceived(Event, frozen=True, kw_only=True):
    """Somebody asks to join the conference that this terminal owns."""

    event: ClassVar[str] = "requestInviteReceived"

    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    conf_id: str = ""


@event
class PeerAccepted(Event, frozen=True, kw_only=True):
    """Somebody who asked to join was let in."""

    event: ClassVar[str] = "peerAccepted"

    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    conf_id: str = ""


@event
class ParticipantDevices(Event, frozen=True, kw_only=True):
    """A participant's microphone or camera changed."""

    event: ClassVar[str] = "deviceStatusReceived"

    peer_id: str
    mic: DeviceState | None = None
    video: DeviceState | None = None
    conf_id: str = ""


@event
class ExtraVideoChanged(Event, frozen=True, kw_only=True):
    """What a participant sends beside, or instead of, the camera."""

    event: ClassVar[str] = "extraVideoFlowNotify"

    peer_id: str
    extra_video: ExtraVideo
    conf_id: str = ""


@event
class RecordingRequested(Event, frozen=True, kw_only=True):
    """A participant asks to record this terminal's video."""

    event: ClassVar[str] = "recordRequest"

    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")
    conf_id: str = ""


@event
class RecordingAnswered(Event, frozen=True, kw_only=True):
    """The terminal answered a request to record its video."""

    event: ClassVar[str] = "recordRequestReply"

    peer_id: str = ""
    allowed: bool = msgspec.field(name="recordAllowed")
    conf_id: str = ""


@event
class RecordingChanged(Event, frozen=True, kw_only=True):
    """A participant began or ended recording this terminal's video."""

    event: ClassVar[str] = "userRecordingMeStatusChanged"

    peer_id: str = ""
    recording: bool = msgspec.field(name="status")
    conf_id: str = ""


@event
class RemoteCommandReceived(Event, frozen=True, kw_only=True):
    """A command text came from another client."""

    event: ClassVar[str] = "commandReceived"

    peer_id: str = ""
    command: str = ""


@event
class RemoteCommandSent(Event, frozen=True, kw_only=True):
    """A command text was sent to another client."""

    event: ClassVar[str] = "commandSent"

    peer_id: str = ""
    command: str = ""
    conf_id: str = ""
