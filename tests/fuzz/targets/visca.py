"""VISCA in its three framings: a controller that sends any bytes is answered in VISCA, and leaves no camera moving.

The first byte of an input says how the controller is connected; after it come pieces, each behind a byte with its
length (the lower six bits) and the time that passes before it.
"""

from collections.abc import Iterator
from typing import Protocol

from drivers.visca.camera.camera import Camera
from drivers.visca.camera.chain import Chain
from drivers.visca.camera.datagrams import Bare, Sony
from drivers.visca.camera.executor import Abilities
from drivers.visca.camera.shared_state import SharedState
from drivers.visca.model.actions import Action, Drive, DriveTo, Home, PassOn
from drivers.visca.model.profile import Position
from drivers.visca.wire.describe import Describer
from drivers.visca.wire.framing import Framer
from drivers.visca.wire.layout import encode
from drivers.visca.wire.sony_packet import Kind, Packet, pack, unpack

PAUSES = (0.0, 0.01, 0.15, 3.0)  # seconds: at once, as an echo, after the echo, after the window of repetitions
AXES = ("pan", "tilt", "zoom")
FRAMES = (
    *("81 01 06 01 18 14 01 03 FF", "81 01 06 01 18 14 03 03 FF", "81 01 06 04 FF", "81 01 06 05 FF"),
    *("81 01 06 03 18 14 00 00 01 00 00 00 00 00 FF", "81 01 06 02 18 14 0F 07 02 05 0F 0E 07 00 FF"),
    *("81 01 04 3F 02 02 FF", "81 01 04 3F 01 02 FF", "81 01 04 07 02 FF", "81 01 04 07 00 FF"),
    *("81 01 04 47 04 00 00 00 FF", "81 09 04 00 FF", "81 09 06 12 FF", "81 09 04 47 FF", "81 21 FF", "81 22 FF"),
    *("88 30 01 FF", "88 01 00 01 FF", "82 01 06 04 FF", "90 41 FF", "90 51 FF", "90 60 02 FF", "90 50 02 FF"),
    *("81 01 04 08 02 FF", "81 01 04 38 02 FF", "81 01 7E 01 0A 00 00 FF", "81 09 7E 7E 00 FF", "81 0A 04 00 FF"),
)
HEADER = "01 00 00 09 00 00 00 01"
WORDS = (*(bytes.fromhex(frame) for frame in FRAMES), bytes.fromhex(HEADER), b"\xff\xff", b"\x02\x00\x00\x01")


class Line(Protocol):
    """A controller's way to the camera."""

    def feed(self, data: bytes) -> tuple[list[bytes], list[Action]]:
        """Returns the frames or datagrams that answer, and the actions."""

    def check(self) -> list[bytes]:
        """Returns what is answered later."""

    def leave(self) -> list[Action]:
        """The controller is gone."""


class _Stream:
    def __init__(self, camera: Camera | Chain) -> None:
        self._camera = camera
        self.leave = camera.leave

    def feed(self, data: bytes) -> tuple[list[bytes], list[Action]]:
        replies, actions = self._camera.feed(data)
        return _whole(replies), actions

    def check(self) -> list[bytes]:
        return _whole(self._camera.check())


class _Datagrams:
    def __init__(self, conversation: Bare | Sony) -> None:
        self.feed = conversation.receive
        self.check = conversation.check
        self.leave = conversation.camera.leave


