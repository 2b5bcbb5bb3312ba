"""Inputs to intents to commands: what a person does reaches the terminal in sequence, and a stop before all else.

An input takes this way:

1. `put` is called in the event loop by whoever hears it. `respond`, which is pure, turns the input and the room's state
   into orders (an intent with the commands that carry it out) and the new state.
2. The state is stored at once, so that the next input meets it, but lamps and displays are woken only when the
   commands are on the wire: the press goes first, drawing later. A terminal that takes no frames does not keep a press
   from being shown.
3. Orders go into the outbox, which decides what may overtake what. Intents that are not for the terminal are carried
   out in `put`: taking control back is for the link, local cameras have services of their own.
4. Orders are taken out and their commands posted in `put` itself, in the very call of whoever heard the input, as long
   as the socket takes them; else `run` waits until it does. Nobody waits for the reply there: it is awaited in a task
   of its own, which tells the display when the terminal refused. Replies are bounded by the session's own limits for
   commands under way and for the time of an answer.
5. Camera orders are the exception: the outbox gives the next one only when the last has its answer, or after
   `CAMERA_ANSWER`. Which commands a movement takes is decided when its turn comes, from what the terminal was told
   last (`_moving`), since orders between may have been dropped.

`forget` is called whenever the link is lost or new: what was meant for one session never reaches the next. When the
service ends while the camera moves, it still sends a stop.
"""

import contextlib
from collections.abc import Callable, Sequence

import structlog
import trio

from appliance.language.text import NOTHING, Text
from appliance.room.bindings.bindings import Bindings
from appliance.room.inputs import Input, Remote, SourceGone, Unattended
from appliance.room.intents.base import Intent
from appliance.room.intents.box import AskForUpdate, SwitchOutput
from appliance.room.intents.call import Decline, HangUp
from appliance.room.intents.camera import (
    HomeCamera,
    HomeLocalCamera,
    KeepCamera,
    KeepPreset,
    LendCamera,
    Move,
    MoveLocalCamera,
)
from appliance.room.intents.conference import AcceptRequest, DeclineRequest
from appliance.room.intents.shown import InvitePhone, ShowPassword
from appliance.room.intents.terminal import Reclaim
from appliance.room.local_events.awaited import AskedAccepted, AskedFailed
from appliance.room.local_events.base import LocalEvent
from appliance.room.local_events.camera import PresetStored
from appliance.room.local_events.inputs import RowsOver
from appliance.room.motion import STILL, Motion, movement
from appliance.room.orders.asked import by_press, worded
from appliance.room.orders.commands import Plan
from appliance.room.orders.undone import unanswered, undone
from appliance.room.people.who import same_peer
from appliance.room.respond import Order, respond
from appliance.room.state import Phase, RoomState
from appliance.room.texts import NO_ANSWER, NO_LINK, OVERLOADED, refused
from appliance.services.link.outbox import Full, Lane, Outbox, lane
from appliance.services.link.wire_time import Observer, WireTime
from appliance.services.store import RoomStore, touched
from appliance.terminal.errors import Busy, LinkLost, Refused, TerminalError
from appliance.terminal.link import Link
from appliance.terminal.messages import devices
from appliance.terminal.messages.base import Command, Reply
from appliance.terminal.messages.devices import PtzStop
from appliance.terminal.messages.presets import ApplyPreset, PresetReply
from appliance.terminal.pending_reply import PendingReply

log = structlog.get_logger()

CAMERA_ANSWER = 1.0  # seconds that a camera command may take to be answered before the next is sent all the same
LAST_WORD = 0.3  # seconds that the stop of a camera may take to leave when the appliance ends
CAMERA_COMMANDS = (
    *(devices.PtzLeft, devices.PtzRight, devices.PtzUp, devices.PtzDown, devices.PtzZoomIn, devices.PtzZoomOut),
    *(devices.SetPanPos, devices.SetTiltPos, devices.SetZoomPos, devices.SetPtzDefaults, ApplyPreset),
)
# While it is not known who calls whom, hanging up and declining are both sent, and one of them is refused.
NOTHING_TO_END = frozenset({Phase.WAITING, Phase.CLOSING, Phase.IDLE})


