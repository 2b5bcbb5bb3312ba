"""What the room is asked in a conference, and what it asks for about the podium."""

from appliance.room.local_events.base import LocalEvent
from appliance.room.parts.podium import PodiumStep
from appliance.room.parts.requests import Request


class RequestAnswered(LocalEvent, frozen=True):
    """What the room is asked was answered; the terminal may confirm that until then (monotonic seconds)."""

    request: Request
    accept: bool
    until: float


class AnswerDropped(LocalEvent, frozen=True):
    """The terminal did not take the answer, or said nothing of it: the room is still asked, or is again."""

    request: Request


class RequestDoubted(LocalEvent, frozen=True):
    """Terminals no longer wait for an answer by now: whether this one still does, it has to be asked."""

    request: Request


class PodiumPending(LocalEvent, frozen=True):
    """A step about the podium was asked of the terminal, which may say something of it until then (monotonic)."""

    step: PodiumStep
    until: float


class PodiumSettled(LocalEvent, frozen=True):
    """The terminal did not take what was asked of it about the podium, or said nothing of it."""


class PodiumDoubted(LocalEvent, frozen=True):
    """Owners have usually answered by now: whether the room's request still waits, the terminal has to be asked."""
