"""Several cameras on one line, as their controller sees them: ours, and those that we drive for it."""

from collections.abc import Callable, Sequence

from drivers.visca.camera.body import Body
from drivers.visca.camera.camera import ECHO_WINDOW, Camera, anything
from drivers.visca.model.actions import Action
from drivers.visca.model.profile import Position
from drivers.visca.wire.framing import BROADCAST, Framer, receiver_of

Act = Callable[[Action], None]


class Neighbour:
    """A camera beside our own: found at address `number` until the controller assigns another, moved by `act`."""

    def __init__(
        self,
        number: int,
        position: Callable[[], Position],
        act: Act,
        body: Body,
        accepts: Callable[[Action], bool] = anything,
    ) -> None:
        """`accepts`: whether it would do that now; a stop is not asked about, what it would not is not executable."""
        self.number = number
        self.position = position
        self.act = act
        self.body = body
        self.accepts = accepts


class Chain:
    """Speaks for all of them. What the neighbours are asked, they do at once; what our camera is asked is returned."""

    def __init__(self, own: Camera, others: Sequence[tuple[Camera, Act]], *, clock: Callable[[], float]) -> None:
        """`others` in the order of the line."""
        self._own = own
        self._others = others
        self._clock = clock
        self._framer = Framer()
        self._echo = b"", 0.0

    @property
    def address(self) -> int:
        """That of our camera."""
        return self._own.address

    @property
    def dropped(self) -> int:
        """How many bytes belonged to no frame."""
        return self._framer.dropped

    @property
    def not_understood(self) -> int:
        """How many messages nobody understood."""
        return sum(camera.not_understood for camera in self._cameras)

    @property
    def under_way(self) -> bool:
        """Whether moves are to be completed: `check` wants to be called from time to time."""
        return any(camera.under_way for camera in self._cameras)

    def feed(self, data: bytes) -> tuple[bytes, list[Action]]:
        """Take bytes from the line, split in any way: what to reply, and what our camera is to do."""
        replies, actions = bytearray(), list[Action]()
        for whole in self._framer.feed(data):
            said, asked = self._round(whole) if receiver_of(whole) == BROADCAST else self._addressed(whole)
            replies += said
            actions += asked
        return bytes(replies), actions

    def check(self) -> bytes:
        """What to reply now that time has passed: moves that have ended."""
        return b"".join(camera.check() for camera in self._cameras if camera.under_way)

    def leave(self) -> list[Action]:
        """What our camera is to do now that the controller is gone; the neighbours have done it."""
        for camera, act in self._others:
            for action in camera.leave():
                act(action)
        return self._own.leave()

    @property
    def _cameras(self) -> list[Camera]:
        return [self._own, *(camera for camera, _ in self._others)]

    def _addressed(self, whole: bytes) -> tuple[bytes, list[Action]]:
        for camera, act in self._others:
            if camera.address == receiver_of(whole):
                return _done(camera, act, whole), []
        return self._own.feed(whole)

    def _round(self, whole: bytes) -> tuple[bytes, list[Action]]:
        """A broadcast goes from camera to camera, each of which passes on what the next is to hear."""
        echo, at = self._echo
        if whole == echo and self._clock() - at <= ECHO_WINDOW:
            return b"", []
        said, actions = self._own.feed(whole)
        for camera, act in self._others:
            said = _done(camera, act, said) if said else b""
        self._echo = said, self._clock()
        return said, actions


def _done(camera: Camera, act: Act, data: bytes) -> bytes:
    replies, actions = camera.feed(data)
    for action in actions:
        act(action)
    return replies
