"""What each participant sends and receives, who moderates, and who records the room."""

from collections.abc import Callable
from typing import Literal

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import FLAG, TEXT
from appliance.simulator.model.common.table import IN_CONFERENCE, Request, Table, given
from appliance.simulator.model.conversation.participant import CAMERA, CAMERA_ONLY, CONTENT, Participant
from appliance.simulator.model.conversation.roster import Roster
from appliance.simulator.model.machine.settings import Settings
from appliance.simulator.model.people.directory import Directory
from appliance.terminal.messages.enums import DeviceState


class Participants:
    """Switches what participants send and what the room receives; `matrix_changed` is called for slide shows."""

    def __init__(
        self,
        roster: Roster,
        directory: Directory,
        settings: Settings,
        emit: Emit,
        *,
        matrix_changed: Callable[[], None],
    ) -> None:
        self._roster = roster
        self._directory = directory
        self._settings = settings
        self._emit = emit
        self._matrix_changed = matrix_changed
        self.asking_to_record: list[str] = []

    def gone(self, peer_id: str) -> None:
        """Forgets the requests of somebody who has left the conference."""
        if peer_id in self.asking_to_record:
            self.asking_to_record.remove(peer_id)

    def report_receivers(self) -> None:
        """Reports the streams that the room receives."""
        self._say("receiversInfoUpdated", receivers=self._roster.receivers())

    # what the room does

    def turn(self, peer_id: str, device: str, *, on: bool) -> None:
        """Switches a participant's `mic` or `video`; refused unless the room is owner or moderator."""
        self._roster.require_lead()
        self.switched(self._roster.find(peer_id), device, on=on)

    def receive(self, peer_id: str, stream: Literal["audio", "video"], *, on: bool) -> None:
        """Starts or stops to receive a participant's stream; refused outside group conferences."""
        if not self._roster.group:
            raise Refused(errors.NOT_GROUP)
        participant = self._roster.find(peer_id)
        if stream == "audio":
            participant.audio_received = on
        else:
            participant.video_received = on
        self.report_receivers()

    def moderate(self, peer_id: str, *, moderator: bool) -> None:
        """Makes somebody a moderator, or revokes that; refused unless the room owns the conference."""
        self._roster.require_mine()
        self._roster.find(peer_id).moderator = moderator

    def switch_video(self, peer_id: str, *, camera: bool) -> None:
        """Switches to a participant's camera, or to the content that they share beside it."""
        participant = self._roster.find(peer_id)
        if participant.extra == CAMERA_ONLY:
            raise Refused(errors.NO_OTHER_VIDEO)
        self.shows(participant, CAMERA if camera else CONTENT)

    def answer_recording(self, peer_id: str, *, allow: bool) -> None:
        """Answers somebody who asks to record the room."""
        participant = self._roster.find(peer_id)
        known_as = participant.peer.peer_id
        if known_as not in self.asking_to_record:
            raise Refused(errors.NOBODY_ASKED)
        self.asking_to_record.remove(known_as)
        self._say("recordRequestReply", peerId=known_as, recordAllowed=allow)
        if allow:
            self.records(participant, on=True)

    # what the far side does

    def switched(self, participant: Participant, device: str, *, on: bool) -> None:
        """Switches a participant's `mic` or `video`, whoever did it, and reports both."""
        setattr(participant, device, DeviceState.ON if on else DeviceState.MUTED)
        mic, video = int(participant.mic), int(participant.video)
        self._say("deviceStatusReceived", peerId=participant.peer.peer_id, mic=mic, video=video)

    def shows(self, participant: Participant, extra: int) -> None:
        """Sets which video a participant sends (`extraVideo`)."""
        participant.extra = extra
        self._say("extraVideoFlowNotify", peerId=participant.peer.peer_id, extraVideo=extra)

    def slide_show(self, participant: Participant, title: str) -> None:
        """Starts a participant's slide show, or ends it (no title)."""
        participant.slides = title
        if title:
            self._say("slideShowStarted", **self._directory.party_or_room(participant.peer.peer_id), title=title)
        else:
            self._say("slideShowStopped", peerId=participant.peer.peer_id)
        self._matrix_changed()

    def asks_to_record(self, participant: Participant) -> None:
        """Receives a request to record the room, which the setting `record` may answer."""
        peer_id = participant.peer.peer_id
        policy = self._settings.values["record"]  # 0 nobody, 1 ask, 2 the address book, 3 everybody
        self._say("recordRequest", **self._directory.party_or_room(peer_id))
        self.asking_to_record.append(peer_id)
        if policy != 1:
            self.answer_recording(peer_id, allow=policy == 3 or (policy == 2 and peer_id in self._directory.book))

    def records(self, participant: Participant, *, on: bool) -> None:
        """Begins or ends a participant's recording of the room."""
        participant.records = on
        self._say("userRecordingMeStatusChanged", peerId=participant.peer.peer_id, status=on)

    def _say(self, event: str, **fields: object) -> None:
        self._emit(event, **fields, confId=self._roster.conf_id)


def _turn_mic(participants: Participants, request: Request) -> None:
    participants.turn(request["peerId"], "mic", on=request["on"])


def _turn_camera(participants: Participants, request: Request) -> None:
    participants.turn(request["peerId"], "video", on=request["on"])


def _receive_audio(participants: Participants, request: Request) -> None:
    participants.receive(request["peerId"], "audio", on=request["enable"])


def _receive_video(participants: Participants, request: Request) -> None:
    participants.receive(request["peerId"], "video", on=request["enable"])


def _moderate(participants: Participants, request: Request) -> None:
    participants.moderate(request["peerId"], moderator=request["moderator"])


def _switch_video(participants: Participants, request: Request) -> None:
    participants.switch_video(request["peerId"], camera=request["mainCamera"])


def _allow_record(participants: Participants, request: Request) -> None:
    participants.answer_recording(request["peerId"], allow=True)


def _deny_record(participants: Participants, request: Request) -> None:
    participants.answer_recording(request["peerId"], allow=False)


_PEER = {"peerId": TEXT}
_ON = {**_PEER, "on": FLAG}
_ENABLE = {**_PEER, "enable": FLAG}
_REPLY = ("recordRequestReply", "userRecordingMeStatusChanged")

PARTICIPANTS: Table[Participants] = {
    "turnRemoteMic": given(_turn_mic, _ON, states=IN_CONFERENCE, events=("deviceStatusReceived",)),
    "turnRemoteCamera": given(_turn_camera, _ON, states=IN_CONFERENCE, events=("deviceStatusReceived",)),
    "enableAudioReceiving": given(_receive_audio, _ENABLE, states=IN_CONFERENCE, events=("receiversInfoUpdated",)),
    "enableVideoReceiving": given(_receive_video, _ENABLE, states=IN_CONFERENCE, events=("receiversInfoUpdated",)),
    "setModeratorRole": given(_moderate, {**_PEER, "moderator": FLAG}, states=IN_CONFERENCE),
    "switchVideoFlow": given(
        _switch_video, {**_PEER, "mainCamera": FLAG}, states=IN_CONFERENCE, events=("extraVideoFlowNotify",)
    ),
    "allowRecord": given(_allow_record, _PEER, states=IN_CONFERENCE, events=_REPLY),
    "denyRecord": given(_deny_record, _PEER, states=IN_CONFERENCE, events=_REPLY[:1]),
}
