"""What has happened in a room, as events that programs are told of: calls, and fingers on buttons.

An event is news. Who comes later must not take it for what is so now: that is the room's state.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

import msgspec

from appliance.room.inputs import Doubled, Held, Input, Pressed, Released
from appliance.room.state import GOING_ON, Phase, RoomState

CALL, BUTTON, ACTION = "call", "button", "action"
KINDS: Final = {
    CALL: "`ringing`, `calling`, `begun` or `ended`, with `detail`: how it ended",
    BUTTON: "`pressed`, `held`, `double` or `released`, with `detail`: the button's name",
    ACTION: "`taken`, an action of a program, with `detail`: what was asked, and `by`: who asked",
}
"""The kinds of events, and what `event_type` may be."""

TYPES: Final = {
    CALL: ("ringing", "calling", "begun", "ended"),
    BUTTON: ("pressed", "held", "double", "released"),
    ACTION: ("taken",),
}
"""The same for programs."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What has happened; `at`: the time of day, None while the box does not know it.

    `id`: no other event has it, so that who hears of one twice knows; it and `at` are given by who tells of events.
    """

    kind: str
    event_type: str
    detail: str = ""
    by: str = ""
    id: str = ""
    at: str | None = None
    version: int = 1

    @property
    def name(self) -> str:
        """What it is called where one word says all: `call.begun`."""
        return f"{self.kind}.{self.event_type}"


def iso(seconds: float) -> str:
    """Returns seconds since 1970 as programs are told of times of day: ISO 8601 in UTC."""
    return datetime.fromtimestamp(round(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def of_call(before: RoomState, state: RoomState) -> Iterator[Event]:
    """Yields what has happened to calls between two states of the room."""
    if state.last_end is not None and state.last_end is not before.last_end:
        yield Event(kind=CALL, event_type="ended", detail=state.last_end.ending)
    if state.phase is before.phase:
        return
    if state.phase in _BEGINS:
        yield Event(kind=CALL, event_type=_BEGINS[state.phase])
    elif state.phase in GOING_ON and before.phase not in GOING_ON:
        yield Event(kind=CALL, event_type="begun")


def of_input(given: Input) -> Event | None:
    """Returns what somebody has done to a button; None for all else."""
    kind = GESTURES.get(type(given))
    return None if kind is None else Event(kind=BUTTON, event_type=kind, detail=given.button)  # type: ignore[attr-defined]  # of those types


GESTURES: Final[dict[type[Input], str]] = {Pressed: "pressed", Held: "held", Doubled: "double", Released: "released"}
"""The inputs that are events, and what they are called."""

_BEGINS: Final = {Phase.RINGING: "ringing", Phase.CALLING: "calling"}
