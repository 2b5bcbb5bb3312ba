"""What fingers hold down on pages."""

import json
from collections.abc import Callable

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st
from trio.testing import MockClock

from appliance.language.catalogue import ENGLISH
from appliance.language.text import NOTHING, Text
from appliance.panel.live.heard import Page
from appliance.panel.live.holds import LONGEST, MOST, SILENCE, Holds
from appliance.runtime.web.sockets import Socket

BEGUN = {"held": 1, "why": ""}
STEP = 0.25  # seconds at most from one look at the clock to the next, where a test moves it
REFUSED = "No panel may do this"


class Thing:
    """Says when it began and ended, and is held by one only."""

    def __init__(self, name: str, said: list[str], clock: Callable[[], float]) -> None:
        self.name = name
        self.began: float | None = None
        self.ended = 0.0
        self._said = said
        self._clock = clock

    def begin(self) -> Text:
        assert self.began is None
        if self.name == "stuck":
            return Text("touch.not_moved")
        self.began = self._clock()
        self._said.append(f"+{self.name}")
        return NOTHING

    def end(self) -> None:
        assert self.began is not None
        assert self._clock() - self.began <= LONGEST + STEP
        self.began, self.ended = None, self._clock()
        self._said.append(f"-{self.name}")


class Room:
    """Some things, a clock, and what was done with them."""

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self.now = 100.0
        self.said: list[str] = []
        clock = clock or (lambda: self.now)
        self.things = {name: Thing(name, self.said, clock) for name in ("a", "b", "c", "d", "e", "stuck")}
        self.clock = clock
        self.holds = Holds(lambda words: self.things.get(words, Text("touch.not_allowed")), clock)

    def beat(self, page: Page, hold: int = 1, do: str = "a", seq: int = 0, ago: float = 0.5) -> object:
        beat = {"hold": hold, "do": do, "seq": seq, "seen": round((self.clock() - ago) * 1000)}
        return self.holds.hear(page, json.dumps(beat).encode())

    def let_go(self, page: Page, hold: int = 1) -> None:
        assert self.holds.hear(page, json.dumps({"hold": hold}).encode()) is None


def page(*, may_touch: bool = True) -> Page:
    return Page(ENGLISH.say, may_touch=may_touch)


def test_it_begins_once_and_goes_on_while_beats_come() -> None:
    room, one = Room(), page()
    assert room.beat(one) == BEGUN
    for seq in range(1, 20):
        room.now += 0.2
        assert room.beat(one, seq=seq) is None
    room.let_go(one)
    assert room.said == ["+a", "-a"]


def test_a_release_of_what_is_not_held_means_nothing() -> None:
    room, one = Room(), page()
    room.let_go(one)
    room.beat(one)
    room.let_go(one, hold=2)
    assert room.said == ["+a"]


def test_silence_ends_it_and_a_late_beat_does_not_begin_it_again() -> None:
    room, one = Room(), page()
    room.beat(one)
    room.now += SILENCE
    assert room.beat(one, seq=1) == {"held": 1, "why": "Press again to go on"}
    assert room.beat(one, seq=0) == {"held": 1, "why": "Press again to go on"}
    assert room.said == ["+a", "-a"]


def test_a_beat_that_came_before_is_none() -> None:
    room, one = Room(), page()
    room.beat(one)
    room.now += 0.9
    for seq in (0, -1, 0):
        assert room.beat(one, seq=seq) is None
    room.now += 0.2
    room.holds.end_overdue()
    assert room.said == ["+a", "-a"]


def test_a_hold_that_begins_in_its_middle_does_not() -> None:
    room, one = Room(), page()
    assert room.beat(one, hold=5, seq=3) == {"held": 5, "why": "Press again to go on"}
    assert room.beat(one, hold=5, seq=0) == {"held": 5, "why": "Press again to go on"}
    assert room.said == []


def test_nobody_holds_for_ever() -> None:
    room, one, seq = Room(), page(), 0
    room.beat(one)
    while room.said == ["+a"] and seq < 1000:
        room.now, seq = room.now + 0.2, seq + 1
        room.beat(one, seq=seq)
    assert room.said == ["+a", "-a"]
    assert room.now - 100 == pytest.approx(LONGEST, abs=0.25)


def test_what_one_page_holds_no_other_gets() -> None:
    room, one, other = Room(), page(), page()
    room.beat(one)
    assert room.beat(other, hold=7) == {"held": 7, "why": "In use by another screen"}
    room.let_go(other, hold=7)
    room.let_go(other, hold=1)
    assert room.said == ["+a"]
    room.let_go(one)
    assert room.beat(other, hold=8) == {"held": 8, "why": ""}


