"""Executes the commands of one controller: which socket they occupy, what they replace, and when they complete. No I/O.

How it works. `execute` collects replies (`replies`) and actions (`actions`), which the camera takes and sends.

Acknowledgement and completion. A command is acknowledged (4y) in a free socket and then completed (5y). A drive, and
whatever else is done at once, completes at once. A move to a position, a preset or home keeps its socket until the
camera is there (`check`). Once a command is acknowledged, no error follows but the answer to CANCEL (6y 04): strict
controllers drop the connection at any other late error. So a move that ends elsewhere is completed too, as it has
ended; where the camera never moved, or cannot be reached any more, nothing is said, as nothing happened.

What replaces what. A drive, a move or home takes over its axes, pan and tilt always together: the moves that used
them complete (5y), then the new command is acknowledged. The same holds for a command of another controller of this
camera, which `check` notices. So a slider that sends ten positions a second is answered ten times and ends at the last.
60 03 (buffer full) is left for a command that replaces nothing while a pan-tilt and a zoom move are both running; what
is answered so has changed nothing, a preset or a speed neither.

Refusals. A command that cannot be executed is answered 6y 41 in place of the acknowledgement, and replaces nothing.
That is the answer to every command while the camera is not available. A stop is acted on all the same.
"""

from collections.abc import Callable

import msgspec

from drivers.visca.camera.control import Verdict, apply_memory, apply_speed, passed_on, translate
from drivers.visca.camera.shared_state import AXES, SharedState, axes_of
from drivers.visca.camera.sockets import End, Move, Sockets
from drivers.visca.model.actions import Action, Drive, DriveTo, Home
from drivers.visca.model.profile import Position, Profile
from drivers.visca.wire import commands as visca
from drivers.visca.wire.layout import Message
from drivers.visca.wire.replies import NO_SOCKET, Ack, Completion, Error, Reason

_STOP = Drive(pan=0, tilt=0, zoom=0)


def accepts_everything(_action: Action) -> bool:
    """Accepts every action: the default where nobody can refuse one."""
    return True


def always_available() -> bool:
    """Tells that the camera can be reached: the default."""
    return True


class Abilities(msgspec.Struct, frozen=True):
    """What a camera can do at the moment.

    `available`: whether it can be reached at all. `accepts`: whether it can execute an action now; a stop is not
    asked about. `passes_on`: it has picture functions of its own, so such commands become `PassOn` actions.
    """

    available: Callable[[], bool] = always_available
    accepts: Callable[[Action], bool] = accepts_everything
    passes_on: bool = False


