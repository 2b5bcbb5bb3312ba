"""The camera role of VISCA as a state machine: bytes from a controller in, replies and actions out. No I/O.

How it works. `feed` takes bytes, `check` is called now and then while a command is executed; both return the bytes
to send. There is one `Camera` for each controller; `SharedState` is what the controllers of one camera share.

Sockets. A command is acknowledged (4y) into socket 1 or 2 and later completed (5y) or failed (6y). A drive (move until
told otherwise) completes at once. A move to a position keeps its socket until the position is reached; a camera that
comes to rest elsewhere, or is still moving after `move_timeout` seconds, answers 6y 41. An inquiry uses no socket.

What overtakes what. A drive ends the moves of its axes, home ends all. With both sockets occupied a command is refused
with 60 03, but a stop is executed all the same: nobody may be left unable to stop the camera.

Daisy chain. On a serial line the camera answers to its own address, takes the one that AddressSet assigns and passes
broadcasts on with the next. A half-duplex adapter returns our own broadcast as an echo; the same bytes within
ECHO_WINDOW are not answered again. On a network (`point_to_point`) every address is ours and we reply as address 1.
"""

from collections.abc import Callable

from drivers.visca.camera.answers import Condition, answer
from drivers.visca.camera.control import Verdict, apply_memory, translate
from drivers.visca.camera.shared_state import AXES, SharedState
from drivers.visca.camera.sockets import Move, Sockets
from drivers.visca.model.actions import Action, Drive, DriveTo, Home
from drivers.visca.model.models import EVI_D70
from drivers.visca.model.profile import Position, Profile
from drivers.visca.wire.commands import (
    BROADCASTS,
    COMMANDS,
    AddressSet,
    Cancel,
    InterfaceClear,
    Memory,
    MistypedInterfaceClear,
)
from drivers.visca.wire.framing import BROADCAST, CONTROLLER, Framer, encode_frame, receiver_of, sender_of
from drivers.visca.wire.inquiries import INQUIRIES
from drivers.visca.wire.layout import Catalogue, Message, encode
from drivers.visca.wire.replies import NO_SOCKET, Ack, Completion, Error, Reason

ECHO_WINDOW = 0.1
"""Seconds within which a two-wire line returns what we sent; controllers repeat themselves more slowly."""
LAST_ADDRESS = 7
_STOP = Drive(pan=0, tilt=0, zoom=0)
_ADDRESSED = Catalogue((*COMMANDS.kinds, Cancel, InterfaceClear))


def accepts_everything(_action: Action) -> bool:
    """Accepts every action: the default where nobody can refuse one."""
    return True


