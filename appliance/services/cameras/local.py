"""A VISCA camera that the appliance controls itself, instead of the terminal."""

from functools import partial

import structlog
import trio

from appliance.room.intents.camera import HomeLocalCamera, MoveLocalCamera
from appliance.runtime.followed import Followed
from drivers.visca.camera.chain import ChainedCamera
from drivers.visca.camera.shared_state import SharedState
from drivers.visca.config import CameraConfig, SerialConfig
from drivers.visca.controller.driven import DrivenCamera, OpenLine, open_serial
from drivers.visca.controller.exchange import Heard, Outcome
from drivers.visca.line.address import parse_network_address
from drivers.visca.line.network_port import open_network
from drivers.visca.model.actions import Action, Drive, DriveTo, Home, PassOn
from drivers.visca.model.models import MODELS
from drivers.visca.model.profile import Position
from drivers.visca.model.stored_positions import Presets
from drivers.visca.wire.inquiries import PanTiltInquiry, PanTiltPosition, PanTiltPositionLong, ValueReply, ZoomInquiry
from drivers.visca.wire.layout import decode

log = structlog.get_logger()

LOOK_WHILE_BUSY = 0.2  # seconds between looks at where it is, while it is moved, and for BUSY seconds after
LOOK_AT_REST = 2.0
BUSY = 10.0
STEADY = 3.0  # seconds that a line which was lost has to hold before it counts as back
TRY_AGAIN = 30.0  # seconds after which a line is set up again on which nobody answers


class LocalCameraService:
    """Joins one camera to the VISCA controllers: what they ask of `chained`, the camera does.

    The camera is asked where it looks, since controllers ask that too and are answered at once. A movement goes on
    for as long as the service runs: controllers that go away say so, and what they set moving is stopped then.
    `looks`: where it looks, as far as it has told.
    """

    def __init__(self, config: CameraConfig, presets: Presets, open_line: OpenLine | None = None) -> None:
        """`open_line`: instead of the line that the configuration names."""
        self._profile = MODELS[config.model]
        self._camera = DrivenCamera(
            open_line or opener(config),
            self._profile,
            address=config.address,
            chained=parse_network_address(config.line) is None,
            heard=self._heard,
        )
        self.looks = Followed(Position())
        self._busy_until = self._again_at = 0.0
        self._asked = trio.lowlevel.ParkingLot()
        self._running = self._has_run = False
        self.chained = ChainedCamera(
            config.number,
            lambda: self.looks.value,
            self._act,
            SharedState(presets),
            available=lambda: self._running,
            passes_on=True,
        )

    @property
    def moving(self) -> bool:
        """Whether somebody moves it: a controller, or a person in the room."""
        return self._camera.controller.moving

    def ask(self, action: Action) -> None:
        """Does what others than controllers ask; it goes on when a controller goes away."""
        self.chained.shared.act(action, self)
        self.chained.act(action)

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Drives it until cancelled; raises `DeviceError` when its line is not there or goes away."""
        try:
            async with trio.open_nursery() as nursery:
                await nursery.start(self._camera.run)
                self._running = True
                self._again_at = trio.current_time() + TRY_AGAIN
                nursery.start_soon(self._say_ready, task_status)
                while True:
                    await self._look()
        finally:
            self._running = False
            self.looks.value = Position()

    async def _say_ready(self, task_status: trio.TaskStatus[None]) -> None:
        """Says at once that it is there the first time, later only when the line holds: one that flaps is one loss."""
        if self._has_run:
            await trio.sleep(STEADY)
        self._has_run = True
        task_status.started()

    async def _look(self) -> None:
        self._camera.stay()
        if self._camera.controller.one_way:
            self._nothing_heard()
        if self._camera.controller.idle:
            self._camera.send(PanTiltInquiry())
            self._camera.send(ZoomInquiry())
        busy = self._camera.controller.moving or trio.current_time() < self._busy_until
        with trio.move_on_after(LOOK_WHILE_BUSY if busy else LOOK_AT_REST):
            await self._asked.park()

    def _nothing_heard(self) -> None:
        """Forgets where the camera looks, and sets up its line again: it may have lost its address with its power."""
        self.looks.value = Position()
        now = trio.current_time()
        if not self._camera.controller.moving and now >= max(self._again_at, self._busy_until):
            self._again_at = now + TRY_AGAIN
            self._camera.begin_again()

    def _act(self, action: Action) -> None:
        match action:
            case Drive():
                self._camera.drive(action)
            case DriveTo() | Home():
                self._go(action)
            case PassOn():
                self._camera.send(action.message)
        if trio.current_time() >= self._busy_until:
            self._asked.unpark_all()
        self._busy_until = trio.current_time() + BUSY

    def _go(self, action: DriveTo | Home) -> None:
        try:
            self._camera.go(action)
        except ValueError as error:
            log.info("camera_not_moved", reason=str(error))

    def _heard(self, heard: Heard) -> None:
        if heard.outcome is not Outcome.ANSWERED or heard.item is None:
            return
        if isinstance(heard.item.message, PanTiltInquiry):
            kind = PanTiltPositionLong if self._profile.long_pan else PanTiltPosition
            if (looks := decode(heard.body, kind)) is not None:
                pan, tilt = self._profile.pan.part(looks.pan), self._profile.tilt.part(looks.tilt)
                self._is_at(Position(pan, tilt, self.looks.value.zoom))
        elif (zoom := decode(heard.body, ValueReply)) is not None:
            before = self.looks.value
            self._is_at(Position(before.pan, before.tilt, self._profile.zoom.part(zoom.value)))

    def _is_at(self, position: Position) -> None:
        """Takes where the camera says that it looks; who follows that is woken by another place alone."""
        if position != self.looks.value:
            self.looks.value = position


def action_for(intent: MoveLocalCamera | HomeLocalCamera) -> Action:
    """Returns what a person in the room wants of the camera."""
    return Home() if isinstance(intent, HomeLocalCamera) else Drive(intent.pan, intent.tilt, intent.zoom)


def opener(config: CameraConfig) -> OpenLine:
    """Returns what opens the line of a camera."""
    place = parse_network_address(config.line)
    if place is not None:
        return partial(open_network, place, config.sequence)
    return partial(open_serial, SerialConfig(port=config.line, baud=config.baud))
