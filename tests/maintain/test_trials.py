"""What is tried begins when it may, says what was confirmed, and ends whatever happens."""

from collections.abc import Callable

import pytest
import trio
from trio.testing import MockClock

from appliance.language.text import Text
from appliance.maintain.audit import Audit
from appliance.maintain.trials import NotTried, Outcome, Trial, Way
from appliance.maintain.trying import MOST, PATIENCE, Trials, Trying
from appliance.room.state import Phase, RoomState
from appliance.runtime.followed import Followed
from tests.virtual_time import passes

TALKING = RoomState(phase=Phase.IN_CALL)
IDLE = RoomState(phase=Phase.IDLE)
DOES = Text("maintain.in_a_call")  # some sentence


class Desk:
    """A room in which trials are begun, and what was done in them."""

    def __init__(self) -> None:
        self.room = Followed(IDLE)
        self.trying = Trying(self.room, lambda state: state.phase is Phase.IDLE)
        self.audit = Audit(lambda: None)
        self.said = list[str]()
        self.confirms_after = 1.0
        self.fails = False

    async def run_trial(self, way: str, confirm: Callable[[], None]) -> None:
        self.said.append(f"+{way}")
        try:
            await passes(self.confirms_after)
            if self.fails:
                raise NotTried(Text("maintain.not_there"))
            confirm()
            await passes(2)
        finally:
            self.said.append(f"-{way}")

    def trial(self, **how: bool) -> Trial:
        return Trial(called=DOES, run=self.run_trial, ways=(Way("a", DOES, DOES), Way("b", DOES, DOES)), **how)

    async def attempt(self, trial: Trial, way: str = "", name: str = "lamp door", *, sure: bool = False) -> Outcome:
        trials = Trials({name: trial}, self.trying, self.audit)
        return await trials.attempt(name, way, "anna", "session", sure=sure)

    def noted(self) -> list[tuple[str, str, str]]:
        return [(entry.who, entry.what, entry.about) for entry in reversed(self.audit.last())]


@pytest.fixture
async def desk(nursery: trio.Nursery) -> Desk:
    desk = Desk()
    await nursery.start(lambda task_status: desk.trying.run(task_status=task_status))
    return desk


async def test_it_is_confirmed_when_the_part_says_so_and_goes_on_to_its_end(
    desk: Desk, autojump_clock: MockClock
) -> None:
    began = trio.current_time()
    outcome = await desk.attempt(desk.trial())
    assert (outcome.became, outcome.text.key) == ("confirmed", "maintain.try_confirmed")
    assert trio.current_time() - began == pytest.approx(1)
    assert desk.said == ["+a"]
    await passes(2.1)
    assert desk.said == ["+a", "-a"]
    assert desk.noted() == [("anna", "try", "lamp door: a")]


async def test_what_nothing_confirms_is_asked_and_said_so_in_time(desk: Desk, autojump_clock: MockClock) -> None:
    desk.confirms_after = 60
    began = trio.current_time()
    outcome = await desk.attempt(desk.trial(), "b")
    assert (outcome.became, outcome.text.key) == ("asked", "maintain.try_asked")
    assert trio.current_time() - began == pytest.approx(PATIENCE)
    assert desk.said == ["+b"]


async def test_why_it_failed_is_told(desk: Desk, autojump_clock: MockClock) -> None:
    desk.fails = True
    outcome = await desk.attempt(desk.trial())
    assert (outcome.became, str(outcome.text)) == ("failed", "Failed: This part is not there.")
    assert desk.said == ["+a", "-a"]
    assert desk.noted() == [("anna", "try", "lamp door: a")]  # somebody has tried it all the same


async def test_what_acts_wants_somebody_who_is_sure(desk: Desk, autojump_clock: MockClock) -> None:
    assert await desk.attempt(desk.trial(asks=True)) == Outcome("asks", DOES)
    assert (desk.said, desk.noted()) == ([], [])
    assert (await desk.attempt(desk.trial(asks=True), sure=True)).became == "confirmed"


