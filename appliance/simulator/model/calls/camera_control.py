"""Far-end camera control, both ways: the room steers a participant's camera, a participant the room's."""

from enum import IntEnum
from typing import TYPE_CHECKING

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Impossible, Refused
from appliance.simulator.model.media.ptz import AxisName, Camera
from appliance.simulator.model.parameters import TEXT
from appliance.simulator.model.table import IN_CONFERENCE, Rule, Table, asking, given
from appliance.terminal.messages.enums import ConferenceType

if TYPE_CHECKING:
    from appliance.simulator.model.calls.conference import Conference
    from appliance.simulator.model.terminal import Terminal

NUDGE = {"pan": 5.0, "tilt": 5.0, "zoom": 0.5}  # how far one command moves a participant's camera
AUTOMATIC, NEVER = 0, 2  # the setting cameraRemoteControlAccess; 1: ask every time


class OutgoingRefusal(IntEnum):
    """`reason` of outgoingRequestCameraControlRejected."""

    BY_PARTICIPANT = 0
    TIMED_OUT = 1
    NOT_AVAILABLE = 2
    NOT_SUPPORTED = 3
    CONFERENCE_OVER = 4
    PARTICIPANT_LEFT = 5


class IncomingRefusal(IntEnum):
    """`reason` of incomingRequestCameraControlRejected."""

    BY_ROOM = 0
    TIMED_OUT = 1
    CONFERENCE_OVER = 2
    PARTICIPANT_LEFT = 3


class CameraControl:
    """Who steers whose camera in one conference. Times are monotonic seconds."""

    def __init__(self, terminal: "Terminal", conference: "Conference") -> None:
        self._terminal = terminal
        self._conference = conference
        self.outgoing: dict[str, float] = {}  # whom the room asks -> until when
        self.incoming: dict[str, float] = {}  # who asks the room -> until when
        self.controlled: dict[str, Camera] = {}  # whose camera the room steers
        self.controllers: set[str] = set()  # who steers the room's camera

    @property
    def due(self) -> list[float]:
        """When requests run out."""
        return [*self.outgoing.values(), *self.incoming.values()]

    # the room

    def request(self, peer_id: str) -> None:
        """The room asks a participant for their camera; refused where it leads no conference."""
        peer_id = self._participant(peer_id)
        if self._conference.group:
            self._conference.require_lead()
        if self._conference.type in _WITH_PODIUM and not self._conference.podium.speaks(peer_id):
            raise Refused(errors.NOT_ON_PODIUM)
        if peer_id in self.outgoing or peer_id in self.controlled:
            raise Refused(errors.ASKED_ALREADY)
        self.outgoing[peer_id] = self._patience()
        self._terminal.emit("requestCameraControlSent", callId=peer_id)

    def accept(self, peer_id: str) -> None:
        """The room lets a participant steer its camera."""
        peer_id = self._asking(peer_id)
        del self.incoming[peer_id]
        self.controllers.add(peer_id)
        self._terminal.emit("incomingRequestCameraControlAccepted", callId=peer_id)

    def reject(self, peer_id: str) -> None:
        """The room keeps its camera to itself."""
        self._refuse_incoming(self._asking(peer_id), IncomingRefusal.BY_ROOM)

    def nudge(self, peer_id: str, axis: AxisName, direction: int) -> None:
        """Moves a participant's camera a little; refused where the room does not steer it."""
        camera = self.controlled.get(self._terminal.directory.party(peer_id)["peerId"])
        if camera is None:
            raise Refused(errors.NOT_CONTROLLED)
        camera.nudge(axis, direction * NUDGE[axis])

    # the others

    def asked_by(self, peer_id: str) -> None:
        """A participant wants to steer the room's camera."""
        access = self._terminal.settings.values["cameraRemoteControlAccess"]
        if access == NEVER or peer_id in self.incoming or not self._terminal.options.ptz:
            raise Impossible("the room's camera may not be asked for now")
        self.incoming[peer_id] = self._patience()
        self._terminal.emit("requestCameraControlReceived", callId=peer_id)
        if access == AUTOMATIC:
            self.accept(peer_id)

    def answered_by(self, peer_id: str, *, allow: bool, reason: OutgoingRefusal) -> None:
        """A participant answers the room, or takes their camera back."""
        if peer_id in self.controlled and not allow:
            self._lost(peer_id)
            return
        if peer_id not in self.outgoing:
            raise Impossible(f"the room has not asked {peer_id} for their camera")
        if not allow:
            self._refuse_outgoing(peer_id, reason)
            return
        del self.outgoing[peer_id]
        self.controlled[peer_id] = Camera(self._terminal.now, _nobody, supported=True)
        self._terminal.emit("outgoingRequestCameraControlAccepted", callId=peer_id)

    def driven_by(self, peer_id: str, axis: AxisName, direction: int) -> None:
        """A participant moves the room's camera: -1, +1, or 0 to stop."""
        if peer_id not in self.controllers:
            raise Impossible(f"{peer_id} does not steer the room's camera")
        if direction:
            self._terminal.camera.drive(axis, direction)
        else:
            self._terminal.camera.stop()

    def gone(self, peer_id: str) -> None:
        """Somebody is not in the conference any more."""
        self._end(peer_id, OutgoingRefusal.PARTICIPANT_LEFT, IncomingRefusal.PARTICIPANT_LEFT)

    def over(self) -> None:
        """The conference ends."""
        for peer_id in {*self.outgoing, *self.incoming, *self.controlled, *self.controllers}:
            self._end(peer_id, OutgoingRefusal.CONFERENCE_OVER, IncomingRefusal.CONFERENCE_OVER)

    def advance(self) -> None:
        """Ends requests that nobody answered."""
        now = self._terminal.now()
        for peer_id in [p for p, until in self.outgoing.items() if now >= until]:
            self._refuse_outgoing(peer_id, OutgoingRefusal.TIMED_OUT)
        for peer_id in [p for p, until in self.incoming.items() if now >= until]:
            self._refuse_incoming(peer_id, IncomingRefusal.TIMED_OUT)

    # how

    def _end(self, peer_id: str, ours: OutgoingRefusal, theirs: IncomingRefusal) -> None:
        if peer_id in self.outgoing:
            self._refuse_outgoing(peer_id, ours)
        if peer_id in self.incoming:
            self._refuse_incoming(peer_id, theirs)
        if peer_id in self.controlled:
            self._lost(peer_id)
        self.controllers.discard(peer_id)

    def _refuse_outgoing(self, peer_id: str, reason: OutgoingRefusal) -> None:
        del self.outgoing[peer_id]
        self._terminal.emit("outgoingRequestCameraControlRejected", callId=peer_id, reason=int(reason))

    def _refuse_incoming(self, peer_id: str, reason: IncomingRefusal) -> None:
        del self.incoming[peer_id]
        self._terminal.emit("incomingRequestCameraControlRejected", callId=peer_id, reason=int(reason))

    def _lost(self, peer_id: str) -> None:
        del self.controlled[peer_id]
        self._terminal.emit("remotelyControlledCameraNotAvailableAnymore", callId=peer_id)

    def _participant(self, peer_id: str) -> str:
        return self._conference.participants.find(peer_id).peer.peer_id

    def _asking(self, peer_id: str) -> str:
        peer_id = self._participant(peer_id)
        if peer_id not in self.incoming:
            raise Refused(errors.NOBODY_ASKED)
        return peer_id

    def _patience(self) -> float:
        return self._terminal.now() + self._terminal.options.answer_timeout


