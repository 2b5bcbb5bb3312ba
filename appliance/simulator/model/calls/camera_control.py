"""Far-end camera control, both ways: the room controls a participant's camera, or a participant the room's.

Either side asks first, and the other accepts, rejects or lets the request run out; the setting
`cameraRemoteControlAccess` may answer for the room. Control lasts until it is taken back, until that participant
leaves, or until the conference ends; each of these has its own `reason` on the wire. The room moves a participant's
camera in small steps, since the manual has no command to stop one.
"""

from collections.abc import Callable, Iterable
from enum import IntEnum

from appliance.simulator.model.calls.podium import Podium
from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Impossible, Refused
from appliance.simulator.model.common.outgoing import Act, Outgoing
from appliance.simulator.model.common.parameters import TEXT
from appliance.simulator.model.common.table import IN_CONFERENCE, Fields, Rule, Table, asking, given
from appliance.simulator.model.conversation.roster import Roster
from appliance.simulator.model.machine.settings import Settings
from appliance.simulator.model.media.camera import AxisName, Camera
from appliance.simulator.model.people.directory import Directory
from appliance.terminal.messages.enums import ConferenceType

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
    """Who controls whose camera in one conference. Times are monotonic seconds."""

    def __init__(
        self,
        context: Context,
        roster: Roster,
        podium: Podium,
        directory: Directory,
        settings: Settings,
        camera: Camera,
        act: Act,
    ) -> None:
        self._now = context.now
        self._emit = context.emit
        self._options = context.options
        self._conference = roster
        self._podium = podium
        self._directory = directory
        self._settings = settings
        self._camera = camera
        self._act = act
        self.outgoing: dict[str, float] = {}  # whom the room asks -> until when
        self.incoming: dict[str, float] = {}  # who asks the room -> until when
        self.controlled: dict[str, Camera] = {}  # whose camera the room controls
        self.controllers: set[str] = set()  # who controls the room's camera

    @property
    def due(self) -> list[float]:
        """When requests run out, in monotonic seconds."""
        return [*self.outgoing.values(), *self.incoming.values()]

    # what the room does

    def request(self, peer_id: str) -> None:
        """Asks a participant for their camera; in a group conference only the owner or a moderator may."""
        peer_id = self._participant(peer_id)
        if self._conference.group:
            self._conference.require_lead()
        if self._conference.type in _WITH_PODIUM and not self._podium.speaks(peer_id):
            raise Refused(errors.NOT_ON_PODIUM)
        if peer_id in self.outgoing or peer_id in self.controlled:
            raise Refused(errors.ASKED_ALREADY)
        self.outgoing[peer_id] = self._patience()
        self._emit("requestCameraControlSent", callId=peer_id)
        self._act(Outgoing("ask_for_camera", peer_id))

    def accept(self, peer_id: str) -> None:
        """Lets a participant who asked control the room's camera."""
        peer_id = self._asking(peer_id)
        del self.incoming[peer_id]
        self.controllers.add(peer_id)
        self._emit("incomingRequestCameraControlAccepted", callId=peer_id)
        self._act(Outgoing("give_camera", peer_id))

    def reject(self, peer_id: str) -> None:
        """Rejects a participant who asked for the room's camera."""
        peer_id = self._asking(peer_id)
        self._refuse_incoming(peer_id, IncomingRefusal.BY_ROOM)
        self._act(Outgoing("give_camera", peer_id, {"allow": False}))

    def nudge(self, peer_id: str, axis: AxisName, direction: int) -> None:
        """Moves a participant's camera a little; refused unless the room controls it."""
        peer_id = self._directory.party(peer_id)["peerId"]
        if peer_id not in self.controlled:
            raise Refused(errors.NOT_CONTROLLED)
        self.controlled[peer_id].nudge(axis, direction * NUDGE[axis])
        self._act(Outgoing("nudge_camera", peer_id, {"axis": axis, "direction": direction}))

    # what the far side does

    def asked_by(self, peer_id: str) -> None:
        """Receives a participant's request for the room's camera; raises `Impossible` if the room is not asked."""
        access = self._settings.values["cameraRemoteControlAccess"]
        if access == NEVER or peer_id in self.incoming or not self._camera.supported:
            raise Impossible("the room's camera may not be asked for now")
        self.incoming[peer_id] = self._patience()
        self._emit("requestCameraControlReceived", callId=peer_id)
        if access == AUTOMATIC:
            self.accept(peer_id)

    def answered_by(self, peer_id: str, *, allow: bool, reason: OutgoingRefusal) -> None:
        """Receives a participant's answer to the room, or that they take their camera back."""
        if peer_id in self.controlled and not allow:
            self._lost(peer_id)
            return
        if peer_id not in self.outgoing:
            raise Impossible(f"the room has not asked {peer_id} for their camera")
        if not allow:
            self._refuse_outgoing(peer_id, reason)
            return
        del self.outgoing[peer_id]
        self.controlled[peer_id] = Camera(self._now, _nobody, supported=lambda: True)
        self._emit("outgoingRequestCameraControlAccepted", callId=peer_id)

    def driven_by(self, peer_id: str, axis: AxisName, direction: int) -> None:
        """Moves the room's camera for a participant: -1, +1, or 0 to stop."""
        self._controller(peer_id)
        if direction:
            self._camera.drive(axis, direction)
        else:
            self._camera.stop()

    def nudged_by(self, peer_id: str, axis: AxisName, direction: int) -> None:
        """Moves the room's camera a little for a participant."""
        self._controller(peer_id)
        self._camera.nudge(axis, direction * NUDGE[axis])

    def gone(self, peer_id: str) -> None:
        """Ends requests and control of somebody who has left the conference."""
        self._end(peer_id, OutgoingRefusal.PARTICIPANT_LEFT, IncomingRefusal.PARTICIPANT_LEFT)

    def over(self) -> None:
        """Ends every request and control together with the conference."""
        for peer_id in {*self.outgoing, *self.incoming, *self.controlled, *self.controllers}:
            self._end(peer_id, OutgoingRefusal.CONFERENCE_OVER, IncomingRefusal.CONFERENCE_OVER)

    def advance(self) -> None:
        """Ends requests that nobody answered."""
        now = self._now()
        for peer_id in [p for p, until in self.outgoing.items() if now >= until]:
            self._refuse_outgoing(peer_id, OutgoingRefusal.TIMED_OUT)
        for peer_id in [p for p, until in self.incoming.items() if now >= until]:
            self._refuse_incoming(peer_id, IncomingRefusal.TIMED_OUT)

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
        self._emit("outgoingRequestCameraControlRejected", callId=peer_id, reason=int(reason))

    def _refuse_incoming(self, peer_id: str, reason: IncomingRefusal) -> None:
        del self.incoming[peer_id]
        self._emit("incomingRequestCameraControlRejected", callId=peer_id, reason=int(reason))

    def _lost(self, peer_id: str) -> None:
        del self.controlled[peer_id]
        self._emit("remotelyControlledCameraNotAvailableAnymore", callId=peer_id)

    def _controller(self, peer_id: str) -> None:
        if peer_id not in self.controllers or not self._camera.supported:
            raise Impossible(f"{peer_id} does not control the room's camera")

    def _participant(self, peer_id: str) -> str:
        return self._conference.find(peer_id).peer.peer_id

    def _asking(self, peer_id: str) -> str:
        peer_id = self._participant(peer_id)
        if peer_id not in self.incoming:
            raise Refused(errors.NOBODY_ASKED)
        return peer_id

    def _patience(self) -> float:
        return self._now() + self._options.answer_timeout