async def test_during_a_call_only_what_disturbs_nobody_begins(desk: Desk, autojump_clock: MockClock) -> None:
    desk.room.value = TALKING
    assert (await desk.attempt(desk.trial(), sure=True)).text.key == "maintain.in_a_call"
    assert (desk.said, desk.noted()) == ([], [])
    assert (await desk.attempt(desk.trial(disturbs=False))).became == "confirmed"


async def test_a_call_that_begins_ends_it(desk: Desk, autojump_clock: MockClock, nursery: trio.Nursery) -> None:
    desk.confirms_after = 4

    async def call() -> None:
        await passes(2)
        desk.room.value = TALKING

    nursery.start_soon(call)
    outcome = await desk.attempt(desk.trial())
    assert (outcome.became, str(outcome.text)) == ("failed", "Failed: A call began, so this was ended.")
    await passes(0.1)
    assert desk.said == ["+a", "-a"]


async def test_what_may_have_begun_the_call_goes_on(desk: Desk, autojump_clock: MockClock) -> None:
    desk.confirms_after = 0.5
    assert (await desk.attempt(desk.trial(outlasts=True))).became == "confirmed"
    desk.room.value = TALKING
    await passes(1)
    assert desk.said == ["+a"]
    await passes(2)
    assert desk.said == ["+a", "-a"]


async def test_one_that_goes_on_is_not_begun_again(desk: Desk, autojump_clock: MockClock) -> None:
    assert (await desk.attempt(desk.trial())).became == "confirmed"
    assert (await desk.attempt(desk.trial(), "b")).text.key == "maintain.try_running"
    await passes(2.1)
    assert (await desk.attempt(desk.trial(), "b")).became == "confirmed"
    assert desk.said == ["+a", "-a", "+b"]


async def test_another_way_takes_its_place_where_it_may(desk: Desk, autojump_clock: MockClock) -> None:
    await desk.attempt(desk.trial(replaces=True))
    assert (await desk.attempt(desk.trial(replaces=True), "b")).became == "confirmed"
    assert desk.said == ["+a", "-a", "+b"]
    await passes(2.1)
    assert desk.said == ["+a", "-a", "+b", "-b"]


async def test_two_who_replace_one_at_once_do_not_have_it_both(
    desk: Desk, autojump_clock: MockClock, nursery: trio.Nursery
) -> None:
    await desk.attempt(desk.trial(replaces=True))
    for way in ("a", "b"):
        nursery.start_soon(desk.attempt, desk.trial(replaces=True), way)
    await passes(10)
    begun = 0
    for said in desk.said:
        begun += 1 if said.startswith("+") else -1
        assert begun in (0, 1)
    assert begun == 0


async def test_only_so_many_at_once(desk: Desk, autojump_clock: MockClock) -> None:
    desk.confirms_after = 0
    for number in range(MOST):
        assert (await desk.attempt(desk.trial(), name=f"lamp {number}")).became == "confirmed"
    assert (await desk.attempt(desk.trial(), name="lamp more")).text.key == "maintain.try_later"
    assert len(desk.said) == MOST


async def test_whoever_asked_may_leave(desk: Desk, autojump_clock: MockClock) -> None:
    with trio.move_on_after(0.5):
        await desk.attempt(desk.trial())
    await passes(5)
    assert desk.said == ["+a", "-a"]
    assert desk.noted() == [("anna", "try", "lamp door: a")]


async def test_nothing_is_begun_where_nobody_would_end_it() -> None:
    desk = Desk()
    assert (await desk.attempt(desk.trial())).text.key == "maintain.try_later"
    assert (desk.said, desk.noted()) == ([], [])


@pytest.mark.parametrize(("name", "way"), [("lamp none", ""), ("lamp door", "c")])
async def test_what_is_not_there_is_an_error(desk: Desk, name: str, way: str) -> None:
    trials = Trials({"lamp door": desk.trial()}, desk.trying, desk.audit)
    with pytest.raises(KeyError):
        await trials.attempt(name, way, "anna", "session", sure=True)
