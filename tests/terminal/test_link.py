import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from appliance.terminal import liveness
from appliance.terminal.errors import LinkLost, Refused
from appliance.terminal.link import Link
from appliance.terminal.loss import Cause, Loss
from appliance.terminal.messages import Untyped
from appliance.terminal.messages.calls import AppStateChanged, Call
from appliance.terminal.messages.devices import MicMuted
from appliance.terminal.messages.enums import AppState, EvictionCause
from appliance.terminal.reports import LinkDown, LinkEvicted, LinkRefused, LinkUp, Refusal, Report
from tests.terminal.scripted import AUTHORISED, HOST, READINGS, WRONG_CREDENTIALS, ScriptedTerminal
from tests.virtual_time import passes

R = TypeVar("R")
READS = set(READINGS) - {"getConferenceParticipants", "getAbook"}


class Reports(list[Report]):
    """What the link emitted, with a way to wait for it."""

    def __init__(self) -> None:
        super().__init__()
        self._news = trio.lowlevel.ParkingLot()

    def take(self, report: Report) -> None:
        self.append(report)
        self._news.unpark_all()

    async def until(self, kind: type[R], count: int = 1) -> R:
        """The `count`-th report of that kind."""
        with trio.fail_after(3_000):
            while len(found := [report for report in self if isinstance(report, kind)]) < count:
                await self._news.park()
        return found[count - 1]


@asynccontextmanager
async def linked(
    terminal: ScriptedTerminal,
    rng: random.Random | None = None,
    **options: Any,  # any option of the configuration
) -> AsyncIterator[tuple[Link, Reports]]:
    reports = Reports()
    link = Link(terminal.config(**options), reports.take, rng=rng or random.Random(1))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(link.run)
        yield link, reports
        nursery.cancel_scope.cancel()


class Longest(random.Random):
    """Jitter that never shortens a wait."""

    def uniform(self, a: float, b: float) -> float:
        return max(a, b)


