"""The controller's side of VISCA: what somebody wants in, frames for a camera out. No I/O; the clock is given.

Made for the cameras that there are: they acknowledge and never complete, complete and never acknowledge, answer from
the wrong address, with socket 0, too short, or not at all.
"""

import math
from collections import deque
from collections.abc import Callable

from drivers.visca.controller.encoding import Group, moves_to, pan_tilt, sets_moving, stop_of, zoom
from drivers.visca.controller.exchange import Exchange, Heard, Item, Outcome
from drivers.visca.model.actions import Drive, DriveTo, Home
from drivers.visca.model.profile import Profile
from drivers.visca.wire import commands as visca
from drivers.visca.wire.framing import BROADCAST, CONTROLLER, Framer, frame, receiver_of, sender_of
from drivers.visca.wire.layout import Message, encode
from drivers.visca.wire.replies import Reason

DEAD_MAN = 1.0
"""Seconds after which a movement ends by itself, unless whoever wants it says `stay`."""
STOP_AGAIN = 0.05
"""Seconds after which a stop that was not acknowledged is repeated; twice as long each time, up to STOP_SLOWEST."""
STOP_SLOWEST = 1.0
ONE_WAY_STOPS = 3
"""How often a stop is sent to a camera that never answers."""
STOP_REFUSALS = 5
"""How often a camera may refuse to stop before it is believed."""
TRIES = 3
"""How often anything else is sent."""
SPACING = 0.05
"""Seconds between messages to a camera that never answers."""
FULL_PAUSE = 0.1
"""Seconds to wait where the camera's buffer is full."""
SET_UP_AGAIN = 2.0
"""Seconds without an answer to network changes after one: some cameras announce another because of it."""
LONGEST = 16
"""Commands and inquiries that may wait."""

_NETWORK_CHANGE = b"\x38"
_SET_UP = (visca.AddressSet, visca.InterfaceClear)


class _Stop(Item, eq=False):
    """A stop that is to be acknowledged; `due` is when it is sent next."""

    group: Group = Group.PAN_TILT
    due: float = -math.inf
    refused: int = 0


