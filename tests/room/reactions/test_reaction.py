"""What the mechanism promises: an automation is one small function."""

import math
from collections.abc import Callable
from functools import partial

import msgspec
import pytest

from appliance.language.text import verbatim
from appliance.room import actions
from appliance.room.bindings.bindings import Bindings
from appliance.room.inputs import Automatic
from appliance.room.intents.media import MuteMic
from appliance.room.local_events.shown import NoticeShown
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reactions.reaction import Outcome, same_session
from appliance.room.respond import respond
from appliance.room.state import Phase, RoomState
from tests.room.reactions.living import Living
from tests.room.rooms import P2P, room

RINGS = room(Phase.RINGING, conversation=P2P, mic_muted=False)
TALKS = msgspec.structs.replace(RINGS, phase=Phase.IN_CALL)


def becomes(state: RoomState, **fields: object) -> RoomState:
    return msgspec.structs.replace(state, **fields)


def mute_on_entry(before: RoomState, state: RoomState, _now: float) -> Outcome:
    """A toy: whoever enters a call does so unheard."""
    enters = same_session(before, state) and state.phase is Phase.IN_CALL is not before.phase
    return Outcome(inputs=(Automatic(actions.Mute("mic", on=True)),)) if enters else Outcome()


def auto_answer(
    _before: RoomState, state: RoomState, now: float, *, after: float, since: float | None = None
) -> Outcome:
    """A toy: what has rung for `after` seconds is answered, once."""
    if state.phase is not Phase.RINGING:
        return Outcome(then=partial(auto_answer, after=after))
    since = now if since is None else since
    if now >= since + after:
        return Outcome(inputs=(Automatic(actions.Answer()),), then=partial(auto_answer, after=after, since=math.inf))
    return Outcome(look_at=since + after, then=partial(auto_answer, after=after, since=since))


Clock = Callable[[], float | None]


def meeting_soon(clock: Clock, begins: float, _before: RoomState, _state: RoomState, now: float) -> Outcome:
    """A toy: a minute before a meeting, which `begins` at a time of day, the display says so."""
    time_of_day = clock()
    left = math.inf if time_of_day is None else begins - time_of_day
    if left > 60:
        return Outcome(look_at=now + min(left - 60, 300))  # the clock may be set meanwhile
    soon = NoticeShown(verbatim("The meeting begins"), now + left)
    return Outcome(events=(soon,), then=lambda _before, _state, _now: Outcome())


def test_mute_on_entry_is_a_change_that_is_seen() -> None:
    living = Living(mute_on_entry, RINGS)
    living.sees(TALKS, 1.0)
    living.sees(becomes(TALKS, mic_muted=True), 2.0)
    assert living.inputs == [Automatic(actions.Mute("mic", on=True))]
    assert living.look_at == math.inf


def test_a_call_that_goes_on_after_a_reconnect_was_not_entered() -> None:
    living = Living(mute_on_entry, becomes(RINGS))
    living.sees(becomes(TALKS, link=Link(LinkPhase.UP)), 1.0)  # another session, whatever happened between
    assert living.inputs == []


def test_auto_answer_waits_for_its_time_and_not_for_a_change() -> None:
    living = Living(partial(auto_answer, after=10.0), room())
    living.sees(RINGS, 5.0)
    assert (living.inputs, living.look_at) == ([], 15.0)
    living.sees(becomes(RINGS, volume=0.5), 14.9)  # something else changes: the time stays
    assert (living.inputs, living.look_at) == ([], 15.0)
    living.sees(RINGS, 15.0)
    living.sees(becomes(RINGS, volume=0.6), 20.0)
    assert living.inputs == [Automatic(actions.Answer())]
    living.sees(room(), 21.0)
    living.sees(RINGS, 30.0)
    assert living.look_at == 40.0


def test_meeting_soon_comes_out_of_nothing_but_time() -> None:
    clock: list[float | None] = [None]
    living = Living(partial(meeting_soon, lambda: clock[0], 36_000.0), room())
    assert living.look_at == 300.0
    clock[0] = 35_800.0
    living.sees(room(), 300.0)
    assert (living.events, living.look_at) == ([], 440.0)
    clock[0] = 35_940.0
    living.sees(room(), 440.0)
    living.sees(room(), 441.0)
    assert living.events == [NoticeShown(verbatim("The meeting begins"), 500.0)]


def test_what_the_room_does_by_itself_goes_the_way_of_a_button() -> None:
    _, orders = respond(Automatic(actions.Mute("mic", on=True)), TALKS, Bindings(), 0.0)
    assert [order.intent for order in orders] == [MuteMic(on=True)]


@pytest.mark.parametrize("phase", [phase for phase in LinkPhase if phase is not LinkPhase.UP])
@pytest.mark.parametrize("action", [actions.Answer(), actions.Reclaim(), actions.Mute("mic", on=True)])
def test_without_a_link_it_does_nothing_and_explains_nothing(phase: LinkPhase, action: actions.Action) -> None:
    state = RoomState(link=Link(phase, waits_for_press=True))
    assert respond(Automatic(action), state, Bindings(), 0.0) == (state, ())
