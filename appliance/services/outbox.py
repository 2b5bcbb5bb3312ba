"""What waits to be sent to the terminal, and what may overtake what. No I/O.

Usually nothing waits: an order is taken as soon as it is put in. It matters when the terminal does not take frames, or
answers camera commands more slowly than a joystick gives them.
"""

from enum import Enum, auto

import msgspec

from appliance.room.intents import Answer, Call, Decline, HangUp, HomeCamera, Intent, Move, MoveTo, Tone

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


class Order(msgspec.Struct, frozen=True):
    """An intent on its way to the terminal; urgent ones are stops of one kind or another."""

    intent: Intent
    urgent: bool = False

    @property
    def lane(self) -> Lane:
        """The lane that the intent belongs to."""
        return _LANES.get(type(self.intent), Lane.OTHER)


class Outbox:
    """Orders in the order in which they are to be sent."""

    def __init__(self) -> None:
        self._waiting: list[Order] = []
        self._camera_unanswered = False

    def put(self, order: Order) -> None:
        """Takes an order; raises `Full`. An urgent one is never refused: it makes what its lane held pointless."""
        if order.urgent:
            self._waiting = [order, *(other for other in self._waiting if other.lane is not order.lane)]
            return
        if order.lane is Lane.CAMERA:  # latest wins: where the camera should have gone meanwhile matters no more
            self._waiting = [other for other in self._waiting if other.lane is not Lane.CAMERA or other.urgent]
        if len(self._waiting) >= LONGEST:
            raise Full
        self._waiting.append(order)

    def take(self) -> Order | None:
        """The next order that may go; one for the camera waits for the answer to the one before, unless urgent."""
        for place, order in enumerate(self._waiting):
            if order.urgent or order.lane is not Lane.CAMERA or not self._camera_unanswered:
                del self._waiting[place]
                self._camera_unanswered = self._camera_unanswered or order.lane is Lane.CAMERA
                return order
        return None

    def camera_answered(self) -> None:
        """The camera order that was sent last has its answer, or will not get one."""
        self._camera_unanswered = False

    def clear(self) -> None:
        """Forgets everything: nothing outlives the session that it was meant for."""
        self._waiting = []
        self._camera_unanswered = False