_WITH_PODIUM = frozenset({ConferenceType.ASYMMETRIC, ConferenceType.ROLE_BASED})


def _nobody(_event: str, **_fields: object) -> None:
    """A participant's camera tells the room nothing."""


def _lists(attribute: str) -> Rule:
    def describe(terminal: "Terminal") -> dict[str, list[str]]:
        conference = terminal.calls.conference
        return {"callIdList": list(getattr(conference.camera_control, attribute)) if conference else []}

    return asking(describe)


def _moves(axis: AxisName, direction: int) -> Rule:
    return given(
        lambda terminal, request: terminal.calls.going_on().camera_control.nudge(
            request["cameraOwnerCallId"], axis, direction
        ),
        {"cameraOwnerCallId": TEXT},
        states=IN_CONFERENCE,
    )


_CALL_ID = {"callId": TEXT}

CAMERA_CONTROL: Table = {
    "requestParticipantCameraControl": given(
        lambda terminal, request: terminal.calls.going_on().camera_control.request(request["callId"]),
        _CALL_ID,
        states=IN_CONFERENCE,
        events=("requestCameraControlSent",),
    ),
    "acceptRequestCameraControl": given(
        lambda terminal, request: terminal.calls.going_on().camera_control.accept(request["callId"]),
        _CALL_ID,
        states=IN_CONFERENCE,
        events=("incomingRequestCameraControlAccepted",),
    ),
    "rejectRequestCameraControl": given(
        lambda terminal, request: terminal.calls.going_on().camera_control.reject(request["callId"]),
        _CALL_ID,
        states=IN_CONFERENCE,
        events=("incomingRequestCameraControlRejected",),
    ),
    "getRemotelyControlledCameras": _lists("controlled"),
    "getIncomingCameraControlRequests": _lists("incoming"),
    "getOutgoingCameraControlRequests": _lists("outgoing"),
    "remotelyControlledCameraPtzLeft": _moves("pan", -1),
    "remotelyControlledCameraPtzRight": _moves("pan", +1),
    "remotelyControlledCameraPtzUp": _moves("tilt", +1),
    "remotelyControlledCameraPtzDown": _moves("tilt", -1),
    "remotelyControlledCameraPtzZoomInc": _moves("zoom", +1),
    "remotelyControlledCameraPtzZoomDec": _moves("zoom", -1),
}
