"""The service that runs reactions: real time (of the mock clock), a real store, and a terminal that answers."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial

import pytest
import trio
from trio.testing import MockClock, wait_all_tasks_blocked

from appliance.language.text import Text
from appliance.room import actions
from appliance.room.inputs import Automatic, Input
from appliance.room.local_events.call import NumberEdited
from appliance.room.local_events.link import ReadingWanted
from appliance.room.local_events.shown import NoticeShown
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.reading import Reading
from appliance.room.reactions.notices import notices
from appliance.room.reactions.reaction import Outcome, Reaction, same_session
from appliance.room.reactions.reads import ARRIVES, QUESTIONS
from appliance.room.state import RoomState
from appliance.run.reactions import reactions
from appliance.services.reactions import ReactionService
from appliance.services.store import RoomStore
from appliance.terminal.errors import LinkLost, Refused, TerminalError
from appliance.terminal.messages.base import Command, Reply
from appliance.terminal.messages.calls import AppStateReply
from appliance.terminal.messages.enums import AppState
from appliance.terminal.messages.presets import GetPresets, Preset, PresetsReply
from appliance.terminal.messages.snapshot import Snapshot
from tests.run.test_appliance import EVERYTHING, config
from tests.virtual_time import passes

UP = Snapshot(app_state=AppStateReply(app_state=AppState.READY))
PRESETS = PresetsReply(presets=(Preset(preset_id="1", name="VISCA 3"),))


class Terminal:
    """Answers when it is let."""

    def __init__(self) -> None:
        self.asked: list[Command] = []
        self.answers: list[Reply | TerminalError] = []
        self._free = trio.Event()

    async def request(self, command: Command) -> Reply:
        self.asked.append(command)
        await self._free.wait()
        self._free = trio.Event()
        answer = self.answers.pop(0)
        if isinstance(answer, TerminalError):
            raise answer
        return answer

    async def answer(self, answer: Reply | TerminalError) -> None:
        self.answers.append(answer)
        self._free.set()
        await wait_all_tasks_blocked()


class Room:
    def __init__(self) -> None:
        self.store = RoomStore()
        self.inputs: list[Input] = []
        self.terminal = Terminal()
        self.looks = 0
        self.service: ReactionService

    def counted(self, _before: RoomState, _state: RoomState, _now: float) -> Outcome:
        self.looks += 1
        return Outcome()


@asynccontextmanager
async def living(table: Mapping[str, Reaction]) -> AsyncIterator[Room]:
    room = Room()
    service = ReactionService({"count": room.counted, **table}, room.store, room.inputs.append, room.terminal.request)
    room.service = service
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        await wait_all_tasks_blocked()
        yield room
        nursery.cancel_scope.cancel()


def at(moment: float, _before: RoomState, _state: RoomState, now: float) -> Outcome:
    if now < moment:
        return Outcome(look_at=moment)
    return Outcome(inputs=(Automatic(actions.Answer()),), then=lambda _before, _state, _now: Outcome())


async def test_it_sleeps_until_something_changes_or_the_earliest_time_has_come(autojump_clock: MockClock) -> None:
    begin = trio.current_time()
    async with living({"late": partial(at, begin + 60), "early": partial(at, begin + 30)}) as room:
        await passes(29.9)
        assert (room.looks, room.inputs) == (1, [])
        await passes(0.2)
        assert (room.looks, len(room.inputs)) == (2, 1)
        await passes(3600)
        assert (room.looks, len(room.inputs)) == (3, 2)


async def test_a_notice_is_taken_down_and_a_newer_one_has_its_own_time(autojump_clock: MockClock) -> None:
    async with living({"notices": notices}) as room:
        now = trio.current_time()
        room.store.apply(NoticeShown(Text("notice.no_link"), now + 5))
        await passes(4)
        room.store.apply(NoticeShown(Text("notice.no_answer"), now + 9))
        await passes(4.9)
        assert room.store.state.notice is not None
        await passes(0.2)
        assert room.store.state.notice is None


def read_at_once(before: RoomState, state: RoomState, _now: float) -> Outcome:
    connected = state.link.phase is LinkPhase.UP and not same_session(before, state)
    wanted = ReadingWanted(Reading.PRESETS)
    return Outcome(reads=(GetPresets(),), events=(wanted,)) if connected else Outcome()


async def test_a_read_that_takes_long_holds_up_nothing_and_is_asked_once_more_if_wanted_meanwhile(
    autojump_clock: MockClock,
) -> None:
    async with living({"presets": read_at_once, "notices": notices}) as room:
        for _ in range(3):
            room.store.apply(UP)
            await wait_all_tasks_blocked()
        assert len(room.terminal.asked) == 1
        room.store.apply(NoticeShown(Text("notice.no_link"), trio.current_time() + 1))
        await passes(2)
        assert room.store.state.notice is None
        await room.terminal.answer(LinkLost("the first session"))
        assert len(room.terminal.asked) == 2
        await room.terminal.answer(PRESETS)
        assert len(room.terminal.asked) == 2
        assert room.store.state.presets == {3: "1"}


async def test_a_refusal_is_told_to_the_room(autojump_clock: MockClock) -> None:
    async with living({"presets": read_at_once}) as room:
        room.store.apply(UP)
        await wait_all_tasks_blocked()
        assert Reading.PRESETS in room.store.state.stale
        await room.terminal.answer(Refused("getAllVideoCapturerPresets", "unknown method"))
        assert Reading.PRESETS not in room.store.state.stale


async def test_one_that_raises_is_left_out_and_shown_and_the_others_go_on(autojump_clock: MockClock) -> None:
    calls = 0

    def wrong(_before: RoomState, state: RoomState, _now: float) -> Outcome:
        nonlocal calls
        calls += 1
        raise KeyError(state.number)

    async with living({"wrong": wrong, "notices": notices}) as room:
        room.store.apply(NoticeShown(Text("notice.no_link"), trio.current_time() + 5))
        room.store.apply(NumberEdited("1"))
        await passes(6)
        assert room.store.state.notice is None
        assert room.store.state.offline == {"reaction wrong"}
    assert calls == 1


async def test_another_table_keeps_what_stays_and_lets_the_new_look_at_once(autojump_clock: MockClock) -> None:
    begin = trio.current_time()
    seen = list[tuple[bool, float]]()

    def new(before: RoomState, state: RoomState, now: float) -> Outcome:
        seen.append((before is state, now))
        return Outcome()

    async with living({"stays": partial(at, begin + 30), "goes": partial(at, begin + 90)}) as room:
        await passes(60)
        assert len(room.inputs) == 1  # and "stays" has nothing more to say, which it remembers
        room.service.become({"stays": partial(at, 0), "new": new}, {"stays"})
        await passes(60)
        assert len(room.inputs) == 1
        assert seen == [(True, pytest.approx(begin + 60, abs=0.1))]


async def test_a_reaction_that_was_left_out_has_another_chance_in_another_table(autojump_clock: MockClock) -> None:
    def wrong(_before: RoomState, _state: RoomState, _now: float) -> Outcome:
        raise KeyError

    async with living({"wrong": wrong}) as room:
        await passes(1)
        assert room.store.state.offline == {"reaction wrong"}
        room.service.become({"wrong": lambda _before, _state, _now: Outcome()}, ())
        await passes(1)
        assert not room.store.state.offline


async def test_what_a_reaction_changes_itself_is_its_next_look(autojump_clock: MockClock) -> None:
    def counts(_before: RoomState, state: RoomState, _now: float) -> Outcome:
        longer = NumberEdited(state.number + "1")
        return Outcome(events=(longer,)) if len(state.number) < 5 else Outcome()

    async with living({"counts": counts}) as room:
        assert room.store.state.number == "11111"


@pytest.mark.parametrize("phase", LinkPhase)
def test_what_reactions_ask_of_the_terminal_only_reads(phase: LinkPhase) -> None:
    state = RoomState(link=Link(phase), stale=dict.fromkeys(Reading, 0.0))
    reads = [
        read
        for each in reactions(config(EVERYTHING), lambda: None).values()
        for read in each(RoomState(), state, 10.0).reads
    ]
    assert all(read.method.startswith("get") for read in reads)
    if phase is LinkPhase.UP:
        later = set(ARRIVES)
        assert {QUESTIONS[each] for each in Reading if each not in later} <= set(reads)
