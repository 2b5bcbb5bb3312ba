"""What the link reports of itself is counted, and noted for whoever maintains the box."""

import pytest

from appliance.fleet.metrics.counts import Counts
from appliance.maintain.link import LinkRecord
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.state import Phase, RoomState
from appliance.run.reported import count, noted
from appliance.terminal.loss import Cause, Loss
from appliance.terminal.messages import Snapshot
from appliance.terminal.messages.calls import AppStateReply, RejectSent
from appliance.terminal.messages.enums import AppState, EvictionCause
from appliance.terminal.reports import LinkDown, LinkEvicted, LinkRefused, LinkUp, Refusal, Report

UP = LinkUp(Snapshot(app_state=AppStateReply(app_state=AppState.READY)))
LOST: tuple[tuple[Report, str], ...] = (
    (LinkDown(Loss(Cause.SILENT, "192.0.2.1:8765"), "silent"), "silent"),
    (LinkRefused(Refusal.PIN), "pin"),
    (LinkEvicted(EvictionCause.TAKEN_OVER, waits_for_press=True), "taken_over"),
)


@pytest.mark.parametrize(("report", "cause"), LOST)
def test_a_link_that_is_lost_is_counted_with_its_cause(report: Report, cause: str) -> None:
    counts = Counts()
    for what, now in ((UP, 5.0), (report, 7.0)):
        count(what, counts, now)
    assert (counts.connects, dict(counts.losses), counts.link_since) == (1, {cause: 1}, 7.0)


@pytest.mark.parametrize("report", [report for report, _ in LOST])
@pytest.mark.parametrize("was_up", [True, False])
def test_why_it_was_lost_is_noted_and_since_when_only_where_it_was_up(report: Report, *, was_up: bool) -> None:
    up = noted(LinkRecord(), UP, 5.0, was_up=False)
    assert up is not None
    lost = noted(up, report, 7.0, was_up=was_up)
    assert lost is not None
    assert str(lost.lost)
    assert (lost.ups, lost.since, lost.lost_at) == (1, 7.0 if was_up else 5.0, 7.0)


def test_a_link_that_is_up_is_noted_with_what_the_terminal_is() -> None:
    assert noted(LinkRecord(), UP, 5.0, was_up=False) == LinkRecord(ups=1, since=5.0, generation="unknown")


def test_a_call_that_the_terminal_declines_is_counted_as_that() -> None:
    counts = Counts()
    ready = RoomState(link=Link(LinkPhase.UP), phase=Phase.IDLE)
    rings = RoomState(link=Link(LinkPhase.UP), phase=Phase.RINGING)
    counts.changed(ready, rings)
    count(RejectSent(), counts, 5.0)
    counts.changed(rings, ready)
    assert dict(counts.calls.over) == {("in", "declined"): 1}


def test_what_is_not_about_the_link_is_not_noted() -> None:
    assert noted(LinkRecord(), RejectSent(), 5.0, was_up=True) is None
