"""Patterns: their words, what they show when, and that nobody wakes up for nothing."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.outputs.patterns import BUILT_IN, COLOURS, MOST_STEPS, Pattern, Step, channels, colour_of, pattern
from drivers.outputs.timeline import Timeline


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        (["on"], (Step(1.0),)),
        (["off"], (Step(0.0),)),
        (["30%"], (Step(0.3),)),
        (["red"], (Step(1.0, "#ff0000"),)),
        (["#FF8000 2"], (Step(1.0, "#ff8000", 2000),)),
        (["on 0.5", "off 0.05"], (Step(1.0, "", 500), Step(0.0, "", 50))),
        ([" 100%  60 ", "0% 1"], (Step(1.0, "", 60_000), Step(0.0, "", 1000))),
    ],
)
def test_words(words: list[str], steps: tuple[Step, ...]) -> None:
    assert pattern(words) == Pattern(steps)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "0 steps; expected 1 to 32"),
        (["on 1"] * (MOST_STEPS + 1), "33 steps; expected 1 to 32"),
        (["on", "off 1"], "step 'on' lasts 0 s; expected 0.05 to 60 seconds"),
        (["on 0.04", "off 1"], "step 'on 0.04' lasts 0.04 s; expected 0.05 to 60 seconds"),
        (["on 61", "off 1"], "step 'on 61' lasts 61 s"),
        (["101% 1"], "step '101% 1': expected 0% to 100%"),
        (["mauve 1"], "'mauve' is no colour; expected one of white, red"),
        (["on 1 2"], 'step \'on 1 2\' cannot be read; expected "on", "off"'),
        (["on -1"], "cannot be read"),
        (["on nan"], "cannot be read"),
        (["#ff 1"], "cannot be read"),
        (["١% 1"], "cannot be read"),
    ],
)
def test_what_is_no_pattern(words: list[str], why: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011  # its words are compared
        pattern(words)
    assert why in str(caught.value)


@given(st.lists(st.text(max_size=12), max_size=4))
def test_any_words_are_a_pattern_or_refused(words: list[str]) -> None:
    try:
        found = pattern(words)
    except ValueError:
        return
    assert len(found.steps) == len(words)


@given(st.lists(st.tuples(st.booleans(), st.integers(50, 60_000)), min_size=1, max_size=8), st.integers(0, 10**9))
def test_every_change_is_one_and_none_is_missed(values: list[tuple[bool, int]], moment: int) -> None:
    line = Timeline(values)
    change = line.changes_at(moment)
    if change == math.inf:
        assert len({value for value, _ in values}) == 1
        return
    assert moment < change <= moment + sum(time for _, time in values)
    assert line.at(int(change) - 1) == line.at(moment)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(50, 900)), min_size=2, max_size=6))
def test_it_is_what_a_clock_would_show(values: list[tuple[int, int]]) -> None:
    line, period = Timeline(values), sum(time for _, time in values)
    shown = [value for value, time in values for _ in range(time)]
    assert [line.at(moment) for moment in range(0, 2 * period, 7)] == [
        shown[moment % period] for moment in range(0, 2 * period, 7)
    ]


def test_what_looks_the_same_wakes_nobody() -> None:
    breathing = pattern([f"{level}% 0.1" for level in (10, 30, 60, 90, 60, 30)])
    line = breathing.timeline(lambda step: step.lit)
    assert [line.changes_at(moment) for moment in (0, 250, 550)] == [200, 500, 600]


def test_colours() -> None:
    assert [colour_of(name) for name in COLOURS] == list(COLOURS.values())
    assert channels(colour_of("#0A0b0C")) == (10, 11, 12)


def test_every_room_has_the_same_patterns() -> None:
    assert {name: each.steady for name, each in BUILT_IN.items()} == {
        "off": True,
        "on": True,
        "blink": False,
        "blink_fast": False,
        "unknown": False,
    }