_WITH_PODIUM = frozenset({ConferenceType.ASYMMETRIC, ConferenceType.ROLE_BASED})


def _nobody(_event: str, /, **_fields: object) -> None:
    """Drops the events of a participant's camera, which the room does not see."""


def _listing(ids: Callable[[CameraControl], Iterable[str]]) -> Rule[CameraControl | None]:
    def describe(control: CameraControl | None) -> Fields:
        return {"callIdList": list(ids(control)) if control else []}

    return asking(describe)


def _moving(axis: AxisName, direction: int) -> Rule[CameraControl]:
    return given(
        lambda control, request: control.nudge(request["cameraOwnerCallId"], axis, direction),
        {"cameraOwnerCallId": TEXT},
        states=IN_CONFERENCE,
    )


_CALL_ID = {"callId": TEXT}
_ANSWERED = ("outgoingRequestCameraControlAccepted", "outgoingRequestCameraControlRejected")

CAMERA_CONTROL: Table[CameraControl] = {
    "requestParticipantCameraControl": given(
        lambda control, request: control.request(request["callId"]),
        _CALL_ID,
        states=IN_CONFERENCE,
        events=("requestCameraControlSent", *_ANSWERED),
    ),
    "acceptRequestCameraControl": given(
        lambda control, request: control.accept(request["callId"]),
        _CALL_ID,
        states=IN_CONFERENCE,
        events=("incomingRequestCameraControlAccepted",),
    ),
    "rejectRequestCameraControl": given(
        lambda control, request: control.reject(request["callId"]),
        _CALL_ID,
        states=IN_CONFERENCE,
        events=("incomingRequestCameraControlRejected",),
    ),
    "remotelyControlledCameraPtzLeft": _moving("pan", -1),
    "remotelyControlledCameraPtzRight": _moving("pan", +1),
    "remotelyControlledCameraPtzUp": _moving("tilt", +1),
    "remotelyControlledCameraPtzDown": _moving("tilt", -1),
    "remotelyControlledCameraPtzZoomInc": _moving("zoom", +1),
    "remotelyControlledCameraPtzZoomDec": _moving("zoom", -1),
}

# these are answered without a conference, too
CAMERA_CONTROL_LISTS: Table[CameraControl | None] = {
    "getRemotelyControlledCameras": _listing(lambda control: control.controlled),
    "getIncomingCameraControlRequests": _listing(lambda control: control.incoming),
    "getOutgoingCameraControlRequests": _listing(lambda control: control.outgoing),
}
