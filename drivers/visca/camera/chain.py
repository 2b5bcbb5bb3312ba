"""Several cameras on one daisy chain, as their controller sees them: our own and those that we drive for it."""

from collections.abc import Callable, Sequence

from drivers.visca.camera.camera import ECHO_WINDOW, Camera
from drivers.visca.camera.executor import Abilities, accepts_everything, always_available
from drivers.visca.camera.shared_state import SharedState
from drivers.visca.model.actions import Action
from drivers.visca.model.profile import Position
from drivers.visca.wire.framing import BROADCAST, Framer, receiver_of
from drivers.visca.wire.sony_stripper import SonyHeaderStripper

Act = Callable[[Action], None]


class ChainedCamera:
    """Another camera of the chain: at address `number` until the controller assigns another; `act` moves it."""

    def __init__(
        self,
        number: int,
        position: Callable[[], Position],
        act: Act,
        shared: SharedState,
        accepts: Callable[[Action], bool] = accepts_everything,
        *,
        available: Callable[[], bool] = always_available,
        passes_on: bool = False,
    ) -> None:
        """`accepts`, `available`, `passes_on`: see `Abilities`."""
        self.number = number
        self.position = position
        self.act = act
        self.shared = shared
        self.abilities = Abilities(available=available, accepts=accepts, passes_on=passes_on)


class Chain:
    """Answers for all of them. Actions of the chained cameras are executed at once, those of our own are returned."""

    def __init__(
        self,
        own: Camera,
        others: Sequence[tuple[Camera, Act]],
        *,
        clock: Callable[[], float],
        point_to_point: bool = False,
    ) -> None:
        """`others` in the order of the line. `point_to_point`: see `Camera`."""
        self._own = own
        self._others = others
        self._clock = clock
        self._framer = Framer()
        self._stripper = SonyHeaderStripper() if point_to_point else None
        self._echo = b"", 0.0

    @property
    def address(self) -> int:
        """The address of our own camera."""
        return self._own.address

    @property
    def dropped(self) -> int:
        """The number of bytes that belonged to no frame."""
        return self._framer.dropped

    @property
    def not_understood(self) -> int:
        """The number of messages that no camera understood."""
        return sum(camera.not_understood for camera in self._cameras)

    @property
    def under_way(self) -> bool:
        """Whether moves wait for their completion, so that `check` has to be called from time to time."""
        return any(camera.under_way for camera in self._cameras)

    @property
    def is_driven(self) -> bool:
        """Whether any camera moves because of this controller."""
        return any(camera.is_driven for camera in self._cameras)

    def feed(self, data: bytes) -> tuple[bytes, list[Action]]:
        """Takes bytes from the line, split in any way; returns the replies and the actions of our own camera."""
        replies, actions = bytearray(), list[Action]()
        if self._stripper is not None:
            data = self._stripper.feed(data)
        for frame in self._framer.feed(data):
            said, asked = self._round(frame) if receiver_of(frame) == BROADCAST else self._addressed(frame)
            replies += said
            actions += asked
        return bytes(replies), actions

    def check(self) -> bytes:
        """Returns the replies to moves that have ended by now."""
        return b"".join(camera.check() for camera in self._cameras if camera.under_way)

    def leave(self) -> list[Action]:
        """Stops what the disconnected controller moved; returns the actions of our own camera."""
        for camera, act in self._others:
            for action in camera.leave():
                act(action)
        return self._own.leave()

    @property
    def _cameras(self) -> list[Camera]:
        return [self._own, *(camera for camera, _ in self._others)]

    def _addressed(self, frame: bytes) -> tuple[bytes, list[Action]]:
        for camera, act in self._others:
            if camera.address == receiver_of(frame):
                return _done(camera, act, frame), []
        return self._own.feed(frame)

    def _round(self, frame: bytes) -> tuple[bytes, list[Action]]:
        """Passes a broadcast from camera to camera, each of which hands on what the next is to hear."""
        echo, at = self._echo
        if frame == echo and self._clock() - at <= ECHO_WINDOW:
            return b"", []
        said, actions = self._own.feed(frame)
        for camera, act in self._others:
            said = _done(camera, act, said) if said else b""
        self._echo = said, self._clock()
        return said, actions


def _done(camera: Camera, act: Act, data: bytes) -> bytes:
    replies, actions = camera.feed(data)
    for action in actions:
        act(action)
    return replies
