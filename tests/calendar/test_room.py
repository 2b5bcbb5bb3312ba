"""The calendar of the house beside the terminal's own schedule: what door, panel and display say of it."""

import time

import pytest
from trio.testing import MockClock

from appliance.room.local_events.meetings import CalendarIs
from appliance.room.meetings.agenda import CALENDAR
from appliance.room.meetings.calendar import Calendar, Entry
from appliance.room.parts.link import LinkPhase
from appliance.simulator.options import PlannedMeeting
from tests.e2e.world import ANNA, a_room
from tests.virtual_time import real


@pytest.fixture
def clock() -> MockClock:
    return MockClock(autojump_threshold=real(0.005))


def entry(starts_in: float, title: str, minutes: float = 30) -> Entry:
    start = float(round(time.time() + starts_in))
    return Entry(start=start, end=start + 60 * minutes, title=title)


async def test_a_terminal_without_a_schedule_and_a_calendar(clock: object) -> None:
    async with a_room(options={"meetings": ()}) as world:
        await world.until(lambda state: state.agenda.known)
        assert world.state.agenda.now is None
        world.appliance.store.apply(CalendarIs(Calendar(entries=(entry(-60, "Review"),), at=time.time())))
        state = await world.until(lambda state: state.agenda.now is not None)
        assert state.agenda.now is not None
        assert (state.agenda.now.title, state.agenda.now.source) == ("Review", CALENDAR)
        world.appliance.store.apply(CalendarIs(Calendar(entries=(), at=time.time())))
        await world.until(lambda state: state.agenda.now is None)


async def test_what_both_have_is_the_terminals(clock: object) -> None:
    meeting = PlannedMeeting(id="7", topic="Terminal", owner=ANNA, starts_in=600)
    async with a_room(options={"meetings": (meeting,)}) as world:
        state = await world.until(lambda state: state.agenda.next is not None)
        assert state.agenda.next is not None
        start = state.agenda.next.start.timestamp()
        same = Entry(start=start, end=start + 1800, title="Calendar")
        world.appliance.store.apply(CalendarIs(Calendar(entries=(same, entry(-60, "Other")), at=time.time())))
        state = await world.until(lambda state: state.agenda.now is not None)
        assert [each.title for each in state.agenda.today if each.title in {"Terminal", "Calendar"}] == ["Terminal"]
        assert state.agenda.now is not None
        assert state.agenda.now.title == "Other"


async def test_without_a_link_the_calendar_is_still_known(clock: object) -> None:
    async with a_room(options={"meetings": ()}) as world:
        world.appliance.store.apply(CalendarIs(Calendar(entries=(entry(-60, "Review"),), at=time.time())))
        await world.until(lambda state: state.agenda.now is not None)
        world.simulator.stall(30)
        world.simulator.drop()
        await world.until(lambda state: state.link.phase is not LinkPhase.UP and state.agenda.now is not None)
        await world.until(lambda state: state.link.phase is LinkPhase.UP and state.agenda.now is not None)