def test_a_page_that_turns_the_other_way_lets_go_first() -> None:
    room, one = Room(), page()
    room.beat(one)
    assert room.beat(one, hold=2) == {"held": 2, "why": ""}
    assert room.said == ["+a", "-a", "+a"]


def test_what_a_page_holds_ends_when_it_is_gone() -> None:
    room, one, other = Room(), page(), page()
    room.beat(one, 1, "a")
    room.beat(one, 2, "b")
    room.beat(other, 1, "c")
    room.holds.left(one)
    room.holds.left(one)
    assert room.said == ["+a", "+b", "+c", "-a", "-b"]


def test_what_does_not_begin_is_held_by_nobody() -> None:
    room, one = Room(), page()
    assert room.beat(one, 1, "stuck") == {"held": 1, "why": "The camera does not move"}
    assert room.beat(one, 2, "unheard of") == {"held": 2, "why": REFUSED}
    assert not room.holds.is_held("stuck")


def test_a_hand_has_so_many_fingers() -> None:
    room, one = Room(), page()
    for number, name in enumerate("abcd", 1):
        assert room.beat(one, number, name) == {"held": number, "why": ""}
    assert room.beat(one, MOST + 1, "e") == {"held": MOST + 1, "why": REFUSED}


def test_who_may_only_look_holds_nothing() -> None:
    room = Room()
    assert room.beat(page(may_touch=False)) == {"held": 1, "why": "This screen only shows the room"}
    assert room.said == []


def test_a_room_that_is_no_more_is_not_touched() -> None:
    room, one = Room(), page()
    for hold, ago in ((1, 3.5), (2, -60.0), (3, 100.0)):
        assert room.beat(one, hold, ago=ago) == {"held": hold, "why": "The screen was behind; try again"}
    assert room.said == []


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("beat"), st.integers(0, 2), st.integers(1, 6), st.sampled_from("abc"), st.integers(0, 6)),
        st.tuples(st.just("let go"), st.integers(0, 2), st.integers(1, 6), st.just(""), st.just(0)),
        st.tuples(st.just("left"), st.integers(0, 2), st.just(0), st.just(""), st.just(0)),
        st.tuples(st.just("time"), st.integers(0, 40), st.just(0), st.just(""), st.just(0)),
    ),
    max_size=60,
)


@given(ACTS)
def test_whatever_comes_nothing_is_held_without_beats_or_twice(acts: list[tuple[str, int, int, str, int]]) -> None:
    """Time passes in steps of 100 ms, at each of which the watch looks; `Thing` holds it to one owner and 30 s."""
    room, pages = Room(), [page() for _ in range(3)]
    heard, owner = dict[tuple[int, int], float](), dict[str, tuple[int, int]]()
    for act, who, number, words, seq in acts:
        if act == "time":
            for _ in range(who):
                room.now += 0.1
                room.holds.end_overdue()
                held = [name for name in room.things if room.holds.is_held(name)]
                assert all(room.now - heard[owner[name]] < SILENCE for name in held)
        elif act == "beat":
            answer = room.beat(pages[who], number, words, seq)
            if answer == {"held": number, "why": ""}:
                assert (who, number) not in heard
                owner[words] = (who, number)
            if answer is None or answer == {"held": number, "why": ""}:
                heard[who, number] = room.now
        elif act == "let go":
            room.let_go(pages[who], number)
        else:
            room.holds.left(pages[who])
            pages[who] = page()
            heard = {each: at for each, at in heard.items() if each[0] != who}
    room.now += SILENCE
    room.holds.end_overdue()
    assert sorted(each[1:] for each in room.said if each[0] == "+") == sorted(
        each[1:] for each in room.said if each[0] == "-"
    )


async def test_during_a_conversation_holds_end_by_themselves(autojump_clock: MockClock) -> None:
    room, one, ended = Room(trio.current_time), page(), list[float]()

    async def talk(_socket: Socket | None) -> None:
        for number in (1, 2):
            began = trio.current_time()
            room.beat(one, number)
            await trio.sleep(5)
            assert not room.holds.is_held("a")
            ended.append(room.things["a"].ended - began)

    await room.holds.watched(talk)(None)  # type: ignore[arg-type]  # it is only handed on
    assert ended == pytest.approx([SILENCE, SILENCE], abs=0.02)