class Stage:
    """One camera, what it was last told to do, and the time."""

    def __init__(self, kind: int) -> None:
        self.now = 0.0
        self.position = Position(0.5, 0.5, 0.0)
        self.driven: dict[str, int] = dict.fromkeys(AXES, 0)
        self.chained_driven: dict[str, int] = dict.fromkeys(AXES, 0)
        self._target: Position | None = None
        self._is_network = kind & 3 != 0
        self._abilities = Abilities(passes_on=bool(kind & 8), available=lambda: not kind & 16 or self.now < 5.0)
        camera = self._with_another() if kind & 4 else self._camera(1)
        self.is_sony = kind & 3 == 3
        self.line: Line = _Stream(camera)
        if kind & 2:
            self.line = _Datagrams(Sony(camera, lambda: self.now) if self.is_sony else Bare(camera))

    def _camera(self, address: int, *, chained: bool = False) -> Camera:
        return Camera(
            address,
            lambda: self.position,
            clock=lambda: self.now,
            point_to_point=self._is_network and not chained,
            shared=SharedState(),
            abilities=self._abilities,
        )

    def _with_another(self) -> Chain:
        others = [(self._camera(2, chained=True), lambda action: self._note(self.chained_driven, action))]
        return Chain(self._camera(1), others, clock=lambda: self.now, point_to_point=self._is_network)

    def act(self, actions: list[Action]) -> None:
        for action in actions:
            self._note(self.driven, action)
            if isinstance(action, DriveTo):
                self._target = Position(*(getattr(action, axis) for axis in AXES))

    def _note(self, driven: dict[str, int], action: Action) -> None:
        assert isinstance(action, Drive | DriveTo | Home | PassOn)
        if isinstance(action, Drive):
            for axis in AXES:
                direction, speed = getattr(action, axis), getattr(action, f"{axis}_speed")
                assert direction in (None, -1, 0, 1)
                assert speed is None or 0.0 < speed <= 1.0
                driven[axis] = driven[axis] if direction is None else direction
        elif isinstance(action, DriveTo):
            places = {axis: place for axis in AXES if (place := getattr(action, axis)) is not None}
            assert all(0.0 <= place <= 1.0 for place in places.values())
            driven.update(dict.fromkeys(places, 0))
        elif isinstance(action, Home):
            driven.update(dict.fromkeys(AXES, 0))
        else:
            encode(action.message)

    def passes(self, seconds: float) -> None:
        self.now += seconds
        if seconds >= 1.0 and self._target is not None:
            self.position, self._target = self._target, None


def one_input(data: bytes) -> None:
    """Plays a controller that says all this and leaves: the answers are VISCA, and nothing moves any more."""
    if not data:
        return
    stage, describer = Stage(data[0]), Describer()
    for pause, piece in pieces(data[1:]):
        stage.passes(pause)
        answers, actions = stage.line.feed(piece)
        stage.act(actions)
        for frame in (*Framer().feed(piece), *_frames(answers + stage.line.check(), is_sony=stage.is_sony)):
            describer.describe(frame)
    stage.act(stage.line.leave())
    assert not any(stage.driven.values()), f"the controller is gone, and the camera still moves: {stage.driven}"
    assert not any(stage.chained_driven.values()), "the controller is gone, and the chained camera still moves"
    if data[0] & 3 == 1:
        _cut_anywhere(data[0], b"".join(piece for _, piece in pieces(data[1:])))


def _cut_anywhere(kind: int, said: bytes) -> None:
    """However TCP cuts what a controller says: it is answered and does the same."""
    whole, byte_by_byte = Stage(kind), Stage(kind)
    answers, actions = whole.line.feed(said)
    each = [byte_by_byte.line.feed(said[at : at + 1]) for at in range(len(said))]
    assert b"".join(answers) == b"".join(answer for some, _ in each for answer in some)
    assert actions == [action for _, some in each for action in some]
    assert whole.chained_driven == byte_by_byte.chained_driven


def pieces(data: bytes) -> Iterator[tuple[float, bytes]]:
    """Yields each piece, with the seconds that pass before it."""
    at = 0
    while at < len(data):
        size = data[at] & 0x3F
        yield PAUSES[data[at] >> 6], data[at + 1 : at + 1 + size]
        at += 1 + size


def _whole(replies: bytes) -> list[bytes]:
    """Frames on a stream; asserts that there is nothing else on it."""
    framer = Framer()
    frames = framer.feed(replies)
    assert b"".join(frames) == replies, f"{replies.hex(' ')} is not VISCA"
    return frames


def _frames(answers: list[bytes], *, is_sony: bool) -> Iterator[bytes]:
    for answer in answers:
        packet = unpack(answer) if is_sony and answer[:1] < b"\x80" else None
        if packet is not None and packet.kind == Kind.CONTROL_REPLY:
            assert packet.payload in (b"\x01", b"\x0f\x01", b"\x0f\x02")
        else:
            (frame,) = _whole(answer if packet is None else packet.payload)
            yield frame


def seeds() -> Iterator[bytes]:
    """Each frame in each framing, and some things that a controller says one after the other."""
    for kind in range(4):
        for frame in map(bytes.fromhex, FRAMES):
            yield bytes((kind,)) + _piece(frame, kind, 1)
        for chained in (0, 4, 8):
            talk = b"".join(_piece(bytes.fromhex(frame), kind, number) for number, frame in enumerate(FRAMES))
            yield bytes((kind | chained,)) + talk


def _piece(frame: bytes, kind: int, number: int) -> bytes:
    said = pack(Packet(Kind.COMMAND, number, frame)) if kind == 3 else frame
    return bytes((len(said) | number % 4 << 6,)) + said