class Controller:
    """Carries out what people do to the hardware."""

    def __init__(
        self,
        store: RoomStore,
        link: Link,
        bindings: Bindings,
        *,
        move_local: Callable[[MoveLocalCamera | HomeLocalCamera], None],
        switch: Callable[[SwitchOutput], None] = lambda _intent: None,
        renew: Callable[[], None] = lambda: None,
        show_password: Callable[[], None] = lambda: None,
        invite_phone: Callable[[], None] = lambda: None,
        intended: Callable[[Intent, RoomState], None],
        outcome: Callable[[Intent, Text], None] = lambda _intent, _why: None,
        observer: Observer | None = None,
    ) -> None:
        """`move_local` moves a camera that the appliance controls itself, and `switch` switches what it does.

        `renew` asks for the version that the box is offered, `show_password` for a new password of the maintainer,
        `invite_phone` for a code by which a phone is paired.
        `intended` is called for each intent of a press with the room as it was before, `outcome` once the terminal has
        accepted what it was asked, or with the words why not. `observer` hears how it goes.
        """
        self._store = store
        self._link = link
        self._bindings = bindings
        self._outbox = Outbox()
        self._moving: Motion = STILL  # as the terminal was last told
        self._move_local = move_local
        self._switch = switch
        self._renew = renew
        self._show_password = show_password
        self._invite_phone = invite_phone
        self._intended = intended
        self._outcome = outcome
        self._observer = observer
        self._wire = None if observer is None else WireTime(observer.sent)  # set anew by `become`
        self._stop: PendingReply | None = None  # of the camera, if the terminal was told nothing else since
        self._stop_counts_until = 0.0
        self._nursery: trio.Nursery | None = None  # while it runs: replies are awaited there
        self._work = trio.lowlevel.ParkingLot()

    def become(self, bindings: Bindings, observer: Observer | None) -> None:
        """Takes what inputs mean from now on, and who hears how it goes; what is on its way goes on."""
        self._bindings = bindings
        if observer is not self._observer:
            self._observer = observer
            self._wire = None if observer is None else WireTime(observer.sent)

    def put(self, given: Input) -> None:
        """Takes an input; does all that needs no waiting, so that the frame leaves in this call."""
        now = trio.current_time()
        before = self._store.state
        state, orders = respond(given, before, self._bindings, now)
        by_hand = not isinstance(given, SourceGone | Unattended | Remote)
        self._store.remember(touched(state, now, by_hand=True) if by_hand else state)
        if self._wire is not None:
            self._begin(given, orders, now)
        under_way = [self._accept(order) for order in orders]
        for order in orders if by_press(given) else ():
            self._intended(order.intent, before)
        if any(under_way):
            self._go()
        else:
            self._store.followed.wake()
        if self._observer is not None:
            self._observer.heard(given)

    def forget(self) -> None:
        """Drops what was meant for the session before: the link was lost, or is new."""
        self._outbox.clear()
        self._moving = STILL
        self._stop = None
        if self._wire is not None:
            self._wire.forget()

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Sends what was accepted and could not be sent at once, until cancelled."""
        try:
            async with trio.open_nursery() as nursery:
                self._nursery = nursery
                task_status.started()
                while True:
                    await self._link.until_writable()
                    self._send_all(nursery)
                    if self._link.writable:
                        await self._work.park()
        finally:
            self._nursery = None
            await self._leave_nothing_moving()

    def _begin(self, given: Input, orders: Sequence[Order], now: float) -> None:
        """Notes when the first command of a press began its way."""
        for order in orders:
            if self._wire is not None and order.plan.commands:
                if by_press(given):
                    self._wire.begins(order, now)
                return

    def _go(self) -> None:
        """Sends what waits, now or as soon as that can be."""
        if self._nursery is not None and self._link.writable:
            self._send_all(self._nursery)
        if not self._link.writable:
            self._work.unpark_all()
            self._store.followed.wake()

    def _send_all(self, nursery: trio.Nursery) -> None:
        """Sends what waits as long as the socket takes it, and wakes lamps and displays after it."""
        while self._link.writable and (order := self._outbox.take()) is not None:
            self._send(order, nursery)
        self._store.followed.wake()

    def _accept(self, order: Order) -> bool:
        """Carries out an order, or queues its commands; returns whether there are any."""
        self._do_here(order.intent)
        if not order.plan.commands:
            return False
        try:
            displaced = self._outbox.put(order)
        except Full:
            log.warning("input_lost", intent=type(order.intent).__name__)
            self._never_sent(order)
            self._store.tell(OVERLOADED)
            if self._observer is not None:
                self._observer.lost("commands")
        else:
            self._displaced(displaced, order.intent)
        return True

    def _do_here(self, intent: Intent) -> None:
        """Carries out what the terminal has no part in, or the link does by itself."""
        match intent:
            case Reclaim():
                self._link.reclaim()
            case MoveLocalCamera() | HomeLocalCamera():
                self._move_local(intent)
            case SwitchOutput():
                self._switch(intent)
            case AskForUpdate():
                self._renew()
            case ShowPassword():
                self._show_password()
            case InvitePhone():
                self._invite_phone()
            case _:
                pass

    def _displaced(self, orders: tuple[Order, ...], by: Intent) -> None:
        """Takes back what a later intent has made pointless, except what that one asks for as well; tells nobody."""
        for order in orders:
            if order.intent != by:
                self._never_sent(order, still_asked=worded(order.intent) == worded(by))

    def _never_sent(self, order: Order, *, still_asked: bool = False) -> None:
        self._outcome(order.intent, OVERLOADED)
        if not still_asked:
            self._store.apply(AskedFailed(order.intent))
        self._take_back(undone(order.intent, order.plan.commands))

    def _commands(self, order: Order) -> tuple[Command, ...]:
        """Returns the commands of an order, now that it is its turn."""
        if isinstance(order.intent, Move):  # what it takes depends on what the terminal was told meanwhile
            before, self._moving = self._moving, (order.intent.pan, order.intent.tilt, order.intent.zoom)
            return movement(before, self._moving)
        if isinstance(order.intent, HomeCamera):
            self._moving = STILL
        return order.plan.commands

    def _send(self, order: Order, nursery: trio.Nursery) -> None:
        if self._stops_already(order):
            return
        commands = self._commands(order)
        for place, command in enumerate(commands):
            try:
                pending = self._link.post_now(command, urgent=order.plan.urgent)
            except TerminalError as error:
                self._failed(order, error, commands[place:])
                break
            if self._wire is not None and not place:
                self._wire.is_sent(order, trio.current_time())
            self._note(command, pending)
            nursery.start_soon(self._hear_outcome, pending, order, command, command is commands[-1])
        if not commands:
            self._accepted(order.intent)
            if lane(order) is Lane.CAMERA:
                self._camera_answered()

    def _stops_already(self, order: Order) -> bool:
        """Returns whether it is a stop while one on the wire is unanswered: many would crowd out all else."""
        on_its_way = self._stop is not None and not self._stop.arrived
        return order.intent == Move() and on_its_way and trio.current_time() < self._stop_counts_until

    def _note(self, command: Command, pending: PendingReply) -> None:
        if isinstance(command, PtzStop):
            self._stop, self._stop_counts_until = pending, trio.current_time() + CAMERA_ANSWER
        elif isinstance(command, CAMERA_COMMANDS):
            self._stop = None

    async def _hear_outcome(self, pending: PendingReply, order: Order, command: Command, last: bool) -> None:  # noqa: FBT001  # for start_soon
        try:
            if last and lane(order) is Lane.CAMERA:
                with trio.move_on_after(CAMERA_ANSWER):
                    await pending.wait()
                self._camera_answered()
            reply = await pending.wait()
        except TerminalError as error:
            self._failed(order, error, (command,))
        else:
            if (event := _brought(order.intent, reply)) is not None:
                self._store.apply(event)
            if last:
                self._accepted(order.intent)

    def _accepted(self, intent: Intent) -> None:
        self._store.apply(AskedAccepted(intent))
        self._outcome(intent, NOTHING)

    async def _leave_nothing_moving(self) -> None:
        """Stops a camera that we set moving, since nobody else would."""
        if self._moving == STILL:
            return
        self._moving = STILL
        with trio.move_on_after(LAST_WORD, shield=True), contextlib.suppress(TerminalError):
            await self._link.post(PtzStop())

    def _camera_answered(self) -> None:
        self._outbox.camera_answered()
        self._go()

    def _failed(self, order: Order, error: TerminalError, commands: tuple[Command, ...]) -> None:
        """Takes back what was expected of these commands of the order, and says what went wrong."""
        if order.plan.instead and isinstance(error, Refused):
            self._accept(Order(order.intent, Plan(order.plan.instead)))
            if lane(order) is Lane.CAMERA:
                self._outbox.camera_answered()
            self._go()
            return
        log.warning("not_done", intent=type(order.intent).__name__, reason=str(error))
        if self._observer is not None:
            self._observer.came_to_nothing(_reason(error))
        self._store.apply(AskedFailed(order.intent))
        self._outcome(order.intent, _words(error))
        pointless = _pointless(order.intent, self._store.state)
        certain = isinstance(error, Refused | Busy)
        self._take_back(undone(order.intent, commands) if certain else unanswered(order.intent))
        if lane(order) is Lane.CAMERA:
            self._camera_answered()
        if isinstance(error, Refused):
            self._store.apply(RowsOver())  # what was to follow relied on it
            if not pointless:
                self._store.tell(_words(error))
        elif not isinstance(error, LinkLost):  # a lost link has a page of its own
            self._store.tell(_words(error))

    def _take_back(self, event: LocalEvent | None) -> None:
        """Lets the room forget what it remembers of an intent that came to nothing."""
        if event is not None:
            self._store.apply(event)


def _words(error: TerminalError) -> Text:
    """Returns what people are told of a failure."""
    if isinstance(error, Refused):
        return refused(error.text)
    return NO_LINK if isinstance(error, LinkLost) else NO_ANSWER


def _reason(error: TerminalError) -> str:
    """Returns the kind of a failure."""
    kinds = {Refused: "refused", Busy: "busy", LinkLost: "link_lost"}
    return next((kind for error_type, kind in kinds.items() if isinstance(error, error_type)), "no_answer")


def _brought(intent: Intent, reply: Reply) -> LocalEvent | None:
    """Returns what the room has to remember of an answer."""
    match intent, reply:
        case KeepPreset(number=number, there=True), PresetReply(preset_id=preset_id) if preset_id:
            return PresetStored(number, preset_id)
        case _:
            return None


def _pointless(intent: Intent, state: RoomState) -> bool:
    """Returns whether what was refused is over anyhow, so that nobody needs to be told."""
    if isinstance(intent, LendCamera | KeepCamera):
        return not any(same_peer(who.peer_id, intent.call_id) for who in state.camera_wanted)
    if isinstance(intent, AcceptRequest | DeclineRequest):  # somebody else has answered it, or nobody asks any more
        return all((each.wish, each.who) != (intent.request.wish, intent.request.who) for each in state.requests)
    return isinstance(intent, HangUp | Decline) and state.phase in NOTHING_TO_END
