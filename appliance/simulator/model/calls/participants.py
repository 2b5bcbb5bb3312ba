"""What each participant sends and receives, who moderates, and who records the room."""

from typing import TYPE_CHECKING, Any

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Impossible, Refused
from appliance.simulator.model.parameters import FLAG, TEXT
from appliance.simulator.model.table import IN_CONFERENCE, Request, Table, given
from appliance.terminal.messages.enums import DeviceState

if TYPE_CHECKING:
    from appliance.simulator.model.calls.conference import Conference
    from appliance.simulator.model.people.people import Peer
    from appliance.simulator.model.terminal import Terminal

CAMERA, CONTENT, CAMERA_ONLY = 0, 1, 2  # `extraVideo`: what is shown, and whether there is anything else


class Participant:
    """Somebody in the conference besides the room."""

    def __init__(self, peer: "Peer") -> None:
        self.peer = peer
        self.mic = DeviceState.ON
        self.video = DeviceState.ON
        self.hears = True  # the room receives their sound
        self.sees = True  # the room receives their picture
        self.extra = CAMERA
        self.moderator = False
        self.records = False  # the room's picture
        self.slides = ""  # the title of their slide show

    def describe(self) -> dict[str, Any]:
        """What a list of participants says besides name and rank."""
        return {
            "recordingMe": self.records,
            "recordingByMe": False,
            "mic": int(self.mic),
            "video": int(self.video),
            "slideShowFlag": self.slides != "",
            "audioReceiving": self.hears,
            "videoReceiving": self.sees,
            "extraVideo": self.extra,
        }

    def receiver(self) -> dict[str, Any]:
        """The stream that the room receives from them."""
        shown = self.sees and self.video is DeviceState.ON
        return {
            "bitrate": 261 if shown else 32 if self.hears else 0,
            "streamFormat": "VP8" if shown else "None",
            "frameRate": 15.0 if shown else 0.0,
            "resolutionWidth": 640 if shown else 0,
            "resolutionHeight": 360 if shown else 0,
        }


class Participants:
    """Everybody in one conference besides the room, by the id under which the server knows them."""

    def __init__(self, terminal: "Terminal", conference: "Conference") -> None:
        self._terminal = terminal
        self._conference = conference
        self.present: dict[str, Participant] = {}
        self.asking_to_record: list[str] = []

    def find(self, peer_id: str) -> Participant:
        """A participant; refused where there is none of that name."""
        known_as = self._terminal.directory.party(peer_id)["peerId"]
        if known_as not in self.present:
            raise Refused(errors.NOT_IN_CONFERENCE)
        return self.present[known_as]

    def there(self, peer: "Peer") -> Participant:
        """A participant as the far side knows them."""
        if peer.peer_id not in self.present:
            raise Impossible(f"{peer.peer_id} is not in a conference with the room")
        return self.present[peer.peer_id]

    def entered(self, peer: "Peer") -> Participant:
        """Somebody comes in."""
        self.present[peer.peer_id] = Participant(peer)
        return self.present[peer.peer_id]

    def gone(self, peer_id: str) -> None:
        """Somebody is not there any more."""
        self.present.pop(peer_id, None)
        if peer_id in self.asking_to_record:
            self.asking_to_record.remove(peer_id)

    def receivers(self) -> list[dict[str, Any]]:
        """What the room receives from everybody."""
        return [{**self._terminal.directory.party(i), **p.receiver()} for i, p in self.present.items()]

    def tell_receivers(self) -> None:
        """What the room receives has changed."""
        self._terminal.emit("receiversInfoUpdated", receivers=self.receivers(), confId=self._conference.conf_id)

    # the room

    def turn(self, peer_id: str, device: str, *, on: bool) -> None:
        """The room, owner or moderator, switches a participant's `mic` or `video`."""
        self._conference.require_lead()
        self.switched(self.find(peer_id), device, on=on)

    def receive(self, peer_id: str, what: str, *, on: bool) -> None:
        """Whether the room receives a participant's `sound` or `picture`; only in group conferences."""
        if not self._conference.group:
            raise Refused(errors.NOT_GROUP)
        setattr(self.find(peer_id), "hears" if what == "sound" else "sees", on)
        self.tell_receivers()

    def moderate(self, peer_id: str, *, moderator: bool) -> None:
        """The room makes somebody a moderator, or takes that from them."""
        self._conference.require_mine()
        self.find(peer_id).moderator = moderator

    def switch_video(self, peer_id: str, *, camera: bool) -> None:
        """Whether the room sees a participant's camera or the content that they show beside it."""
        participant = self.find(peer_id)
        if participant.extra == CAMERA_ONLY:
            raise Refused(errors.NO_OTHER_VIDEO)
        self.shows(participant, CAMERA if camera else CONTENT)

    def answer_recording(self, peer_id: str, *, allow: bool) -> None:
        """The room answers somebody who wants to record it."""
        participant = self.find(peer_id)
        known_as = participant.peer.peer_id
        if known_as not in self.asking_to_record:
            raise Refused(errors.NOBODY_ASKED)
        self.asking_to_record.remove(known_as)
        self._say("recordRequestReply", peerId=known_as, recordAllowed=allow)
        if allow:
            self.records(participant, on=True)

    # the others

    def switched(self, participant: Participant, device: str, *, on: bool) -> None:
        """A participant's `mic` or `video` is on or muted, by whomever."""
        setattr(participant, device, DeviceState.ON if on else DeviceState.MUTED)
        mic, video = int(participant.mic), int(participant.video)
        self._say("deviceStatusReceived", peerId=participant.peer.peer_id, mic=mic, video=video)

    def shows(self, participant: Participant, extra: int) -> None:
        """What a participant's picture is now."""
        participant.extra = extra
        self._say("extraVideoFlowNotify", peerId=participant.peer.peer_id, extraVideo=extra)

    def slide_show(self, participant: Participant, title: str) -> None:
        """A participant starts a slide show, or ends it (no title)."""
        participant.slides = title
        if title:
            self._say("slideShowStarted", **self._terminal.party(participant.peer.peer_id), title=title)
        else:
            self._say("slideShowStopped", peerId=participant.peer.peer_id)
        self._terminal.layout.changed()

    def asks_to_record(self, participant: Participant) -> None:
        """A participant wants to record the room; the setting `record` may answer by itself."""
        peer_id = participant.peer.peer_id
        policy = self._terminal.settings.values["record"]  # 0 nobody, 1 ask, 2 the address book, 3 everybody
        self._say("recordRequest", **self._terminal.party(peer_id))
        self.asking_to_record.append(peer_id)
        if policy != 1:
            self.answer_recording(
                peer_id, allow=policy == 3 or (policy == 2 and peer_id in self._terminal.directory.book)
            )

    def records(self, participant: Participant, *, on: bool) -> None:
        """A participant begins or ends recording the room."""
        participant.records = on
        self._say("userRecordingMeStatusChanged", peerId=participant.peer.peer_id, status=on)

    def _say(self, event: str, **fields: object) -> None:
        self._terminal.emit(event, **fields, confId=self._conference.conf_id)


