"""A fault is seen for three seconds even if it is over sooner; a caller is seen at once."""

import math

import msgspec
import pytest

from appliance.display.draw import compose
from appliance.display.pages.choice import Page, page_for
from appliance.language.text import Text
from appliance.room.local_events.box import ServiceOffline, ServiceOnline
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reactions.faults import faults
from appliance.room.reduce.local.faults import SEEN
from appliance.room.reduce.reduce import reduce
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.calls import AppStateReply
from appliance.terminal.messages.enums import AppState
from appliance.terminal.messages.snapshot import Snapshot
from tests.display.scenes import NOW, call, room, view
from tests.room.reactions.living import Living

PAGES = {LinkPhase.DOWN: Page.NO_LINK, LinkPhase.REFUSED: Page.REFUSED, LinkPhase.EVICTED: Page.EVICTED}


def flickered(phase: LinkPhase, reason: str = "lost.closed") -> RoomState:
    """A room at rest whose link was so for the fifth of a second before now."""
    state = reduce(room(), LinkChanged(Link(phase, Text(reason))), NOW - 0.2)
    return reduce(state, Snapshot(app_state=AppStateReply(app_state=AppState.READY)), NOW)


@pytest.mark.parametrize("phase", PAGES)
def test_a_link_that_is_up_again_has_been_seen_not_to_be(phase: LinkPhase) -> None:
    state = flickered(phase)
    assert state.link.phase is LinkPhase.UP
    pages = [page_for(state, NOW - 0.2 + elapsed) for elapsed in (0.2, SEEN - 0.01, SEEN)]
    assert pages == [PAGES[phase], PAGES[phase], Page.IDLE]


@pytest.mark.parametrize("phase", PAGES)
def test_its_page_says_why_and_that_it_is_over_and_goes_away(phase: LinkPhase) -> None:
    drawing = compose(view(flickered(phase)))
    assert "The terminal closed the connection" in drawing.words
    assert drawing.words[-1] == "Connected again"
    assert drawing.changes_in == pytest.approx(SEEN - 0.2)


def test_a_caller_is_not_kept_waiting() -> None:
    state = msgspec.structs.replace(flickered(LinkPhase.DOWN), phase=Phase.RINGING, conversation=call(None))
    assert page_for(state, NOW) is Page.RINGING


def test_that_the_appliance_starts_is_no_fault() -> None:
    assert reduce(RoomState(), LinkChanged(Link(LinkPhase.STARTING)), NOW).trouble is None


def test_a_token_that_is_renewed_is_no_fault() -> None:
    state = flickered(LinkPhase.EVICTED, "evicted.token_expired")
    assert page_for(state, NOW) is Page.IDLE


@pytest.mark.parametrize(("elapsed", "says"), [(0.2, True), (SEEN - 0.01, True), (SEEN, False)])
def test_hardware_that_is_back_has_been_seen_missing(elapsed: float, says: bool) -> None:
    state = reduce(room(), ServiceOffline("keypad"), NOW)
    state = reduce(state, ServiceOnline("keypad"), NOW + 0.1)
    drawing = compose(msgspec.structs.replace(view(state), now=NOW + elapsed))
    assert ("keypad: not connected" in drawing.words) is says
    assert drawing.changes_in is not None
    assert not says or drawing.changes_in <= SEEN - elapsed + 0.02


def test_what_nobody_has_to_see_any_more_is_forgotten() -> None:
    state = reduce(reduce(flickered(LinkPhase.DOWN), ServiceOffline("keypad"), NOW), ServiceOffline("lamp a"), NOW + 1)
    living = Living(faults, state)
    assert living.look_at == NOW - 0.2 + SEEN
    forgotten = []
    for now in (NOW - 0.2 + SEEN, NOW + SEEN, NOW + 1 + SEEN):
        living.sees(state, now)
        state = reduce(state, living.events[-1], now)
        forgotten.append((state.trouble, set(state.missed)))
    assert forgotten == [(None, {"keypad", "lamp a"}), (None, {"lamp a"}), (None, set())]
    assert living.sees(state, NOW + 60).look_at == math.inf