class Controller:
    """Drives one camera. Write what `due` returns, at `deadline` and after each call of another method.

    A stop jumps every queue, waits for no answer, and is repeated until it is acknowledged. Of drives that wait, the
    latest counts. `chained`: a serial line, where cameras are given their addresses; a network has no use for that.
    """

    def __init__(self, profile: Profile, *, clock: Callable[[], float], address: int = 1, chained: bool = True) -> None:
        self.cameras: int | None = None  # on the line, as AddressSet came back; None: not known
        self._profile = profile
        self._clock = clock
        self._address = address
        self._chained = chained
        self._framer = Framer()
        self._exchange = Exchange()
        self._urgent: deque[Item] = deque()
        self._stops: dict[Group, _Stop] = {}
        self._set_up: deque[Item] = deque()
        self._drives: dict[Group, Item] = {}  # that wait
        self._waiting: deque[Item] = deque()
        self._wanted: dict[Group, tuple[tuple[int, ...], Item]] = {}  # movements: the way of each axis, and its drive
        self._held_at = -math.inf
        self._not_before = -math.inf
        self._set_up_at = -math.inf

    @property
    def one_way(self) -> bool:
        """Whether the camera never answers, so that nothing is waited for."""
        return self._exchange.one_way

    @property
    def moving(self) -> bool:
        """Whether a drive goes on, as far as we asked for it."""
        return bool(self._wanted)

    @property
    def idle(self) -> bool:
        """Whether nothing is left to be sent, or to be answered."""
        return not (self._stops or self._urgent or self._queued or self._exchange.awaited())

    @property
    def deadline(self) -> float:
        """When to ask for `due` again, on the clock; infinity where only the camera can change anything."""
        times = [self._exchange.next_timeout, *(stop.due for stop in self._stops.values())]
        if self._queued and self._not_before > self._clock():
            times.append(self._not_before)
        if self.moving:
            times.append(self._held_at + DEAD_MAN)
        return min(times)

    def connected(self) -> None:
        """The line is open, for the first time or again: stop first, then set it up; nothing older is sent."""
        self._exchange, self._framer = Exchange(), Framer()
        self._waiting.clear()
        self._urgent.clear()
        self._not_before = -math.inf
        self.stop()
        self._begin()

    def drive(self, action: Drive) -> None:
        """Move, or stop, the axes that `action` names; say `stay` within DEAD_MAN seconds to keep it moving."""
        self.stay()
        if action.pan is not None or action.tilt is not None:
            pan, tilt = self._ways(Group.PAN_TILT, action.pan, action.tilt)
            self._want(Group.PAN_TILT, (pan, tilt), pan_tilt(pan, tilt, action, self._profile))
        if action.zoom is not None:
            (way,) = self._ways(Group.ZOOM, action.zoom)
            self._want(Group.ZOOM, (way,), zoom(way, action, self._profile))

    def stay(self) -> None:
        """Whoever wants the movement is still there."""
        self._held_at = self._clock()

    def stop(self, *groups: Group) -> None:
        """Stop these axes, or all, before anything else; what waits to move the camera is forgotten."""
        for group in groups or Group:
            self._drives.pop(group, None)
            self._wanted.pop(group, None)
            self._stops.pop(group, None)
            self._stops[group] = _Stop(stop_of(group), group=group, due=self._clock())
        self._forget_moves()

    def go(self, action: DriveTo | Home) -> bool:
        """Go to a place; False where too much waits. ValueError where VISCA cannot go there."""
        messages = [visca.PanTiltHome()] if isinstance(action, Home) else list(moves_to(action, self._profile))
        self._forget_moves()
        return [self.send(message) for message in messages].count(False) == 0

    def send(self, message: Message) -> bool:
        """Send a command or an inquiry when its turn comes; False where too much waits."""
        if len(self._waiting) >= LONGEST:
            return False
        self._waiting.append(Item(message))
        return True

    def feed(self, data: bytes) -> list[Heard]:
        """Take bytes from the line, split in any way: what they say to what we sent."""
        return [heard for whole in self._framer.feed(data) if (heard := self._receive(whole))]

    def due(self) -> bytes:
        """What to write to the line now."""
        now = self._clock()
        if self.moving and now >= self._held_at + DEAD_MAN:
            self.stop(*self._wanted)
        for unheard in self._exchange.time_out(now):
            self._unheard(unheard)
        frames = bytearray()
        while (item := self._next(now)) is not None:
            self._exchange.sent(item, now)
            frames += self._frame(item.message)
        return bytes(frames)

    @property
    def _queued(self) -> bool:
        return bool(self._set_up or self._drives or self._waiting)

    def _ways(self, group: Group, *asked: int | None) -> tuple[int, ...]:
        """The way of each axis, where those that are not asked for go on as they do."""
        going, _ = self._wanted.get(group, ((0,) * len(asked), None))
        return tuple(on if way is None else (way > 0) - (way < 0) for way, on in zip(asked, going, strict=True))

    def _want(self, group: Group, ways: tuple[int, ...], message: Message) -> None:
        if not any(ways):
            return self.stop(group)
        item = Item(message)
        self._stops.pop(group, None)
        self._wanted[group] = ways, item
        self._drives[group] = item
        return None

    def _forget_moves(self) -> None:
        self._waiting = deque(item for item in self._waiting if not sets_moving(item.message))

    def _begin(self) -> None:
        """Set the line up."""
        self._set_up_at = self._clock()
        messages = (visca.AddressSet(1), visca.InterfaceClear()) if self._chained else (visca.InterfaceClear(),)
        self._set_up = deque(Item(message) for message in messages)

    def _next(self, now: float) -> Item | None:
        """The next to be sent, if anything may be."""
        if self._urgent:
            return self._urgent.popleft()
        if (stop := self._stop_due(now)) is not None:
            return stop
        if not self._queued or now < self._not_before or self._must_wait():
            return None
        if self.one_way:
            self._not_before = now + SPACING
        if self._set_up:
            return self._set_up.popleft()
        if self._drives:
            return self._drives.pop(next(iter(self._drives)))
        return self._waiting.popleft()

    def _must_wait(self) -> bool:
        """Whether the camera has to answer first; a camera that has no address yet cannot answer a stop."""
        awaited = self._exchange.awaited()
        if self._set_up:
            return any(isinstance(item.message, _SET_UP) for item in awaited)
        return bool(awaited)

    def _stop_due(self, now: float) -> Item | None:
        for group, stop in list(self._stops.items()):
            if self.one_way and stop.sent >= ONE_WAY_STOPS:
                del self._stops[group]
            elif now >= stop.due:
                stop.due = now + min(STOP_AGAIN * 2.0 ** min(stop.sent, 10), STOP_SLOWEST)
                return stop
        return None

    def _unheard(self, item: Item) -> None:
        """Nothing was heard of this in time: send it again, unless something newer took its place."""
        if item.sent >= TRIES or isinstance(item, _Stop) or isinstance(item.message, visca.Cancel):
            return
        if isinstance(item.message, _SET_UP):
            self._set_up.appendleft(item)
        elif isinstance(item.message, visca.PanTiltDrive | visca.ZoomTeleVariable | visca.ZoomWideVariable):
            self._drive_again(item)
        else:
            self._waiting.appendleft(item)

    def _drive_again(self, item: Item) -> None:
        for group, (_, wanted) in self._wanted.items():
            if wanted is item:
                self._drives[group] = item

    def _receive(self, whole: bytes) -> Heard | None:
        body = whole[1:-1]
        if body == _NETWORK_CHANGE:
            self._network_changed()
            return None
        if receiver_of(whole) == BROADCAST:
            return self._been_round(visca.BROADCASTS.decode(body))
        if sender_of(whole) == CONTROLLER:  # what we said ourselves, on a line with an echo
            return None
        heard = self._exchange.hear(body)
        if heard is not None and heard.item is not None:
            self._settle(heard, heard.item)
        return heard

    def _been_round(self, message: Message | None) -> Heard | None:
        if isinstance(message, visca.AddressSet) and message.address > 1:
            self.cameras = message.address - 1
        elif not isinstance(message, visca.InterfaceClear):
            return None
        return self._exchange.hear_broadcast(message)

    def _network_changed(self) -> None:
        """Cameras came or went: set the line up again, and go on with what was going on."""
        if self._clock() - self._set_up_at < SET_UP_AGAIN:
            return
        self._begin()
        for group, (ways, item) in self._wanted.items():
            self._want(group, ways, item.message)

    def _settle(self, heard: Heard, item: Item) -> None:
        """What the camera said to an item changes what is left to be sent."""
        if isinstance(item, _Stop):
            self._stop_heard(heard, item)
        elif heard.reason == Reason.BUFFER_FULL:
            self._not_before = self._clock() + FULL_PAUSE
            self._unheard(item)

    def _stop_heard(self, heard: Heard, stop: _Stop) -> None:
        if self._stops.get(stop.group) is not stop:  # something newer took its place
            return
        if heard.reason == Reason.BUFFER_FULL:  # what fills it is what must end
            self._urgent.extend(Item(visca.Cancel(socket)) for socket in (1, 2))
            stop.due = self._clock() if stop.sent == 1 else stop.due
            return
        stop.refused += heard.outcome is Outcome.REFUSED
        if heard.outcome is not Outcome.REFUSED or stop.refused >= STOP_REFUSALS:
            del self._stops[stop.group]

    def _frame(self, message: Message) -> bytes:
        everybody = isinstance(message, _SET_UP) and self._chained
        return frame(encode(message), sender=CONTROLLER, receiver=BROADCAST if everybody else self._address)