async def test_coming_up_authorises_reads_everything_and_sends_nothing_else(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with linked(terminal, pin="FA6") as (link, reports):
        up = await reports.until(LinkUp)
        assert up.snapshot.app_state.app_state is AppState.READY
        assert reports == [up]
        assert terminal.methods()[0] == "auth"
        assert sorted(terminal.methods()[1:]) == sorted(READS)
        assert link.session is not None


async def test_started_means_up(clock: MockClock, terminal: ScriptedTerminal) -> None:
    reports = Reports()
    link = Link(terminal.config(), reports.take)
    async with trio.open_nursery() as nursery:
        await nursery.start(link.run)
        assert isinstance(reports[-1], LinkUp)
        await terminal.drop()
        await reports.until(LinkUp, 2)
        nursery.cancel_scope.cancel()


async def test_events_during_the_reading_come_after_it_in_order(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["getAppState"] = None
    async with linked(terminal) as (_, reports):
        request = await terminal.until_received("getAppState")
        await terminal.tell("appStateChanged", appState=4)
        await terminal.tell("audioCapturerMute", mute=True)
        await terminal.reply(request, appState=4)
        await terminal.tell("appStateChanged", appState=5)
        await reports.until(AppStateChanged, 2)
        assert isinstance(reports[0], LinkUp)
        assert reports[1:] == [
            AppStateChanged(app_state=AppState.WAITING),
            MicMuted(mute=True),
            AppStateChanged(app_state=AppState.IN_CONFERENCE),
        ]


async def test_a_command_goes_out_and_its_refusal_comes_back(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["call"] = {"result": False, "error": "busy"}
    async with linked(terminal) as (link, reports):
        await reports.until(LinkUp)
        with pytest.raises(Refused, match="busy"):
            await link.request(Call(peer_id="ann"))


async def test_without_a_link_a_command_fails_at_once_and_is_not_kept(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with linked(terminal, token="t") as (link, reports):
        with pytest.raises(LinkLost, match="no link to the terminal"):
            await link.post(Call(peer_id="ann"))
        await reports.until(LinkUp)
        await terminal.drop()
        await reports.until(LinkDown)
        before = trio.current_time()
        with pytest.raises(LinkLost):
            await link.post(Call(peer_id="ann"))
        assert trio.current_time() == before
        await reports.until(LinkUp, 2)
        assert "call" not in terminal.methods()


async def test_a_drop_in_the_middle_of_a_request_is_told_to_who_waits(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.answers["call"] = None
    async with linked(terminal) as (link, reports):
        await reports.until(LinkUp)
        pending = await link.post(Call(peer_id="ann"))
        await terminal.until_received("call")
        await terminal.drop()
        with pytest.raises(LinkLost, match="the connection broke"):
            await pending.wait()
        assert (await reports.until(LinkDown)).reason == "the connection broke"


async def test_after_a_drop_the_token_comes_first_and_everything_is_read_again(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with linked(terminal, pin="FA6") as (_, reports):
        await reports.until(LinkUp)
        first = len(terminal.received)
        await terminal.drop()
        await reports.until(LinkUp, 2)
        assert [request["credentials"] for request in terminal.requests("auth")] == ["FA6", "token-1"]
        assert sorted(terminal.methods()[first + 1 :]) == sorted(READS)


async def test_the_ports_are_asked_for_again_at_every_connect(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with linked(terminal) as (_, reports):
        await reports.until(LinkUp)
        terminal.document = b'{"config":{"websocket":{"port":1}}}'
        await terminal.drop()
        await reports.until(LinkDown, 2)
        assert reports[-1] == LinkDown(
            Loss(Cause.NOT_LISTENING, f"{HOST}:1", "connection refused"), f"{HOST}:1: connection refused"
        )
        terminal.document = None
        await reports.until(LinkUp, 2)


async def test_the_waits_double_up_to_half_a_minute_and_start_again_after_being_well(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.answers["auth"] = {"result": False, "resultCode": 1, "error": "internal error"}
    async with linked(terminal, Longest()) as (_, reports):
        await terminal.until(lambda: len(terminal.times) == 9)
        gaps = [after - before for before, after in zip(terminal.times, terminal.times[1:], strict=False)]
        assert gaps == pytest.approx([0.5, 1, 2, 4, 8, 16, 30, 30], abs=0.3)
        assert reports == [
            LinkDown(
                Loss(Cause.REFUSED, detail="internal error"),
                "the terminal refused auth: internal error; tried no credentials for either account",
            )
        ]  # told once
        terminal.answers["auth"] = AUTHORISED
        await reports.until(LinkUp)
        await passes(11)
        dropped = trio.current_time()
        await terminal.drop()
        await reports.until(LinkUp, 2)
        assert terminal.times[-1] - dropped == pytest.approx(0.5, abs=0.3)


async def test_a_link_that_keeps_breaking_is_not_tried_faster_and_faster(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with linked(terminal, Longest()) as (_, reports):
        for count in range(1, 6):
            await reports.until(LinkUp, count)
            await terminal.drop()
        await reports.until(LinkUp, 6)
        gaps = [after - before for before, after in zip(terminal.times, terminal.times[1:], strict=False)]
        assert gaps == pytest.approx([0.5, 1, 2, 4, 8], abs=0.3)


@pytest.mark.parametrize(
    ("options", "refusal"),
    [({"pin": "FA6"}, Refusal.PIN), ({}, Refusal.UNPROTECTED), ({"token": "t"}, Refusal.TOKEN)],
)
async def test_wrong_credentials_are_told_by_their_kind_and_tried_again_slowly(
    clock: MockClock, terminal: ScriptedTerminal, options: dict[str, Any], refusal: Refusal
) -> None:
    terminal.answers["auth"] = WRONG_CREDENTIALS
    async with linked(terminal, **options) as (_, reports):
        await terminal.until(lambda: len(terminal.times) == 3)
        assert terminal.times[2] - terminal.times[1] == pytest.approx(30, abs=0.5)
        assert reports == [LinkRefused(refusal)]
        terminal.answers["auth"] = AUTHORISED
        await reports.until(LinkUp)


async def test_a_token_that_died_with_the_terminal_gives_way_to_the_pin(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with linked(terminal, pin="FA6") as (_, reports):
        await reports.until(LinkUp)
        terminal.answers["auth"] = lambda request: AUTHORISED if request["credentials"] == "FA6" else WRONG_CREDENTIALS
        await terminal.drop()
        await reports.until(LinkUp, 2)
        assert [request["credentials"] for request in terminal.requests("auth")] == ["FA6", "token-1", "FA6"]


async def test_a_half_open_connection_is_noticed(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with linked(terminal) as (_, reports):
        await reports.until(LinkUp)
        quiet_since = trio.current_time()
        terminal.stop_reading()
        down = await reports.until(LinkDown)
        assert down.reason == "the terminal is silent (no reply to getAppState within 5 s)"
        assert trio.current_time() - quiet_since == pytest.approx(25, abs=0.1)  # told before closing
        await reports.until(LinkUp, 2)


async def test_a_terminal_that_takes_nothing_more_is_noticed_by_who_sends(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with linked(terminal) as (link, reports):
        await reports.until(LinkUp)
        terminal.stop_reading()
        before = trio.current_time()
        too_much_for_any_buffer = Untyped("x", {"text": "x" * 30_000_000})
        with pytest.raises(LinkLost):
            await link.request(too_much_for_any_buffer)
        await reports.until(LinkDown)
        assert trio.current_time() - before < liveness.QUIET + 2 * liveness.PATIENCE
        await reports.until(LinkUp, 2)


async def test_a_quiet_terminal_is_asked_and_kept(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with linked(terminal) as (_, reports):
        await reports.until(LinkUp)
        await passes(10 * liveness.QUIET)
        assert len(terminal.connections) == 1
        assert 9 <= len(terminal.requests("getAppState")) <= 12
        assert len(reports) == 1


async def test_a_terminal_that_forgot_us_without_saying_so_is_joined_again(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with linked(terminal) as (_, reports):
        await reports.until(LinkUp)
        terminal.answers["getAppState"] = {"result": False, "error": "authorise first"}
        assert (await reports.until(LinkDown)).reason == "the terminal no longer accepts our commands"
        terminal.answers["getAppState"] = READINGS["getAppState"]
        await reports.until(LinkUp, 2)


async def test_yielding_waits_for_a_person_for_ever_and_sends_nothing(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with linked(terminal, pin="FA6") as (link, reports):
        await reports.until(LinkUp)
        sent = len(terminal.received)
        await terminal.tell("authorizationNeeded", cause=1)
        evicted = await reports.until(LinkEvicted)
        assert evicted == LinkEvicted(EvictionCause.TAKEN_OVER, True)
        with pytest.raises(LinkLost):
            await link.post(Call(peer_id="ann"))
        await passes(100_000)
        assert len(terminal.received) == sent
        assert len(terminal.connections) == 1
        link.reclaim()
        await reports.until(LinkUp, 2)
        assert terminal.requests("auth")[-1]["credentials"] == "token-1"


async def test_a_takeover_during_the_reading_is_a_takeover(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["getCallHistory"] = None
    async with linked(terminal) as (_, reports):
        await terminal.until_received("getCallHistory")
        await terminal.tell("authorizationNeeded", cause=1)
        evicted = await reports.until(LinkEvicted)
        assert reports == [evicted]


async def test_what_came_is_counted_over_all_sessions(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with linked(terminal) as (link, reports):
        for count in (1, 2):
            await reports.until(LinkUp, count)
            await terminal.send("{")
            await terminal.tell("audioCapturerMute", mute=True)
            await reports.until(MicMuted, count)
            await terminal.drop()
        assert (link.counters.garbage, link.counters.events) == (2, 2)


async def test_a_mistake_of_ours_leaves_nobody_believing_that_the_link_is_up(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    reports: list[Report] = []

    def broken(report: Report) -> None:
        reports.append(report)
        if isinstance(report, MicMuted):
            raise KeyError("reduce")

    link = Link(terminal.config(), broken)
    with pytest.raises(ExceptionGroup) as caught:  # noqa: PT012  # what runs beside it makes it happen
        async with trio.open_nursery() as nursery:
            await nursery.start(link.run)
            await terminal.tell("audioCapturerMute", mute=True)
    assert caught.group_contains(KeyError)
    assert reports[-1] == LinkDown(Loss(Cause.FAILED), "the link failed")
    async with trio.open_nursery() as nursery:
        await nursery.start(link.run)
        assert isinstance(reports[-1], LinkUp)
        nursery.cancel_scope.cancel()


async def test_a_press_before_the_takeover_does_not_count(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with linked(terminal) as (link, reports):
        await reports.until(LinkUp)
        link.reclaim()
        await terminal.tell("authorizationNeeded", cause=1)
        await reports.until(LinkEvicted)
        await passes(1000)
        assert len(terminal.connections) == 1


async def test_reclaiming_is_slow_slower_and_then_left_to_a_person(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with linked(terminal, on_takeover="reclaim", reclaim_after=60) as (link, reports):
        taken = []
        for count in range(1, 5):
            await reports.until(LinkUp, count)
            taken.append(trio.current_time())
            await terminal.tell("authorizationNeeded", cause=1)
            await reports.until(LinkEvicted, count)
        delays = [after - before for before, after in zip(taken, terminal.times[1:], strict=False)]
        assert delays == pytest.approx([60, 120, 240], abs=0.5)
        waits = [report.waits_for_press for report in reports if isinstance(report, LinkEvicted)]
        assert waits == [False, False, False, True]
        await passes(10_000)
        assert len(terminal.connections) == 4
        link.reclaim()
        await reports.until(LinkUp, 5)


@pytest.mark.parametrize("cause", [2, 3, 4, 5, 42])
async def test_changed_credentials_are_told_and_ours_are_tried_again_slowly(
    clock: MockClock, terminal: ScriptedTerminal, cause: int
) -> None:
    async with linked(terminal, pin="FA6") as (_, reports):
        await reports.until(LinkUp)
        evicted_at = trio.current_time()
        await terminal.tell("authorizationNeeded", cause=cause)
        evicted = await reports.until(LinkEvicted)
        assert evicted == LinkEvicted(EvictionCause(cause), waits_for_press=False)
        await reports.until(LinkUp, 2)
        assert terminal.times[-1] - evicted_at == pytest.approx(30, abs=0.5)
        assert terminal.requests("auth")[-1]["credentials"] == "FA6"


async def test_a_pin_that_changed_after_a_call_leaves_the_token_to_try_at_once(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with linked(terminal, pin="FA6") as (_, reports):
        await reports.until(LinkUp)
        await passes(15)
        evicted_at = trio.current_time()
        terminal.answers["auth"] = lambda request: (
            AUTHORISED if request["credentials"] == "token-1" else WRONG_CREDENTIALS
        )
        await terminal.tell("authorizationNeeded", cause=7)
        assert await reports.until(LinkEvicted) == LinkEvicted(EvictionCause.PIN_CHANGED_AFTER_CALL, False)
        await reports.until(LinkUp, 2)
        assert trio.current_time() - evicted_at < 0.3
        assert [request["credentials"] for request in terminal.requests("auth")] == ["FA6", "token-1"]


async def test_where_the_token_died_with_the_pin_the_refusal_is_told(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with linked(terminal, pin="FA6", role="user") as (_, reports):
        await reports.until(LinkUp)
        await passes(15)
        terminal.answers["auth"] = WRONG_CREDENTIALS
        with capture_logs() as logs:
            await terminal.tell("authorizationNeeded", cause=7)
            assert await reports.until(LinkRefused) == LinkRefused(Refusal.PIN, "user")
        assert [entry["account"] for entry in logs if entry["event"] == "link_refused"] == ["the user's account"]
        assert not any("FA6" in str(entry) for entry in logs)


@pytest.mark.parametrize(
    ("options", "privileges", "renewed", "warned"),
    [
        ({"pin": "FA6"}, 1, True, True),
        ({"pin": "FA6"}, 1, "true", True),
        ({"pin": "FA6"}, 1, False, False),
        ({"pin": "FA6"}, 2, True, False),
        ({"password": "FA6"}, 1, True, False),
    ],
)
async def test_a_pin_that_will_change_after_the_next_call_is_logged_at_connect(
    clock: MockClock,
    terminal: ScriptedTerminal,
    options: dict[str, Any],
    privileges: int,
    renewed: object,
    warned: bool,
) -> None:
    terminal.answers["auth"] = {**AUTHORISED, "previleges": privileges}
    terminal.answers["getSettings"] = {"settings": [{"name": "changeUserAuthPinAfterConf", "value": renewed}]}
    with capture_logs() as logs:
        async with linked(terminal, **options) as (_, reports):
            up = await reports.until(LinkUp)
            assert up.user_pin is ("pin" in options and privileges == 1)
    assert ("pin_changes_after_call" in [entry["event"] for entry in logs]) is warned


async def test_an_expired_token_is_dropped_and_the_credentials_are_used_at_once(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    async with linked(terminal, pin="FA6") as (_, reports):
        await reports.until(LinkUp)
        await passes(15)
        evicted_at = trio.current_time()
        await terminal.tell("authorizationNeeded", cause=8)
        await reports.until(LinkUp, 2)
        assert trio.current_time() - evicted_at < 0.3
        assert terminal.requests("auth")[-1]["credentials"] == "FA6"
        assert isinstance(reports[1], LinkEvicted)
        await terminal.tell("authorizationNeeded", cause=8)  # again, too soon to be true
        await reports.until(LinkUp, 3)
        assert terminal.times[-1] - terminal.times[-2] >= 0.25


async def test_an_account_without_licence_is_told_as_a_refusal(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with linked(terminal) as (_, reports):
        await reports.until(LinkUp)
        await terminal.tell("authorizationNeeded", cause=6)
        assert await reports.until(LinkRefused) == LinkRefused(Refusal.NOT_LICENSED)
        await reports.until(LinkUp, 2)
        assert terminal.times[-1] - terminal.times[-2] == pytest.approx(30, abs=0.5)


async def test_each_change_is_logged_once_and_no_secret_ever(clock: MockClock, terminal: ScriptedTerminal) -> None:
    with capture_logs() as logs:
        async with linked(terminal, pin="FA6-secret") as (_, reports):
            await reports.until(LinkUp)
            terminal.answers["auth"] = {"result": False, "resultCode": 1, "error": "internal error"}
            await terminal.drop()
            await terminal.until(lambda: len(terminal.times) == 6)
            terminal.answers["auth"] = AUTHORISED
            await reports.until(LinkUp, 2)
    changes = [entry["event"] for entry in logs if entry["log_level"] != "debug" and "token" not in entry["event"]]
    assert changes == ["link_up", "link_down", "link_down", "link_up"]
    assert "FA6-secret" not in str(logs)
    assert "token-1" not in str(logs)


async def test_ending_the_link_takes_no_longer_than_half_a_second(clock: MockClock, terminal: ScriptedTerminal) -> None:
    async with linked(terminal) as (_, reports):
        await reports.until(LinkUp)
        terminal.stop_reading()
        before = trio.current_time()
    assert trio.current_time() - before <= 0.6


def test_credentials_that_cannot_be_read_are_told_at_the_start() -> None:
    terminal = ScriptedTerminal()
    terminal.ws_port = terminal.web_port = 1
    with pytest.raises(ValueError, match="pin_file = '/nowhere'"):
        Link(terminal.config(pin_file="/nowhere"), lambda _report: None)
