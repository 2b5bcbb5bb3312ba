"""The camera's side of VISCA: bytes from a controller in, replies and actions out. No I/O; the clock is given."""

from collections.abc import Callable

from drivers.visca.camera.answers import Condition, answer
from drivers.visca.camera.body import AXES, Body
from drivers.visca.camera.control import Verdict, remember, translate
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
from drivers.visca.wire.framing import BROADCAST, CONTROLLER, Framer, frame, receiver_of, sender_of
from drivers.visca.wire.inquiries import INQUIRIES
from drivers.visca.wire.layout import Catalogue, Message, encode
from drivers.visca.wire.replies import NO_SOCKET, Ack, Completion, Error, Reason

ECHO_WINDOW = 0.1
"""Seconds in which a two-wire line gives back what we said; what controllers repeat comes later."""
LAST_ADDRESS = 7
_STOP = Drive(pan=0, tilt=0, zoom=0)
_ADDRESSED = Catalogue((*COMMANDS.kinds, Cancel, InterfaceClear))


def anything(_action: Action) -> bool:
    """That a camera would do whatever it is asked."""
    return True


class Camera:
    """One camera on the line, with two sockets.

    A drive is complete as soon as it is taken; a move to a place when `position` says that the camera is there, or
    never ("not executable") once it rests elsewhere or `move_timeout` seconds have passed. A drive ends the moves of
    its axes; a stop is acted on even where no socket is free to say so.

    `alone`: a network brings only what is meant for us, so that every address is ours, address 1 is what we answer
    with, and nothing is our own echo. `body`: shared with the same camera as other controllers see it. `accepts`:
    whether the camera would do that now; a stop is always done.
    """

    def __init__(
        self,
        address: int,
        position: Callable[[], Position],
        *,
        clock: Callable[[], float],
        profile: Profile = EVI_D70,
        move_timeout: float = 10.0,
        alone: bool = False,
        body: Body | None = None,
        accepts: Callable[[Action], bool] = anything,
    ) -> None:
        self.address = address
        self.not_understood = 0
        self._position = position
        self._clock = clock
        self._profile = profile
        self._move_timeout = move_timeout
        self._framer = Framer()
        self._sockets = Sockets()
        self._alone = alone
        self._body = body or Body()
        self._accepts = accepts
        self._replies = bytearray()
        self._actions: list[Action] = []
        self._told_everybody: list[bytes] = []
        self._echoes: dict[bytes, float] = {}

    @property
    def dropped(self) -> int:
        """How many bytes belonged to no frame."""
        return self._framer.dropped

    @property
    def under_way(self) -> bool:
        """Whether moves are to be completed: `check` wants to be called from time to time."""
        return bool(self._sockets.moves)

    def feed(self, data: bytes) -> tuple[bytes, list[Action]]:
        """Take bytes from the line, split in any way: what to reply, and what to do."""
        for whole in self._framer.feed(data):
            self._receive(whole)
        return self._take()

    def check(self) -> bytes:
        """What to reply now that time has passed: moves that have ended."""
        for socket, arrived in self._sockets.release_ended(self._position(), self._clock()).items():
            self._reply(Completion(socket) if arrived else Error(socket, Reason.NOT_EXECUTABLE))
        replies, _ = self._take()
        return replies

    def leave(self) -> list[Action]:
        """What to do now that the controller is gone: what it set moving and could not stop any more, stops."""
        if axes := self._body.driven_by(self):
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

    def _receive(self, whole: bytes) -> None:
        if sender_of(whole) != CONTROLLER:  # our own replies come back, or another camera's
            return
        if receiver_of(whole) == BROADCAST:
            self._broadcast(whole)
        elif self._alone or receiver_of(whole) == self.address:
            self._addressed(whole[1:-1])

    def _broadcast(self, whole: bytes) -> None:
        if self._is_echo(whole):
            return
        message = BROADCASTS.decode(whole[1:-1])
        if isinstance(message, AddressSet) and message.address <= LAST_ADDRESS:
            self.address = 1 if self._alone else message.address
            self._tell_everybody(AddressSet(self.address + 1))
        elif isinstance(message, InterfaceClear | MistypedInterfaceClear):
            self._clear()
            self._tell_everybody(InterfaceClear())

    def _is_echo(self, whole: bytes) -> bool:
        told_at = self._echoes.pop(whole, None)
        return told_at is not None and not self._alone and self._clock() - told_at <= ECHO_WINDOW

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
            plan = remember(command, self._position(), self._body.presets)
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
        """End the moves that a drive, or the way home, takes their axes from."""
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
        """Forget every command, and let nothing go on moving."""
        moving = self._sockets.release_axes(AXES)
        if moving or self._body.drives(*AXES):
            self._act(_STOP)

    def _act(self, action: Action) -> None:
        self._actions.append(action)
        self._body.act(action, self)

    def _condition(self) -> Condition:
        going = any(move.axes != ["zoom"] for move in self._sockets.moves)
        moving = going or self._body.drives("pan", "tilt")
        return Condition(self._profile, self._position(), moving, last_preset=self._body.presets.last)

    def _reply(self, message: Message) -> None:
        self._replies += frame(encode(message), sender=self.address, receiver=CONTROLLER)

    def _tell_everybody(self, message: Message) -> None:
        whole = frame(encode(message), sender=CONTROLLER, receiver=BROADCAST)
        self._replies += whole
        self._told_everybody.append(whole)