class Executor:
    """The commands of one controller. `position` returns where the camera is."""

    def __init__(
        self,
        position: Callable[[], Position],
        clock: Callable[[], float],
        profile: Profile,
        shared: SharedState,
        abilities: Abilities,
        move_timeout: float,
    ) -> None:
        self.replies: list[Message] = []
        self.actions: list[Action] = []
        self._position = position
        self._clock = clock
        self._profile = profile
        self._shared = shared
        self._abilities = abilities
        self._move_timeout = move_timeout
        self._sockets = Sockets()
        self._requests: dict[int, list[int]] = {}  # of the axes of the move in each socket, when it began

    @property
    def under_way(self) -> bool:
        """Whether moves wait for their completion."""
        return bool(self._sockets.moves)

    @property
    def pan_or_tilt_moves(self) -> bool:
        """Whether pan or tilt is moving, as far as it was asked for."""
        return self._shared.drives("pan", "tilt") or any("pan" in move.axes for _, move in self._sockets.moves)

    def execute(self, command: Message) -> None:
        """Executes a command, or refuses it."""
        if not self._abilities.available():
            self._stop_unheard(command)
            return self._refuse()
        if self._sockets.free is None and _only_stores(command):  # `_plan` would store it
            return self._complete_at_once(None)
        plan = self._plan(command)
        if plan is Verdict.NOT_EXECUTABLE:
            return self._refuse()
        if isinstance(plan, Verdict):
            return self._complete_at_once(None)
        for socket in self._sockets.release_axes(axes_of(plan)):
            self.replies.append(Completion(socket))
        return self._move(plan) if isinstance(plan, DriveTo | Home) else self._complete_at_once(plan)

    def cancel(self, socket: int) -> None:
        """Cancels the command in a socket, and stops its axes."""
        move = self._sockets.release(socket)
        if move is None:
            self.replies.append(Error(socket, Reason.NO_SUCH_SOCKET))
        else:
            self.replies.append(Error(socket, Reason.CANCELLED))
            self._act(Drive(**dict.fromkeys(move.axes, 0)))

    def clear(self) -> None:
        """Empties both sockets and stops whatever moves."""
        moving = self._sockets.release_axes(AXES)
        if moving or self._shared.drives(*AXES):
            self._act(_STOP)

    def check(self) -> None:
        """Completes the moves that have ended by now."""
        available, position, now = self._abilities.available(), self._position(), self._clock()
        for socket, move in self._sockets.moves:
            replaced = self._shared.requests(*move.axes) != self._requests[socket]
            end = End.DONE if replaced else move.end(position, now) if available else End.NOTHING_HAPPENED
            if end is not None:
                self._sockets.release(socket)
            if end is End.DONE:
                self.replies.append(Completion(socket))

    @property
    def driven_axes(self) -> list[str]:
        """The axes that move because this controller said so last."""
        return self._shared.driven_by(self)

    def leave(self) -> None:
        """Stops the axes that this controller set moving: it is gone."""
        if axes := self.driven_axes:
            self._act(Drive(**dict.fromkeys(axes, 0)))

    def _plan(self, command: Message) -> Action | Verdict:
        plan: Action | Verdict
        if isinstance(command, visca.Memory):
            plan = apply_memory(command, self._position(), self._shared)
        elif isinstance(command, visca.RecallSpeed | visca.PresetSpeed):
            plan = apply_speed(command, self._profile, self._shared)
        else:
            own = passed_on(command) if self._abilities.passes_on else None
            plan = own or translate(command, self._position, self._profile)
        if isinstance(plan, Verdict) or (isinstance(plan, Drive) and plan.stops) or self._abilities.accepts(plan):
            return plan
        return Verdict.NOT_EXECUTABLE

    def _refuse(self) -> None:
        self.replies.append(Error(self._sockets.free or NO_SOCKET, Reason.NOT_EXECUTABLE))

    def _stop_unheard(self, command: Message) -> None:
        """Passes a stop on although it cannot be confirmed: the camera may still hear it."""
        plan = translate(command, self._position, self._profile)
        if isinstance(plan, Drive) and plan.stops:
            self._act(plan)

    def _complete_at_once(self, action: Action | None) -> None:
        socket = self._sockets.free
        if socket is None:
            self.replies.append(Error(NO_SOCKET, Reason.BUFFER_FULL))
            return
        self.replies += [Ack(socket), Completion(socket)]
        if action is not None:
            self._act(action)

    def _move(self, action: DriveTo | Home) -> None:
        position, axes = self._position(), axes_of(action)
        if position == Position():  # where it goes will not be seen either
            return self._complete_at_once(action)
        socket = self._sockets.free or NO_SOCKET  # there is one: of two moves with the same axes, one was replaced
        self.replies.append(Ack(socket))
        self._act(action)
        self._sockets.occupy(socket, Move(action, axes, position, self._clock(), self._move_timeout))
        self._requests[socket] = self._shared.requests(*axes)
        return None

    def _act(self, action: Action) -> None:
        self.actions.append(action)
        self._shared.act(action, self)


def _only_stores(command: Message) -> bool:
    """Returns whether a command changes presets or their speeds and moves nothing."""
    if isinstance(command, visca.Memory):
        return command.action is not visca.MemoryAction.RECALL
    return isinstance(command, visca.RecallSpeed | visca.PresetSpeed)
