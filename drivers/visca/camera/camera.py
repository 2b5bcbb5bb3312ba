"""The camera role of VISCA as a state machine: bytes from a controller in, replies and actions out. No I/O.

How it works. `feed` takes bytes, `check` is called now and then while a command is executed; both return the bytes to
send. There is one `Camera` for each controller; `SharedState` is what the controllers of one camera share. The frames
are told apart here; commands go to the `Executor`, which says what is acknowledged, completed, replaced and refused.

Inquiries occupy no socket and are answered in the order in which they come. A value that is not known, such as a
position that nobody has reported yet, is answered 60 02, as an inquiry that this camera does not have: a strict
controller (Companion for PTZOptics) takes 60 41, which the manual has for commands, as a broken connection, and one
that waits for every answer (obs-ptz) stalls without any. `position` is expected to keep
telling the last position while the camera is unavailable.

Daisy chain. On a serial line the camera answers to its own address, takes the one that AddressSet assigns and passes
broadcasts on with the next. A half-duplex adapter returns our own broadcast as an echo; the same bytes within
ECHO_WINDOW are not answered again. On a network (`point_to_point`) every address is ours and we reply as address 1.
"""

from collections.abc import Callable

from drivers.visca.camera.answers import Condition, answer
from drivers.visca.camera.executor import Abilities, Executor
from drivers.visca.camera.shared_state import SharedState
from drivers.visca.model.actions import Action
from drivers.visca.model.models import EVI_D70
from drivers.visca.model.profile import Position, Profile
from drivers.visca.wire.commands import (
    BROADCASTS,
    COMMANDS,
    AddressSet,
    Cancel,
    InterfaceClear,
    MistypedInterfaceClear,
)
from drivers.visca.wire.framing import BROADCAST, CONTROLLER, Framer, encode_frame, receiver_of, sender_of
from drivers.visca.wire.inquiries import INQUIRIES
from drivers.visca.wire.layout import Catalogue, Message, encode
from drivers.visca.wire.replies import NO_SOCKET, Completion, Error, Reason
from drivers.visca.wire.sony_stripper import SonyHeaderStripper

ECHO_WINDOW = 0.1
"""Seconds within which a two-wire line returns what we sent; controllers repeat themselves more slowly."""
LAST_ADDRESS = 7
MOVE_TIMEOUT = 60.0
"""Seconds after which a move that still goes on is completed; a slow preset across the whole range takes less."""
_ADDRESSED = Catalogue((*COMMANDS.kinds, Cancel, InterfaceClear))
_NO_ABILITIES = Abilities()


class Camera:
    """One camera as one controller sees it, with two sockets.

    `position` returns where the camera is. `shared`: the state shared with this camera's other controllers.
    """

    def __init__(
        self,
        address: int,
        position: Callable[[], Position],
        *,
        clock: Callable[[], float],
        profile: Profile = EVI_D70,
        move_timeout: float = MOVE_TIMEOUT,
        point_to_point: bool = False,
        shared: SharedState | None = None,
        abilities: Abilities = _NO_ABILITIES,
    ) -> None:
        self.address = address
        self.not_understood = 0
        self._position = position
        self._clock = clock
        self._profile = profile
        self._framer = Framer()
        self._stripper = SonyHeaderStripper() if point_to_point else None
        self._point_to_point = point_to_point
        self._shared = shared or SharedState()
        self._abilities = abilities
        self._executor = Executor(position, clock, profile, self._shared, abilities, move_timeout)
        self._replies = bytearray()
        self._broadcasts: list[bytes] = []
        self._echoes: dict[bytes, float] = {}

    @property
    def dropped(self) -> int:
        """The number of bytes that belonged to no frame."""
        return self._framer.dropped

    @property
    def under_way(self) -> bool:
        """Whether moves wait for their completion, so that `check` has to be called from time to time."""
        return self._executor.under_way

    @property
    def is_driven(self) -> bool:
        """Whether the camera moves because of this controller, which is to be heard when it says stop."""
        return bool(self._executor.driven_axes)

    def feed(self, data: bytes) -> tuple[bytes, list[Action]]:
        """Takes bytes from the line, split in any way; returns the replies and the actions to execute."""
        if self._stripper is not None:
            data = self._stripper.feed(data)
        for frame in self._framer.feed(data):
            self._receive(frame)
        return self._take()

    def check(self) -> bytes:
        """Returns the replies to moves that have ended by now."""
        self._executor.check()
        replies, _ = self._take()
        return replies

    def leave(self) -> list[Action]:
        """Returns the actions for a controller that has disconnected: whatever it set moving stops."""
        self._executor.leave()
        _, actions = self._take()
        return actions

    def _take(self) -> tuple[bytes, list[Action]]:
        self._send_replies()
        replies, actions = bytes(self._replies), self._executor.actions
        self._replies.clear()
        self._executor.actions = []
        if self._broadcasts:
            self._echoes = dict.fromkeys(self._broadcasts, self._clock())
            self._broadcasts = []
        return replies, actions

    def _receive(self, frame: bytes) -> None:
        if sender_of(frame) != CONTROLLER:  # our own replies come back, or another camera's
            return
        if receiver_of(frame) == BROADCAST:
            self._broadcast(frame)
        elif self._point_to_point or receiver_of(frame) == self.address:
            self._addressed(frame[1:-1])
        self._send_replies()

    def _send_replies(self) -> None:
        for message in self._executor.replies:
            self._reply(message)
        self._executor.replies = []

    def _broadcast(self, frame: bytes) -> None:
        if self._is_echo(frame):
            return
        message = BROADCASTS.decode(frame[1:-1])
        if isinstance(message, AddressSet) and message.address <= LAST_ADDRESS:
            self.address = 1 if self._point_to_point else message.address
            self._broadcast_reply(AddressSet(self.address + 1))
        elif isinstance(message, InterfaceClear | MistypedInterfaceClear):
            self._executor.clear()
            self._broadcast_reply(InterfaceClear())

    def _is_echo(self, frame: bytes) -> bool:
        sent_at = self._echoes.pop(frame, None)
        return sent_at is not None and not self._point_to_point and self._clock() - sent_at <= ECHO_WINDOW

    def _addressed(self, body: bytes) -> None:
        if (inquiry := INQUIRIES.decode(body)) is not None:
            return self._reply(answer(inquiry, self._condition()) or Error(NO_SOCKET, Reason.SYNTAX))
        message = _ADDRESSED.decode(body)
        if message is None:
            self.not_understood += 1
            self._reply(Error(NO_SOCKET, Reason.SYNTAX))
        elif isinstance(message, InterfaceClear):
            self._executor.clear()
            self._reply(Completion(NO_SOCKET))
        elif isinstance(message, Cancel):
            self._executor.cancel(message.socket)
        else:
            self._executor.execute(message)
        return None

    def _condition(self) -> Condition:
        return Condition(
            self._profile,
            self._position(),
            self._executor.pan_or_tilt_moves,
            last_preset=self._shared.presets.last,
            automatic=not self._abilities.passes_on,
        )

    def _reply(self, message: Message) -> None:
        self._replies += encode_frame(encode(message), sender=self.address, receiver=CONTROLLER)

    def _broadcast_reply(self, message: Message) -> None:
        frame = encode_frame(encode(message), sender=CONTROLLER, receiver=BROADCAST)
        self._replies += frame
        self._broadcasts.append(frame)
