"""The other side's camera, as one more camera for the VISCA controllers, and for buttons."""

from collections.abc import Callable

import structlog
import trio

from appliance.room.intents.camera import HomeLocalCamera, MoveLocalCamera
from appliance.room.local_events.camera import FarCameraIs
from appliance.room.motion import STILL, Motion
from appliance.room.parts.camera import CameraAnswer, FarCamera
from appliance.room.parts.person import Person
from appliance.room.people.who import same_peer
from appliance.room.state import Phase, RoomState
from appliance.room.texts import NO_ANSWER, NO_FAR_CAMERA, NO_FAR_HOME, camera_asked, refused
from appliance.services.store import RoomStore
from appliance.terminal.errors import LinkLost, Refused, TerminalError
from appliance.terminal.link import Link
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.far_end import (
    FarCameraDown,
    FarCameraLeft,
    FarCameraRight,
    FarCameraUp,
    FarCameraZoomIn,
    FarCameraZoomOut,
    GetControlledCameras,
    ParticipantIdsReply,
    RequestCamera,
)
from drivers.visca.camera.chain import ChainedCamera
from drivers.visca.camera.shared_state import SharedState
from drivers.visca.model.actions import Action, Drive
from drivers.visca.model.profile import Position

log = structlog.get_logger()

STEP_EVERY = 0.2
"""Seconds from one step of a movement to the next: the terminal has no start and no stop for these cameras."""
ANSWER_WITHIN = 120.0
"""Seconds for the other side to answer; the terminal itself gives up earlier, and says so."""
REFUSED_FOR = 5.0
"""Seconds after a refusal in which a movement is refused at once, and nobody is asked again."""

_STEPS: tuple[dict[int, Callable[[str], Command]], ...] = (
    {-1: lambda owner: FarCameraLeft(owner=owner), 1: lambda owner: FarCameraRight(owner=owner)},
    {-1: lambda owner: FarCameraDown(owner=owner), 1: lambda owner: FarCameraUp(owner=owner)},
    {-1: lambda owner: FarCameraZoomOut(owner=owner), 1: lambda owner: FarCameraZoomIn(owner=owner)},
)


class NotOurs(Exception):
    """There is no camera that the room may move; why is on the display."""


class FarCameraService:
    """Asks for control with the first movement, and moves the camera in steps while the stick is pushed.

    Nobody knows where such a camera looks, so that it has no places and no presets.
    """

    def __init__(self, number: int | None, store: RoomStore, link: Link) -> None:
        """`number`: where VISCA controllers find it; None: nowhere."""
        self._store = store
        self._link = link
        self._motion: Motion = STILL
        self._pushed = trio.lowlevel.ParkingLot()
        self._refused_until = 0.0
        self.chained = (
            None if number is None else ChainedCamera(number, Position, self._act, SharedState(), self._accepts)
        )

    def move(self, intent: MoveLocalCamera | HomeLocalCamera) -> None:
        """Does what a button wants of it; nobody knows where its home is."""
        if isinstance(intent, HomeLocalCamera):
            self._store.tell(NO_FAR_HOME)
            return
        action = Drive(intent.pan, intent.tilt, intent.zoom)
        if action.stops or self._accepts(action):
            self._act(action)

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Moves it until cancelled. What the terminal refuses is shown, and ends the movement."""
        task_status.started()
        while True:
            while self._motion == STILL:
                await self._pushed.park()
            try:
                await self._move(await self._control())
            except (TerminalError, NotOurs) as error:
                self._not_moved(error)

    def _accepts(self, action: Action) -> bool:
        if not isinstance(action, Drive) or trio.current_time() < self._refused_until:
            return False
        if self._store.state.phase is not Phase.IN_CALL:
            self._store.tell(NO_FAR_CAMERA)
            return False
        return True

    def _act(self, action: Action) -> None:
        if isinstance(action, Drive):
            pan, tilt, zoom = self._motion
            self._motion = (
                pan if action.pan is None else action.pan,
                tilt if action.tilt is None else action.tilt,
                zoom if action.zoom is None else action.zoom,
            )
            self._pushed.unpark_all()

    async def _move(self, owner: str) -> None:
        while self._motion != STILL and _owner(self._store.state) == owner:
            for steps, way in zip(_STEPS, self._motion, strict=True):
                if way:
                    await self._link.request(steps[way](owner))
            await trio.sleep(STEP_EVERY)
        if self._motion != STILL:  # the owner took it back: whoever wants it again lets go first
            raise NotOurs("it was taken back")

    async def _control(self) -> str:
        """Returns whose camera the room moves: one that it may move already, or the other side's, when they agree."""
        if owner := _owner(self._store.state):
            return owner
        reply = await self._link.request(GetControlledCameras())
        owners = reply.call_ids if isinstance(reply, ParticipantIdsReply) else ()
        other = _other_side(self._store.state)
        ours = [owner for owner in owners if other is None or same_peer(owner, other.peer_id)]
        if ours:
            self._store.apply(FarCameraIs(FarCamera(ours[0], CameraAnswer.GRANTED)))
            return ours[0]
        if other is None:
            self._store.tell(NO_FAR_CAMERA)
            raise NotOurs("there is none")
        return await self._ask(other)

    async def _ask(self, other: Person) -> str:
        self._store.apply(FarCameraIs(FarCamera(other.peer_id, CameraAnswer.ASKED)))
        self._store.tell(camera_asked(other.label))
        try:
            await self._link.request(RequestCamera(call_id=other.peer_id))
        except TerminalError:
            self._store.apply(FarCameraIs(None))
            raise
        with trio.move_on_after(ANSWER_WITHIN):
            await self._answer()
        if owner := _owner(self._store.state):
            return owner
        raise NotOurs("not granted")

    async def _answer(self) -> None:
        state = self._store.state
        while state.far_camera is not None and state.far_camera.answer is CameraAnswer.ASKED:
            state = await self._store.followed.newer_than(state)

    def _not_moved(self, error: TerminalError | NotOurs) -> None:
        self._motion = STILL
        self._refused_until = trio.current_time() + REFUSED_FOR
        log.info("far_camera_not_moved", reason=str(error))
        if isinstance(error, Refused):
            self._store.tell(refused(error.text))
        elif isinstance(error, TerminalError) and not isinstance(error, LinkLost):
            self._store.tell(NO_ANSWER)


def _owner(state: RoomState) -> str:
    """Returns the peer id of whose camera the room may move; empty where it is nobody's."""
    camera = state.far_camera
    return camera.owner if camera is not None and camera.answer is CameraAnswer.GRANTED else ""


def _other_side(state: RoomState) -> Person | None:
    """Returns the one other side of a call; in a group somebody at the terminal has to choose whose camera."""
    conversation = state.conversation
    return None if conversation is None or conversation.group else conversation.peer
