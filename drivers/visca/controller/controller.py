"""The controller role of VISCA as a state machine: actions in, frames for one camera out. No I/O.

How it works. `drive`, `stop`, `go` and `send` only queue; `due` returns the bytes to write now, `deadline` when to call
it again, and `feed` takes what the camera says. Written for real cameras: they acknowledge and never complete, complete
and never acknowledge, answer from the wrong address, with socket 0, too short, or not at all.

What overtakes what. Messages leave in this order:
1. Cancels that make room for a stop, then stops. They wait for no reply. A stop is repeated, with growing pauses, until
   it is acknowledged, and forgets every movement of its axes that is queued or would be sent again.
2. The messages that set the line up: AddressSet (on a daisy chain) and IF_Clear.
3. The latest drive of each group of axes; a newer drive replaces one that is still queued.
4. Everything else, in the order of the requests.
Below the stops only one message is in flight: the next leaves when the first reply to the last one has come, or is
overdue (`exchange`). An unanswered message is sent up to TRIES times, but a move to a position only once: a camera that
acknowledges it late would else go there again, and one that did not hear it is no longer expected to go there.

Safety. A movement is stopped DEAD_MAN seconds after the last `drive` or `stay`. `connected` begins every connection
with a stop. "Buffer full" as the reply to a stop cancels both sockets, because what fills them is what must end.
Fallback. A camera that refuses a zoom with a speed is zoomed at its standard speed from then on.
One-way. A camera that has not answered SILENT messages in a row is driven blind: a message each SPACING seconds, stops
ONE_WAY_STOPS times. The first reply ends that.
"""

import math
from collections import deque
from collections.abc import Callable

from drivers.visca.controller.encoding import Group, moved_by, moves_to, pan_tilt, stop_of, zoom
from drivers.visca.controller.exchange import Exchange, Heard, Item, Outcome
from drivers.visca.model.actions import Drive, DriveTo, Home
from drivers.visca.model.profile import Profile
from drivers.visca.wire import commands as visca
from drivers.visca.wire.framing import BROADCAST, CONTROLLER, Framer, encode_frame, receiver_of, sender_of
from drivers.visca.wire.layout import Message, encode
from drivers.visca.wire.replies import NETWORK_CHANGE, Reason

DEAD_MAN = 1.0
"""Seconds after which a movement is stopped unless its source calls `stay`."""
STOP_AGAIN = 0.05
"""Seconds after which a stop that was not acknowledged is repeated; twice as long each time, up to STOP_SLOWEST."""
STOP_SLOWEST = 1.0
ONE_WAY_STOPS = 3
"""How many times a stop is sent to a camera that never answers."""
STOP_REFUSALS = 5
"""How many times a camera may refuse a stop before it is no longer repeated."""
TRIES = 3
"""How many times any other message is sent."""
SPACING = 0.05
"""Seconds between messages to a camera that never answers: a pan-tilt drive takes 9.4 ms at 9600 baud."""
FULL_PAUSE = 0.1
"""Seconds to wait after "buffer full"."""
SET_UP_AGAIN = 2.0
"""Seconds in which further network changes are ignored: some cameras announce another because of our AddressSet."""
LONGEST = 16
"""The highest number of queued commands and inquiries."""

_VARIABLE_ZOOM = (visca.ZoomTeleVariable, visca.ZoomWideVariable)
_DRIVES = (visca.PanTiltDrive, visca.ZoomTele, visca.ZoomWide, *_VARIABLE_ZOOM)
_SET_UP = (visca.AddressSet, visca.InterfaceClear)


class _Stop(Item, eq=False):
    """A stop that is not acknowledged yet; `due` is when it is sent next."""

    group: Group = Group.PAN_TILT
    due: float = -math.inf
    refused: int = 0


