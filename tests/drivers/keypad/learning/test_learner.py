"""The guided session with an input device, and its recording."""

import math
import os
from contextlib import suppress
from pathlib import Path

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st
from trio.testing import MockClock

from appliance.runtime.error_groups import first
from drivers.errors import DeviceLost
from drivers.keypad.config import KeypadConfig
from drivers.keypad.learning.learner import PATIENCE, Learned, Learner, Step
from drivers.keypad.learning.raw import RawKey
from drivers.keypad.learning.recording import Events, Header, Line, Meant, NodeHeader, Recording, as_line, read
from drivers.keypad.learning.replay import replayed
from drivers.speakerphone.recording import Asked, Outcome, RecordingError
from tests.drivers.keypad.learning.scripted_nodes import CALC, F1, KP1, LEFTCTRL, C, Nodes, press

FOLDER = Path(__file__).parent.parent.parent.parent / "recordings" / "keypads"
MUTE, CALL = Step("mute", "Press mute"), Step("call", "Press call")
HEADER = Header(name="x", origin="synthetic", nodes=[NodeHeader("x"), NodeHeader("x consumer")])


class Person:
    """Presses keys when asked, and Enter where there is nothing else to do."""

    def __init__(self, nodes: Nodes, *acts: object) -> None:
        self._nodes, self._acts = nodes, list(acts)
        self._enter = trio.Event()

    def say(self, text: str) -> None:
        assert text
        act = self._acts.pop(0) if self._acts else None
        self._enter = trio.Event()
        if act == "enter":
            self._enter.set()
        elif isinstance(act, tuple):
            node, *events = act
            for each in events:
                self._nodes.send(each, node)

    async def enter(self) -> str:
        await self._enter.wait()
        return ""


async def learned(*acts: object, steps: tuple[Step, ...] = (MUTE,)) -> tuple[list[Learned], list[Line]]:
    nodes = Nodes("pad", "pad consumer")
    lines: list[Line] = []
    learner = Learner(KeypadConfig(), nodes.open, Person(nodes, *acts), lines.append)
    async with learner.opened():
        found = [await learner.learn(step) for step in steps]
    assert nodes.grabs == [True]
    return found, lines


async def test_a_key_of_any_node_is_learned(autojump_clock: MockClock) -> None:
    (found,), lines = await learned((1, press(CALC), press(CALC, down=0)))
    assert (found.name, found.keys) == ("KEY_CALC", [RawKey(1, 140, 0xC0192)])
    assert [type(line) for line in lines] == [Asked, Events, Outcome]
    assert isinstance(lines[-1], Outcome)
    assert lines[-1].how == "understood"


async def test_a_key_with_a_symbol_is_what_the_driver_takes_it_for(autojump_clock: MockClock) -> None:
    _, lines = await learned((0, press(KP1), press(KP1, down=0)))
    assert [(line.symbol, line.down) for line in lines if isinstance(line, Meant)] == [("1", True), ("1", False)]


async def test_all_keys_of_one_press_belong_together(autojump_clock: MockClock) -> None:
    (found,), _ = await learned((0, press(LEFTCTRL), press(C), press(C, down=0), press(LEFTCTRL, down=0)))
    assert found.name == "KEY_C+KEY_LEFTCTRL"
    (found,), lines = await learned((0, press(C), press(F1)))
    assert (found.name, len(found.keys)) == ("", 2)
    assert isinstance(lines[-1], Outcome)
    assert lines[-1].how == "not understood"


@pytest.mark.parametrize(("act", "took"), [("enter", 0), (None, PATIENCE)])
async def test_a_step_without_a_key_goes_on(act: object, took: float, autojump_clock: MockClock) -> None:
    (found,), lines = await learned(act)
    assert (found.keys, found.name) == ([], "")
    assert isinstance(lines[-1], Outcome)
    assert (lines[-1].how, lines[-1].at) == ("nothing", took)


async def test_what_was_pressed_too_late_is_not_the_next_steps(autojump_clock: MockClock) -> None:
    found, _ = await learned("enter", (0, press(F1)), steps=(MUTE, CALL))
    assert [each.name for each in found] == ["", "KEY_F1"]


async def test_other_keys_are_shown_until_none_comes(autojump_clock: MockClock) -> None:
    nodes = Nodes("pad")
    shown: list[RawKey] = []
    learner = Learner(KeypadConfig(), nodes.open, Person(nodes), lambda _line: None)
    async with learner.opened():
        nodes.send([*press(F1), *press(F1, down=0)])
        await learner.watch(shown.append)
    assert [key.name for key in shown] == ["KEY_F1"]
    assert trio.current_time() == PATIENCE


async def test_a_device_that_goes_away_ends_it(autojump_clock: MockClock) -> None:
    nodes = Nodes("pad")
    learner = Learner(KeypadConfig(), nodes.open, Person(nodes), lambda _line: None)

    async def unplugged() -> None:
        async with learner.opened():
            os.close(nodes.nodes[0].far)
            nodes.nodes[0].far = os.dup(0)
            await trio.sleep(math.inf)

    with pytest.raises(BaseExceptionGroup) as group:
        await unplugged()
    assert isinstance(first(group.value), DeviceLost)


# recordings


def recorded(*lines: Line) -> Recording:
    return read("".join(map(as_line, (HEADER, *lines))))


def test_a_recording_is_read_as_it_was_written() -> None:
    lines: list[Line] = [Asked(0.0, "mute"), Events(1.0, 1, press(CALC)), Outcome(1.6, "mute", "understood")]
    found = recorded(*lines)
    assert "".join(map(as_line, (found.header, *found.lines))) == "".join(map(as_line, (HEADER, *lines)))
    seen = replayed(found, [MUTE])
    assert [each.name for each in seen.learned] == ["KEY_CALC"]
    assert (seen.learned[0].step, list(seen.different)) == (MUTE, [])


def test_a_driver_that_takes_events_for_something_else_is_noticed() -> None:
    right: list[Line] = [Events(1.0, 0, press(KP1)), Meant(1.0, "1", down=True)]
    assert list(replayed(recorded(*right), []).different) == []
    assert list(replayed(recorded(right[0]), []).different) == [2]
    assert list(replayed(recorded(right[0], Meant(1.0, "2", down=True)), []).different) == [3, 2]
    assert list(replayed(recorded(Events(1.0, 0, press(F1)), right[1]), []).different) == [3]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1"),
        ('{"offhook_keypad_recording":2,"name":"x","origin":"y"}', "version 2"),
        (as_line(HEADER) + "{}\n", "line 2"),
        (as_line(HEADER) + as_line(Events(0, 2, [])), "node 2: expected 0 to 1"),
        (as_line(HEADER) + as_line(Events(0, 0, [(1, 70000, 1)])), r"line 2: event \[1, 70000, 1\]"),
        ("x" * (5 << 20), "characters"),
    ],
)
def test_what_is_no_recording_is_refused_with_its_line(text: str, why: str) -> None:
    with pytest.raises(RecordingError, match=why):
        read(text)


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    with suppress(RecordingError):
        assert read(as_line(HEADER) + text).header == read(as_line(HEADER)).header


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_recording_means_what_it_meant(path: Path) -> None:
    """A new one needs nothing but its file there. A step that was not understood names no key."""
    recording = read(path.read_text())
    seen = replayed(recording, [])
    assert seen.different == []
    hows = [line.how for line in recording.lines if isinstance(line, Outcome)]
    assert hows
    assert ["understood" if each.name else "not" for each in seen.learned] == [
        "understood" if how == "understood" else "not" for how in hows
    ]