class Camera:
    """One camera as one controller sees it, with two sockets.

    `position` returns where the camera is. `shared`: the state shared with this camera's other controllers.
    `accepts`: whether the camera can execute an action now; a stop is always executed.
    """

    def __init__(
        self,
        address: int,
        position: Callable[[], Position],
        *,
        clock: Callable[[], float],
        profile: Profile = EVI_D70,
        move_timeout: float = 10.0,
        point_to_point: bool = False,
        shared: SharedState | None = None,
        accepts: Callable[[Action], bool] = accepts_everything,
    ) -> None:
        self.address = address
        self.not_understood = 0
        self._position = position
        self._clock = clock
        self._profile = profile
        self._move_timeout = move_timeout
        self._framer = Framer()
        self._sockets = Sockets()
        self._point_to_point = point_to_point
        self._shared = shared or SharedState()
        self._accepts = accepts
        self._replies = bytearray()
        self._actions: list[Action] = []
        self._told_everybody: list[bytes] = []
        self._echoes: dict[bytes, float] = {}

    @property
    def dropped(self) -> int:
        """The number of bytes that belonged to no frame."""
        return self._framer.dropped

    @property
    def under_way(self) -> bool:
        """Whether moves wait for their completion, so that `check` has to be called from time to time."""
        return bool(self._sockets.moves)

    def feed(self, data: bytes) -> tuple[bytes, list[Action]]:
        """Takes bytes from the line, split in any way; returns the replies and the actions to execute."""
        for frame in self._framer.feed(data):
            self._receive(frame)
        return self._take()

    def check(self) -> bytes:
        """Returns the replies to moves that have ended by now."""
        for socket, arrived in self._sockets.release_ended(self._position(), self._clock()).items():
            self._reply(Completion(socket) if arrived else Error(socket, Reason.NOT_EXECUTABLE))
        replies, _ = self._take()
        return replies

    def leave(self) -> list[Action]:
        """Returns the actions for a controller that has disconnected: whatever it set moving stops."""
        if axes := self._shared.driven_by(self):
            self._act(Drive(**dict.fromkeys(axes, 0)))
        _, actions = self._take()
        return actions

    def _take(self) -> tuple[bytes, list[Action]]:
        replies, actions = bytes(self._replies), self._actions
        self._replies.clear()
        self._actions = []
        if self._told_everybody:
            self._echoes = dict.fromkeys(self._told_everybody, self._clock())
            self._told_everybody = []
        return replies, actions

    def _receive(self, frame: bytes) -> None:
        if sender_of(frame) != CONTROLLER:  # our own replies come back, or another camera's
            return
        if receiver_of(frame) == BROADCAST:
            self._broadcast(frame)
        elif self._point_to_point or receiver_of(frame) == self.address:
            self._addressed(frame[1:-1])

    def _broadcast(self, frame: bytes) -> None:
        if self._is_echo(frame):
            return
        message = BROADCASTS.decode(frame[1:-1])
        if isinstance(message, AddressSet) and message.address <= LAST_ADDRESS:
            self.address = 1 if self._point_to_point else message.address
            self._tell_everybody(AddressSet(self.address + 1))
        elif isinstance(message, InterfaceClear | MistypedInterfaceClear):
            self._clear()
            self._tell_everybody(InterfaceClear())

    def _is_echo(self, frame: bytes) -> bool:
        told_at = self._echoes.pop(frame, None)
        return told_at is not None and not self._point_to_point and self._clock() - told_at <= ECHO_WINDOW

    def _addressed(self, body: bytes) -> None:
        if (inquiry := INQUIRIES.decode(body)) is not None:
            return self._reply(answer(inquiry, self._condition()) or Error(NO_SOCKET, Reason.NOT_EXECUTABLE))
        message = _ADDRESSED.decode(body)
        if message is None:
            self.not_understood += 1
            self._reply(Error(NO_SOCKET, Reason.SYNTAX))
        elif isinstance(message, InterfaceClear):
            self._clear()
            self._reply(Completion(NO_SOCKET))
        elif isinstance(message, Cancel):
            self._cancel(message.socket)
        else:
            self._command(message)
        return None

    def _command(self, command: Message) -> None:
        if isinstance(command, Memory):
            plan = apply_memory(command, self._position(), self._shared.presets)
        else:
            plan = translate(command, self._position, self._profile)
        stops = isinstance(plan, Drive) and plan.stops
        if not isinstance(plan, Verdict) and not stops and not self._accepts(plan):
            plan = Verdict.NOT_EXECUTABLE
        self._supersede(plan)
        socket = self._sockets.free
        if socket is None:
            self._reply(Error(NO_SOCKET, Reason.BUFFER_FULL))
            if isinstance(plan, Drive) and plan.stops:
                self._act(plan)
        elif plan is Verdict.NOT_EXECUTABLE:
            self._reply(Error(socket, Reason.NOT_EXECUTABLE))
        else:
            self._execute(plan, socket)

    def _execute(self, plan: Action | Verdict, socket: int) -> None:
        self._reply(Ack(socket))
        if isinstance(plan, DriveTo):
            self._sockets.hold(socket, Move(plan, self._position(), self._clock(), self._move_timeout))
        else:
            self._reply(Completion(socket))
        if not isinstance(plan, Verdict):
            self._act(plan)

    def _supersede(self, plan: Action | Verdict) -> None:
        """Ends the moves whose axes a drive or the home command takes over."""
        if isinstance(plan, Drive):
            ended = self._sockets.release_axes(("pan", "tilt") if plan.zoom is None else ("zoom",))
        elif isinstance(plan, Home):
            ended = self._sockets.release_axes(AXES)
        else:
            return
        for socket in ended:
            self._reply(Error(socket, Reason.CANCELLED))

    def _cancel(self, socket: int) -> None:
        move = self._sockets.release(socket)
        if move is None:
            return self._reply(Error(socket, Reason.NO_SUCH_SOCKET))
        self._reply(Error(socket, Reason.CANCELLED))
        return self._act(Drive(**dict.fromkeys(move.axes, 0)))

    def _clear(self) -> None:
        """Empties both sockets and stops whatever moves."""
        moving = self._sockets.release_axes(AXES)
        if moving or self._shared.drives(*AXES):
            self._act(_STOP)

    def _act(self, action: Action) -> None:
        self._actions.append(action)
        self._shared.act(action, self)

    def _condition(self) -> Condition:
        going = any(move.axes != ["zoom"] for move in self._sockets.moves)
        moving = going or self._shared.drives("pan", "tilt")
        return Condition(self._profile, self._position(), moving, last_preset=self._shared.presets.last)

    def _reply(self, message: Message) -> None:
        self._replies += encode_frame(encode(message), sender=self.address, receiver=CONTROLLER)

    def _tell_everybody(self, message: Message) -> None:
        frame = encode_frame(encode(message), sender=CONTROLLER, receiver=BROADCAST)
        self._replies += frame
        self._told_everybody.append(frame)