def _of(terminal: "Terminal") -> Participants:
    return terminal.calls.going_on().participants


def _turn_mic(terminal: "Terminal", request: Request) -> None:
    _of(terminal).turn(request["peerId"], "mic", on=request["on"])


def _turn_camera(terminal: "Terminal", request: Request) -> None:
    _of(terminal).turn(request["peerId"], "video", on=request["on"])


def _receive_sound(terminal: "Terminal", request: Request) -> None:
    _of(terminal).receive(request["peerId"], "sound", on=request["enable"])


def _receive_picture(terminal: "Terminal", request: Request) -> None:
    _of(terminal).receive(request["peerId"], "picture", on=request["enable"])


def _moderate(terminal: "Terminal", request: Request) -> None:
    _of(terminal).moderate(request["peerId"], moderator=request["moderator"])


def _switch_video(terminal: "Terminal", request: Request) -> None:
    _of(terminal).switch_video(request["peerId"], camera=request["mainCamera"])


def _allow_record(terminal: "Terminal", request: Request) -> None:
    _of(terminal).answer_recording(request["peerId"], allow=True)


def _deny_record(terminal: "Terminal", request: Request) -> None:
    _of(terminal).answer_recording(request["peerId"], allow=False)


_PEER = {"peerId": TEXT}
_ON = {**_PEER, "on": FLAG}
_ENABLE = {**_PEER, "enable": FLAG}
_REPLY = ("recordRequestReply", "userRecordingMeStatusChanged")

PARTICIPANTS: Table = {
    "turnRemoteMic": given(_turn_mic, _ON, states=IN_CONFERENCE, events=("deviceStatusReceived",)),
    "turnRemoteCamera": given(_turn_camera, _ON, states=IN_CONFERENCE, events=("deviceStatusReceived",)),
    "enableAudioReceiving": given(_receive_sound, _ENABLE, states=IN_CONFERENCE, events=("receiversInfoUpdated",)),
    "enableVideoReceiving": given(_receive_picture, _ENABLE, states=IN_CONFERENCE, events=("receiversInfoUpdated",)),
    "setModeratorRole": given(_moderate, {**_PEER, "moderator": FLAG}, states=IN_CONFERENCE),
    "switchVideoFlow": given(
        _switch_video, {**_PEER, "mainCamera": FLAG}, states=IN_CONFERENCE, events=("extraVideoFlowNotify",)
    ),
    "allowRecord": given(_allow_record, _PEER, states=IN_CONFERENCE, events=_REPLY),
    "denyRecord": given(_deny_record, _PEER, states=IN_CONFERENCE, events=_REPLY[:1]),
}
