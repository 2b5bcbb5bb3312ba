"""What waits to be sent to the terminal, and what may overtake what. No I/O.

Usually nothing waits: an order is taken as soon as it is put in. It matters when the terminal does not take frames, or
answers camera commands more slowly than a joystick gives them. Then these rules keep the room in hand:

- **Lanes.** Orders about calls, about the camera and all others are three lanes. Within a lane the order in which
  people gave them is kept; a stop must not overtake the start of the movement that it stops.
- **Urgent orders** (hanging up, declining, a stop of the camera; `Plan.urgent`) go before everything that is not
  urgent, in all lanes, and are never refused. In their own lane they remove what they make pointless: hanging up
  removes the calls and digits that wait, and never an order to mute. The same urgent order is not kept twice; two
  different ones (hang up, decline) both go.
- **The camera's lane** holds one order at a time: the latest wins, but a stop that waits is removed only by an order
  that stops as well. One camera order is sent at a time, and the next waits for its answer, so that a joystick cannot
  fill a slow terminal with positions that are out of date. Urgent ones do not wait. A movement that turns an axis round
  is a stop and a start; while an answer is missing only its stop goes at once, and the start stays behind it.
- **Limits.** At most `LONGEST` orders wait. One more is refused with `Full`, which the display shows. Nothing outlives
  the session that it was meant for: `clear` is called whenever a link is lost or new.
"""

from enum import Enum, auto

from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Call, Decline, HangUp, Tone
from appliance.room.intents.camera import HomeCamera, Move, MoveTo
from appliance.room.intents.conference import AcceptRequest, AskForPodium, DeclineRequest, LeavePodium, MakeRemark
from appliance.room.orders.commands import Plan
from appliance.room.respond import Order
from appliance.terminal.messages.devices import PtzStop

LONGEST = 64  # orders; more than a person can give while one frame is being sent


class Lane(Enum):
    """Kinds of orders; within a lane their sequence is kept."""

    CALL = auto()
    CAMERA = auto()
    OTHER = auto()


_LANES: dict[type[Intent], Lane] = {
    AcceptRequest: Lane.CALL,
    Answer: Lane.CALL,
    AskForPodium: Lane.CALL,
    Call: Lane.CALL,
    Decline: Lane.CALL,
    DeclineRequest: Lane.CALL,
    HangUp: Lane.CALL,
    LeavePodium: Lane.CALL,
    MakeRemark: Lane.CALL,
    Tone: Lane.CALL,
    HomeCamera: Lane.CAMERA,
    Move: Lane.CAMERA,
    MoveTo: Lane.CAMERA,
}


class Full(Exception):
    """Too many orders wait; the new one was not taken."""


def lane(order: Order) -> Lane:
    """Returns the lane that an order belongs to."""
    return _LANES.get(type(order.intent), Lane.OTHER)


class Outbox:
    """The orders that wait, in the sequence in which they are to be sent."""

    def __init__(self) -> None:
        self._waiting: list[Order] = []
        self._camera_unanswered = False

    def put(self, order: Order) -> tuple[Order, ...]:
        """Adds an order and returns those that it makes pointless: they are never sent.

        Raises `Full` unless it is urgent: an urgent one removes what waits in its lane.
        """
        kept = [other for other in self._waiting if not _displaces(order, other)]
        if len(kept) >= LONGEST and not order.plan.urgent:
            raise Full
        displaced = tuple(other for other in self._waiting if _displaces(order, other))
        if order.plan.urgent:
            stops = [other for other in kept if other.plan.urgent]
            self._waiting = [*stops, order, *(other for other in kept if not other.plan.urgent)]
        else:
            self._waiting = [*kept, order]
        return displaced

    def take(self) -> Order | None:
        """Removes and returns the next order that may be sent now; None where none may.

        While a camera order is unanswered, a movement that turns an axis round gives only its stop, and stays.
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
        """Lets the next camera order go: the one that was sent last has its answer, or will not get one."""
        self._camera_unanswered = False

    def clear(self) -> None:
        """Removes everything: nothing outlives the session that it was meant for."""
        self._waiting = []
        self._camera_unanswered = False


_STOP = Order(Move(), Plan((PtzStop(),), urgent=True))


def _turns(order: Order) -> bool:
    """Returns whether it is a movement that turns an axis round, and therefore begins with a stop."""
    return order.plan.urgent and isinstance(order.intent, Move) and order.intent != _STOP.intent


def _displaces(order: Order, other: Order) -> bool:
    """Returns whether `other`, which waits, is pointless once `order` is there."""
    if lane(order) is not lane(other):
        return False
    if lane(order) is Lane.CAMERA:  # the latest wins; a stop that waits is only displaced by what stops as well
        return order.plan.urgent or not other.plan.urgent
    if isinstance(order.intent, Decline):  # it ends what rings, and nothing of the call that goes on
        return order == other or isinstance(other.intent, Answer)
    return order.plan.urgent and (not other.plan.urgent or order == other)
