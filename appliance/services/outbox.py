"""What waits to be sent to the terminal, and what may overtake what. No I/O.

Usually nothing waits: an order is taken as soon as it is put in. It matters when the terminal does not take frames, or
answers camera commands more slowly than a joystick gives them.
"""

from enum import Enum, auto

from appliance.room.commands import Plan
from appliance.room.intents import Answer, Call, Decline, HangUp, HomeCamera, Intent, Move, MoveTo, Tone
from appliance.room.respond import Order
from appliance.terminal.messages.devices import PtzStop

LONGEST = 64  # orders: more than a person can give while one frame is being sent


class Lane(Enum):
    """Orders that must keep their order among themselves."""

    CALL = auto()
    CAMERA = auto()
    OTHER = auto()


_LANES: dict[type[Intent], Lane] = {
    Answer: Lane.CALL,
    Call: Lane.CALL,
    Decline: Lane.CALL,
    HangUp: Lane.CALL,
    Tone: Lane.CALL,
    HomeCamera: Lane.CAMERA,
    Move: Lane.CAMERA,
    MoveTo: Lane.CAMERA,
}


class Full(Exception):
    """Too many orders wait."""


def lane(order: Order) -> Lane:
    """The lane that an order belongs to."""
    return _LANES.get(type(order.intent), Lane.OTHER)


class Outbox:
    """Orders in the order in which they are to be sent."""

    def __init__(self) -> None:
        self._waiting: list[Order] = []
        self._camera_unanswered = False

    def put(self, order: Order) -> None:
        """Takes an order; raises `Full`. An urgent one is never refused: it makes what waits in its lane pointless."""
        kept = [other for other in self._waiting if not _displaces(order, other)]
        if order.plan.urgent:
            stops = [other for other in kept if other.plan.urgent]
            self._waiting = [*stops, order, *(other for other in kept if not other.plan.urgent)]
            return
        if len(kept) >= LONGEST:
            raise Full
        self._waiting = [*kept, order]

    def take(self) -> Order | None:
        """The next order that may go; one for the camera waits for the answer to the one before, unless urgent.

        Of a movement into another direction, which is a stop and a start, only the stop is urgent.
        """
        for place, order in enumerate(self._waiting):
            if self._camera_unanswered and _turns(order):
                self._waiting[place] = Order(order.intent, Plan(order.plan.commands))
                return _STOP
            if order.plan.urgent or lane(order) is not Lane.CAMERA or not self._camera_unanswered:
                del self._waiting[place]
                self._camera_unanswered = self._camera_unanswered or lane(order) is Lane.CAMERA
                return order
        return None

    def camera_answered(self) -> None:
        """The camera order that was sent last has its answer, or will not get one."""
        self._camera_unanswered = False

    def clear(self) -> None:
        """Forgets everything: nothing outlives the session that it was meant for."""
        self._waiting = []
        self._camera_unanswered = False


_STOP = Order(Move(), Plan((PtzStop(),), urgent=True))


def _turns(order: Order) -> bool:
    return order.plan.urgent and isinstance(order.intent, Move) and order.intent != _STOP.intent


def _displaces(order: Order, other: Order) -> bool:
    """Whether `other`, which waits, is pointless once `order` is there."""
    if lane(order) is not lane(other):
        return False
    if lane(order) is Lane.CAMERA:  # the latest wins; a stop that waits is only displaced by what stops as well
        return order.plan.urgent or not other.plan.urgent
    return order.plan.urgent and (not other.plan.urgent or order == other)
