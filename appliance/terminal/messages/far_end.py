"""Far-end cameras: asking to move somebody's camera, moving it, and answering those who ask for ours."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import EVENT_TYPES, Command, Event, Reply, command, event
from appliance.terminal.messages.enums import CameraRequestEnd, CameraRequestRefusal


@command
class RequestCamera(Command, frozen=True, kw_only=True):
    """Asks a participant for control of the camera. In a call, or as leader of a conference.

    call_id: The participant; in role-based and asymmetric conferences one on the podium.
    """

    method: ClassVar[str] = "requestParticipantCameraControl"

    call_id: str


@command
class AcceptCameraRequest(Command, frozen=True, kw_only=True):
    """Lets a participant who asked for it move this terminal's camera.

    call_id: The participant.
    """

    method: ClassVar[str] = "acceptRequestCameraControl"

    call_id: str


@command
class RejectCameraRequest(Command, frozen=True, kw_only=True):
    """Does not let a participant who asked for it move this terminal's camera.

    call_id: The participant.
    """

    method: ClassVar[str] = "rejectRequestCameraControl"

    call_id: str


class ParticipantIdsReply(Reply, frozen=True, kw_only=True):
    """Reply to the three questions about control of cameras.

    call_ids: The participants.
    """

    call_ids: tuple[str, ...] = msgspec.field(name="callIdList", default=())


@command
class GetControlledCameras(Command, frozen=True, kw_only=True):
    """Asks whose cameras this terminal may move."""

    method: ClassVar[str] = "getRemotelyControlledCameras"
    reply: ClassVar[type[Reply]] = ParticipantIdsReply


@command
class GetIncomingCameraRequests(Command, frozen=True, kw_only=True):
    """Asks who wants to move this terminal's camera."""

    method: ClassVar[str] = "getIncomingCameraControlRequests"
    reply: ClassVar[type[Reply]] = ParticipantIdsReply


@command
class GetOutgoingCameraRequests(Command, frozen=True, kw_only=True):
    """Asks whom this terminal has asked for control."""

    method: ClassVar[str] = "getOutgoingCameraControlRequests"
    reply: ClassVar[type[Reply]] = ParticipantIdsReply


@command
class FarCameraLeft(Command, frozen=True, kw_only=True):
    """Turns somebody's camera left by a step.

    owner: Whose camera.
    """

    method: ClassVar[str] = "remotelyControlledCameraPtzLeft"

    owner: str = msgspec.field(name="cameraOwnerCallId")


@command
class FarCameraRight(Command, frozen=True, kw_only=True):
    """Turns somebody's camera right by a step.

    owner: Whose camera.
    """

    method: ClassVar[str] = "remotelyControlledCameraPtzRight"

    owner: str = msgspec.field(name="cameraOwnerCallId")


@command
class FarCameraUp(Command, frozen=True, kw_only=True):
    """Turns somebody's camera up by a step.

    owner: Whose camera.
    """

    method: ClassVar[str] = "remotelyControlledCameraPtzUp"

    owner: str = msgspec.field(name="cameraOwnerCallId")


@command
class FarCameraDown(Command, frozen=True, kw_only=True):
    """Turns somebody's camera down by a step.

    owner: Whose camera.
    """

    method: ClassVar[str] = "remotelyControlledCameraPtzDown"

    owner: str = msgspec.field(name="cameraOwnerCallId")


@command
class FarCameraZoomIn(Command, frozen=True, kw_only=True):
    """Zooms somebody's camera in by a step.

    owner: Whose camera.
    """

    method: ClassVar[str] = "remotelyControlledCameraPtzZoomInc"

    owner: str = msgspec.field(name="cameraOwnerCallId")


@command
class FarCameraZoomOut(Command, frozen=True, kw_only=True):
    """Zooms somebody's camera out by a step.

    owner: Whose camera.
    """

    method: ClassVar[str] = "remotelyControlledCameraPtzZoomDec"

    owner: str = msgspec.field(name="cameraOwnerCallId")


@event
class CameraRequestSent(Event, frozen=True, kw_only=True):
    """The terminal asked for control of somebody's camera."""

    event: ClassVar[str] = "requestCameraControlSent"

    call_id: str


@event
class CameraRequestGranted(Event, frozen=True, kw_only=True):
    """The terminal may move somebody's camera now."""

    event: ClassVar[str] = "outgoingRequestCameraControlAccepted"

    call_id: str


@event
class CameraRequestRefused(Event, frozen=True, kw_only=True):
    """The terminal may not move somebody's camera."""

    event: ClassVar[str] = "outgoingRequestCameraControlRejected"

    call_id: str
    reason: CameraRequestRefusal | None = None


EVENT_TYPES[""] = CameraRequestRefused  # the manual's example leaves the name empty


@event
class FarCameraLost(Event, frozen=True, kw_only=True):
    """The terminal can move somebody's camera no longer."""

    event: ClassVar[str] = "remotelyControlledCameraNotAvailableAnymore"

    call_id: str


@event
class CameraRequestReceived(Event, frozen=True, kw_only=True):
    """Somebody asks for control of this terminal's camera."""

    event: ClassVar[str] = "requestCameraControlReceived"

    call_id: str


@event
class CameraGranted(Event, frozen=True, kw_only=True):
    """Somebody may move this terminal's camera now."""

    event: ClassVar[str] = "incomingRequestCameraControlAccepted"

    call_id: str


@event
class CameraRefused(Event, frozen=True, kw_only=True):
    """Somebody may not move this terminal's camera."""

    event: ClassVar[str] = "incomingRequestCameraControlRejected"

    call_id: str
    reason: CameraRequestEnd | None = None
