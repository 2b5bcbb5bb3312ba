"""Cameras of participants: asking for control, moving them, and answering those who ask for ours.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.far_end import (
    AcceptCameraRequest,
    FarCameraDown,
    FarCameraLeft,
    FarCameraRight,
    FarCameraUp,
    FarCameraZoomIn,
    FarCameraZoomOut,
    GetControlledCameras,
    GetIncomingCameraRequests,
    GetOutgoingCameraRequests,
    ParticipantIdsReply,
    RejectCameraRequest,
    RequestCamera,
)


class FarEnd(CommandGroup):
    """Cameras of participants: asking for control, moving them, and answering those who ask for ours."""

    async def request(self, call_id: str) -> None:
        """Asks a participant for control of the camera. In a call, or as leader of a conference.

        `call_id`: The participant; in role-based and asymmetric conferences one on the podium.

        Method `requestParticipantCameraControl`; for administrator and user. May be followed by:
        requestCameraControlSent, outgoingRequestCameraControlAccepted, outgoingRequestCameraControlRejected. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RequestCamera(call_id=call_id), Reply)

    async def accept(self, call_id: str) -> None:
        """Lets a participant who asked for it move this terminal's camera.

        `call_id`: The participant.

        Method `acceptRequestCameraControl`; for administrator and user. May be followed by:
        incomingRequestCameraControlAccepted. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(AcceptCameraRequest(call_id=call_id), Reply)

    async def reject(self, call_id: str) -> None:
        """Does not let a participant who asked for it move this terminal's camera.

        `call_id`: The participant.

        Method `rejectRequestCameraControl`; for administrator and user. May be followed by:
        incomingRequestCameraControlRejected. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(RejectCameraRequest(call_id=call_id), Reply)

    async def controlled(self) -> ParticipantIdsReply:
        """Asks whose cameras this terminal may move.

        Method `getRemotelyControlledCameras`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`,
        `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetControlledCameras(), ParticipantIdsReply)

    async def incoming(self) -> ParticipantIdsReply:
        """Asks who wants to move this terminal's camera.

        Method `getIncomingCameraControlRequests`; for administrator and user. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetIncomingCameraRequests(), ParticipantIdsReply)

    async def outgoing(self) -> ParticipantIdsReply:
        """Asks whom this terminal has asked for control.

        Method `getOutgoingCameraControlRequests`; for administrator and user. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetOutgoingCameraRequests(), ParticipantIdsReply)

    async def left(self, owner: str) -> None:
        """Turns somebody's camera left by a step.

        `owner`: Whose camera.

        Method `remotelyControlledCameraPtzLeft`; for administrator and user. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`.
        """
        await self._ask(FarCameraLeft(owner=owner), Reply)

    async def right(self, owner: str) -> None:
        """Turns somebody's camera right by a step.

        `owner`: Whose camera.

        Method `remotelyControlledCameraPtzRight`; for administrator and user. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`.
        """
        await self._ask(FarCameraRight(owner=owner), Reply)

    async def up(self, owner: str) -> None:
        """Turns somebody's camera up by a step.

        `owner`: Whose camera.

        Method `remotelyControlledCameraPtzUp`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`,
        `Busy`.
        """
        await self._ask(FarCameraUp(owner=owner), Reply)

    async def down(self, owner: str) -> None:
        """Turns somebody's camera down by a step.

        `owner`: Whose camera.

        Method `remotelyControlledCameraPtzDown`; for administrator and user. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`.
        """
        await self._ask(FarCameraDown(owner=owner), Reply)

    async def zoom_in(self, owner: str) -> None:
        """Zooms somebody's camera in by a step.

        `owner`: Whose camera.

        Method `remotelyControlledCameraPtzZoomInc`; for administrator and user. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`.
        """
        await self._ask(FarCameraZoomIn(owner=owner), Reply)

    async def zoom_out(self, owner: str) -> None:
        """Zooms somebody's camera out by a step.

        `owner`: Whose camera.

        Method `remotelyControlledCameraPtzZoomDec`; for administrator and user. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`.
        """
        await self._ask(FarCameraZoomOut(owner=owner), Reply)
