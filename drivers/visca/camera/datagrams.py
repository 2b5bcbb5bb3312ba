"""One controller that sends datagrams: its messages in, the datagrams that answer it out. No I/O.

`Bare`: datagrams of VISCA frames. `Sony`: the same behind Sony's header with a sequence number; each reply carries
the number of the message it answers, so the completion of a move has the number of that move's command, however many
messages came in between.
"""

from collections.abc import Callable
from typing import Protocol

from drivers.visca.camera.camera import Camera
from drivers.visca.camera.chain import Chain
from drivers.visca.model.actions import Action
from drivers.visca.wire.commands import COMMANDS, Pan, PanTiltDrive, Tilt, ZoomStop
from drivers.visca.wire.framing import complete_frames, frames
from drivers.visca.wire.sony_packet import RESET, SEQUENCE_ABNORMAL, TYPE_ABNORMAL, Kind, Packet, pack, unpack_all
from drivers.visca.wire.sony_sequence import Order, Sequence
from drivers.visca.wire.sony_stripper import SonyHeaderStripper

_INQUIRY = 0x09  # first byte of every inquiry
_ACK, _COMPLETION, _ERROR = 0x4, 0x5, 0x6  # upper half of the first byte of a reply
_ASKS = {Kind.COMMAND, Kind.INQUIRY, Kind.DEVICE_SETTING}  # which of them, controllers confuse


class Conversation(Protocol):
    """One controller that sends datagrams."""

    camera: Camera | Chain

    def receive(self, datagram: bytes) -> tuple[list[bytes], list[Action]]:
        """Returns the replies, a datagram each, and the actions."""

    def check(self) -> list[bytes]:
        """Returns the replies that are due now that time has passed, a datagram each."""


class Bare:
    """A controller that sends VISCA frames without a header; one that sends them with it is answered without."""

    def __init__(self, camera: Camera | Chain) -> None:
        self.camera = camera

    def receive(self, datagram: bytes) -> tuple[list[bytes], list[Action]]:
        """Returns the replies, a datagram for each frame, and the actions."""
        replies, actions = self.camera.feed(_without_headers(datagram))
        return list(frames(replies)), actions

    def check(self) -> list[bytes]:
        """Returns the replies to moves that have ended by now, a datagram each."""
        return list(frames(self.camera.check()))


class Sony:
    """A controller that numbers its messages.

    A repeated command is not executed twice; an overtaken one is not executed at all, unless it is a stop. A frame
    without the header is answered without one.
    """

    def __init__(self, camera: Camera | Chain, clock: Callable[[], float]) -> None:
        self.camera = camera
        self._clock = clock
        self._sequence = Sequence()
        # camera and socket → number of the command in it; None: it had none
        self._numbers: dict[tuple[int, int], int | None] = {}

    def receive(self, datagram: bytes) -> tuple[list[bytes], list[Action]]:
        """Returns the replies and the actions."""
        if datagram[:1] >= b"\x80":
            return self._feed(datagram, None)
        replies, actions = list[bytes](), list[Action]()
        for packet in unpack_all(datagram):
            answered, asked = self._receive(packet)
            replies += answered
            actions += asked
        return replies, actions

    def _receive(self, packet: Packet) -> tuple[list[bytes], list[Action]]:
        if packet.kind in {Kind.REPLY, Kind.CONTROL_REPLY}:
            return [], []
        if packet.kind in _ASKS:
            return self._ask(packet)
        return [self._control(packet)], []

    def check(self) -> list[bytes]:
        """Returns the replies to moves that have ended by now, a datagram each."""
        return self._numbered(self.camera.check(), None)

    def _ask(self, packet: Packet) -> tuple[list[bytes], list[Action]]:
        order = self._sequence.place(packet.sequence, packet.payload, self._clock())
        harmless = packet.payload[1:2] == bytes((_INQUIRY,))
        stops = order is Order.OVERTAKEN and _stops(packet.payload)
        if order is Order.NEW or harmless or stops:
            return self._feed(packet.payload, packet.sequence)
        return [pack(Packet(Kind.CONTROL_REPLY, packet.sequence, SEQUENCE_ABNORMAL))], []

    def _control(self, packet: Packet) -> bytes:
        if packet.kind == Kind.CONTROL and packet.payload[:1] == RESET:
            self._sequence.reset()
            return pack(Packet(Kind.CONTROL_REPLY, packet.sequence, RESET))
        return pack(Packet(Kind.CONTROL_REPLY, packet.sequence, TYPE_ABNORMAL))

    def _feed(self, data: bytes, number: int | None) -> tuple[list[bytes], list[Action]]:
        replies, actions = self.camera.feed(complete_frames(data))
        return self._numbered(replies, number), actions

    def _numbered(self, replies: bytes, number: int | None) -> list[bytes]:
        return [self._envelope(reply, self._number_of(reply, number)) for reply in frames(replies)]

    def _number_of(self, reply: bytes, number: int | None) -> int | None:
        """Returns the number of the command in the reply's socket, else that of the message being answered."""
        kind, socket = reply[1] >> 4, (reply[0], reply[1] & 0xF)
        if kind == _ACK:
            self._numbers[socket] = number
        elif kind in {_COMPLETION, _ERROR} and socket in self._numbers:
            return self._numbers.pop(socket)
        return number

    def _envelope(self, reply: bytes, number: int | None) -> bytes:
        return reply if number is None else pack(Packet(Kind.REPLY, number, reply))


def _without_headers(datagram: bytes) -> bytes:
    return complete_frames(SonyHeaderStripper().feed(datagram))


def _stops(payload: bytes) -> bool:
    command = COMMANDS.decode(payload[1:-1])
    if isinstance(command, PanTiltDrive):
        return command.pan is Pan.STOP and command.tilt is Tilt.STOP
    return isinstance(command, ZoomStop)
