import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from appliance.terminal.errors import LinkLost, Refused, Timeout
from appliance.terminal.messages import Snapshot
from appliance.terminal.messages.enums import AppState
from appliance.terminal.messages.people import ConferenceList
from appliance.terminal.session import open_session
from appliance.terminal.snapshot import read_snapshot
from tests.terminal.scripted import HOST, READINGS, ScriptedTerminal


async def read(terminal: ScriptedTerminal) -> Snapshot:
    async with open_session(HOST, terminal.ws_port, lambda _event, _frame: None) as session:
        return await read_snapshot(session)


async def test_everything_is_read_and_nothing_else_is_sent(clock: MockClock, terminal: ScriptedTerminal) -> None:
    snapshot = await read(terminal)
    assert sorted(terminal.methods()) == sorted(set(READINGS) - {"getConferenceParticipants", "getAbook"})
    assert snapshot.app_state.app_state is AppState.READY
    parts = [getattr(snapshot, name) for name in Snapshot.__struct_fields__ if name not in {"participants", "schedule"}]
    assert None not in parts
    assert snapshot.audio is not None
    assert snapshot.audio.mute is True
    assert terminal.requests("getCallHistory")[0]["count"] == 20


async def test_everything_is_asked_before_anything_is_answered(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers = dict.fromkeys(READINGS, None)
    with pytest.raises(Timeout):
        await read(terminal)
    assert len(terminal.received) == len(READINGS) - 2


async def test_in_a_conference_the_participants_are_read_too(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["getAppState"] = {"appState": 5}
    snapshot = await read(terminal)
    assert snapshot.participants is not None
    assert snapshot.participants.participants[0].peer_id == "ann@example.com"


async def test_parts_that_are_refused_silent_or_unreadable_are_missing_and_named_in_one_line(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.answers["getPtzControls"] = {"result": False, "error": "no camera"}
    terminal.answers["getCallHistory"] = None
    terminal.answers["getMicMute"] = {}
    with capture_logs() as logs:
        snapshot = await read(terminal)
    assert (snapshot.ptz, snapshot.history, snapshot.mic) == (None, None, None)
    assert snapshot.settings is not None
    assert [entry["event"] for entry in logs] == ["snapshot_incomplete"]
    assert set(logs[0]["missing"]) == {"ptz", "history", "mic"}


async def test_without_an_application_state_there_is_no_picture(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["getAppState"] = {"result": False, "error": "?"}
    with pytest.raises(Refused):
        await read(terminal)


async def test_a_schedule_in_the_reply_is_taken_and_one_that_does_not_come_delays_nothing(
    clock: MockClock, terminal: ScriptedTerminal
) -> None:
    terminal.answers["getScheduler"] = {"conferences": [{"id": "7", "topic": "Stand-up"}]}
    schedule = (await read(terminal)).schedule
    assert isinstance(schedule, ConferenceList)
    assert schedule.conferences[0].topic == "Stand-up"
    for answer in ({}, None, {"result": False}):
        terminal.answers["getScheduler"] = answer
        assert (await read(terminal)).schedule is None
    assert clock.current_time() < 5


async def test_a_connection_that_breaks_ends_the_reading(clock: MockClock, terminal: ScriptedTerminal) -> None:
    terminal.answers["getCallHistory"] = None
    async with trio.open_nursery() as nursery:
        nursery.start_soon(drop_when_asked, terminal)
        with pytest.raises(LinkLost, match="the connection broke"):
            await read(terminal)


async def drop_when_asked(terminal: ScriptedTerminal) -> None:
    await terminal.until_received("getCallHistory")
    await terminal.drop()