class Controller:
    """Drives one camera. Write what `due` returns, at `deadline` and after each call of another method.

    `chained`: the line is a daisy chain, whose cameras are assigned their addresses; a network is not.
    """

    def __init__(self, profile: Profile, *, clock: Callable[[], float], address: int = 1, chained: bool = True) -> None:
        self.cameras: int | None = None  # on the line, as AddressSet came back; None: not known
        self._profile = profile
        self._clock = clock
        self._address = address
        self._chained = chained
        self._variable_zoom = True
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
        """Whether the camera never answers, so that no reply is awaited."""
        return self._exchange.one_way

    @property
    def moving(self) -> bool:
        """Whether a drive has been requested and not stopped."""
        return bool(self._wanted)

    @property
    def idle(self) -> bool:
        """Whether nothing is left to be sent or awaited."""
        return not (self._stops or self._urgent or self._queued or self._exchange.awaited())

    @property
    def deadline(self) -> float:
        """When to call `due` again, on the clock; infinity where only a reply can change anything."""
        times = [self._exchange.next_change(self._clock()), *(stop.due for stop in self._stops.values())]
        if self._queued and self._not_before > self._clock():
            times.append(self._not_before)
        if self.moving:
            times.append(self._held_at + DEAD_MAN)
        return min(times)

    def connected(self) -> None:
        """Starts on a newly opened line: sends a stop, then sets the line up. Everything queued before is forgotten."""
        self._exchange, self._framer = Exchange(), Framer()
        self._waiting.clear()
        self._urgent.clear()
        self._not_before = -math.inf
        self.stop()
        self._begin()

    def drive(self, action: Drive) -> None:
        """Moves or stops the axes that `action` names; call `stay` within DEAD_MAN seconds to keep them moving."""
        self.stay()
        if action.pan is not None or action.tilt is not None:
            pan, tilt = self._ways(Group.PAN_TILT, action.pan, action.tilt)
            self._want(Group.PAN_TILT, (pan, tilt), pan_tilt(pan, tilt, action, self._profile))
        if action.zoom is not None:
            (way,) = self._ways(Group.ZOOM, action.zoom)
            self._want(Group.ZOOM, (way,), zoom(way, action, self._profile, variable=self._variable_zoom))

    def stay(self) -> None:
        """Keeps the current movement going for another DEAD_MAN seconds."""
        self._held_at = self._clock()

    def stop(self, *groups: Group) -> None:
        """Stops these axes, or all, before anything else; queued movements are forgotten."""
        for group in groups or Group:
            self._drives.pop(group, None)
            self._wanted.pop(group, None)
            self._stops.pop(group, None)
            self._stops[group] = _Stop(stop_of(group), group=group, due=self._clock())
        self._forget_moves(groups or tuple(Group))

    def go(self, action: DriveTo | Home) -> bool:
        """Moves to a position; returns False if the queue is full. Raises ValueError: if VISCA cannot express it."""
        messages = [visca.PanTiltHome()] if isinstance(action, Home) else list(moves_to(action, self._profile))
        for group in {group for message in messages for group in moved_by(message)}:
            self._take_over(group)
        return [self.send(message) for message in messages].count(False) == 0

    def send(self, message: Message) -> bool:
        """Queues a command or an inquiry; returns False where the queue is full."""
        if len(self._waiting) >= LONGEST:
            return False
        self._waiting.append(Item(message))
        return True

    def feed(self, data: bytes) -> list[Heard]:
        """Takes bytes from the line, split in any way; returns the replies they contain."""
        return [heard for frame in self._framer.feed(data) if (heard := self._receive(frame))]

    def due(self) -> bytes:
        """Returns the bytes to write to the line now."""
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
        """Returns the direction of each axis; those that are not asked for keep theirs."""
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

    def _take_over(self, group: Group) -> None:
        """Forgets what moves or stops a group: a stop that is repeated later would end the move that replaces it."""
        self._drives.pop(group, None)
        self._wanted.pop(group, None)
        stop = self._stops.get(group)
        if stop is not None and stop.sent:
            del self._stops[group]
        self._forget_moves((group,))

    def _forget_moves(self, groups: tuple[Group, ...]) -> None:
        """Forgets the moves that wait, and those in flight: a camera that had no room for one must not get it again."""
        for item in (*self._waiting, *self._exchange.in_flight()):
            item.withdrawn = item.withdrawn or not set(groups).isdisjoint(moved_by(item.message))
        self._waiting = deque(item for item in self._waiting if not item.withdrawn)

    def _begin(self) -> None:
        """Queues the messages that set the line up."""
        self._set_up_at = self._clock()
        messages = (visca.AddressSet(1), visca.InterfaceClear()) if self._chained else (visca.InterfaceClear(),)
        self._set_up = deque(Item(message) for message in messages)

    def _next(self, now: float) -> Item | None:
        """Returns the next message to send, None where nothing may be sent now."""
        if self._urgent:
            return self._urgent.popleft()
        if (stop := self._stop_due(now)) is not None:
            return stop
        if not self._queued or now < self._not_before or self._must_wait(now):
            return None
        if self.one_way:
            self._not_before = now + SPACING
        if self._set_up:
            return self._set_up.popleft()
        if self._drives:
            return self._drives.pop(next(iter(self._drives)))
        return self._waiting.popleft()

    def _must_wait(self, now: float) -> bool:
        """Returns whether a reply has to come first; set-up waits only for itself, as it assigns addresses."""
        awaited = self._exchange.awaited()
        if self._set_up:
            return any(isinstance(item.message, _SET_UP) for item in awaited)
        if self._drives or moved_by(self._waiting[0].message):
            return self._exchange.blocks_movements(now)
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
        """Queues a message again that was not answered in time, unless it is a move."""
        if not moved_by(item.message):
            self._again(item)

    def _again(self, item: Item) -> None:
        """Queues a message again, unless a newer one has replaced it."""
        if item.withdrawn or item.sent >= TRIES or isinstance(item, _Stop) or isinstance(item.message, visca.Cancel):
            return
        if isinstance(item.message, _SET_UP):
            self._set_up.appendleft(item)
        elif isinstance(item.message, _DRIVES):
            self._drive_again(item)
        else:
            self._waiting.appendleft(item)

    def _drive_again(self, item: Item) -> None:
        for group, (_, wanted) in self._wanted.items():
            if wanted is item:
                self._drives[group] = item

    def _receive(self, frame: bytes) -> Heard | None:
        body = frame[1:-1]
        if body == NETWORK_CHANGE:
            self._network_changed()
            return None
        if receiver_of(frame) == BROADCAST:
            return self._been_round(visca.BROADCASTS.decode(body))
        if sender_of(frame) == CONTROLLER:  # what we said ourselves, on a line with an echo
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
        """Sets the line up again because cameras came or went, and continues the current movement."""
        if self._clock() - self._set_up_at < SET_UP_AGAIN:
            return
        self._begin()
        for group, (ways, item) in self._wanted.items():
            self._want(group, ways, item.message)

    def _settle(self, heard: Heard, item: Item) -> None:
        """Updates the queues for a reply to an item."""
        if isinstance(item, _Stop):
            self._stop_heard(heard, item)
        elif heard.reason == Reason.BUFFER_FULL:
            self._not_before = self._clock() + FULL_PAUSE
            self._again(item)
        elif heard.outcome is Outcome.REFUSED and isinstance(item.message, _VARIABLE_ZOOM):
            self._zoom_at_standard_speed(item)

    def _zoom_at_standard_speed(self, item: Item) -> None:
        self._variable_zoom = False
        (way,), wanted = self._wanted.get(Group.ZOOM, ((0,), None))
        if wanted is item:
            self._want(Group.ZOOM, (way,), zoom(way, Drive(), self._profile, variable=False))

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
        return encode_frame(encode(message), sender=CONTROLLER, receiver=BROADCAST if everybody else self._address)
