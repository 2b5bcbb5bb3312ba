"""What a coloured light or bar shows: one signal for the whole room, the first of a table that is so.

`door` is for people outside: free, soon, busy. `room` is for those inside, and has the microphone first: whoever is
heard must be able to see that at a glance. In both, what is not known has a signal of its own, and looks like nothing
that is known.
"""

from collections.abc import Callable, Mapping

import msgspec

from appliance.room.parts.link import LinkPhase
from appliance.room.show.indicators import Indicator, Pattern, pattern
from appliance.room.show.shown import Shown
from appliance.room.state import GOING_ON, Phase, RoomState


class Signal(msgspec.Struct, frozen=True):
    """A signal by its name. `colour`: empty where what shows it has one of its own, or knows none."""

    name: str
    pattern: Pattern
    colour: str = ""


class Row(msgspec.Struct, frozen=True):
    """A signal, and when it is shown, unless one above it is."""

    signal: Signal
    when: Callable[[RoomState], bool]


def signal(shows: str, state: RoomState, now: float) -> Shown[Signal]:
    """Returns what to show at `now` (monotonic seconds); `shows`: a table of `VIEWS`, or an indicator."""
    if (rows := VIEWS.get(shows)) is not None:
        return Shown(next(row.signal for row in rows if row.when(state)))
    shown = pattern(Indicator(shows), state, now)
    return Shown(Signal(shown.what.value, shown.what), shown.until)


def signals(shows: str) -> tuple[str, ...]:
    """Returns the names of the signals that there may be; of an indicator those of its patterns."""
    rows = VIEWS.get(shows)
    return tuple(Pattern) if rows is None else tuple(row.signal.name for row in rows)


_NOT_READY = frozenset({Phase.OFFLINE, Phase.CONNECTING, Phase.LOGIN_NEEDED})
_BUSY = frozenset({Phase.WAITING, Phase.CALLING, Phase.IN_CALL, Phase.WAITING_ROOM, Phase.CLOSING})


def _without_link(state: RoomState) -> bool:
    return state.link.phase is not LinkPhase.UP


def _unknown(state: RoomState) -> bool:
    in_doubt = state.phase is Phase.IN_CALL and state.mic_muted is None
    return state.phase in {Phase.UNKNOWN, Phase.WAITING} or in_doubt


def _nobody_knows(state: RoomState) -> bool:
    return _without_link(state) or state.phase is Phase.UNKNOWN or state.phase in _NOT_READY


def _muted(state: RoomState) -> bool:
    return state.phase is Phase.IN_CALL and state.mic_muted is True


def _busy(state: RoomState) -> bool:
    """A note on the calendar that takes all day keeps nobody out."""
    booked = state.agenda.now is not None and not state.agenda.now.all_day
    return state.phase in _BUSY or booked or state.presence.somebody is True


def _another_calls(state: RoomState) -> bool:
    return state.phase in GOING_ON and state.call_waiting is not None


def _in(*phases: Phase) -> Callable[[RoomState], bool]:
    return lambda state: state.phase in phases


def _ended(state: RoomState) -> bool:
    return state.halted


def _soon(state: RoomState) -> bool:
    return state.agenda.soon


def _always(_state: RoomState) -> bool:
    return True


VIEWS: Mapping[str, tuple[Row, ...]] = {
    "door": (
        Row(Signal("ended", Pattern.OFF), _ended),
        Row(Signal("unknown", Pattern.UNKNOWN, "white"), _nobody_knows),
        Row(Signal("busy", Pattern.ON, "red"), _busy),
        Row(Signal("soon", Pattern.ON, "amber"), _soon),
        Row(Signal("free", Pattern.ON, "green"), _always),
    ),
    "room": (
        Row(Signal("ended", Pattern.OFF), _ended),
        Row(Signal("no_link", Pattern.UNKNOWN, "magenta"), _without_link),
        Row(Signal("unknown", Pattern.UNKNOWN, "white"), _unknown),
        Row(Signal("muted", Pattern.ON, "red"), _muted),
        Row(Signal("not_ready", Pattern.BLINK, "magenta"), _in(*_NOT_READY)),
        Row(Signal("ringing", Pattern.BLINK_FAST, "blue"), _in(Phase.RINGING)),
        Row(Signal("another_calls", Pattern.BLINK, "cyan"), _another_calls),
        Row(Signal("calling", Pattern.BLINK, "blue"), _in(Phase.CALLING)),
        Row(Signal("waiting_room", Pattern.BLINK, "amber"), _in(Phase.WAITING_ROOM)),
        Row(Signal("ending", Pattern.BLINK, "green"), _in(Phase.CLOSING)),
        Row(Signal("in_call", Pattern.ON, "green"), _in(Phase.IN_CALL)),
        Row(Signal("soon", Pattern.ON, "amber"), _soon),
        Row(Signal("idle", Pattern.OFF), _always),
    ),
}
"""The tables, by what `shows` calls them."""
