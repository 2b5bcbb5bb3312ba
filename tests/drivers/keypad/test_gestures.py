import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.gpio.debounce import Kind
from drivers.keypad.gestures import TOGETHER, Gestures, Watched
from drivers.keypad.key_events import KeyEvent

HOLD = 1.0
WATCHED = {
    "*": Watched(hold=HOLD, typed=True),  # types a star, unless it is held
    "left": Watched(),  # moves a camera for as long as it is down
    "mute": Watched(hold=HOLD),  # acts at once, and again when it is held
    "3": Watched(hold=HOLD, typed=True),  # part of a chord, and can be held
    "1+3": Watched(),
    "7+8": Watched(hold=HOLD, typed=True),
    "4": Watched(hold=HOLD, release=False),  # a letter, if it is held
}
CHORDS = {frozenset("13"): "1+3", frozenset("78"): "7+8", frozenset(("1", "9")): "1+9"}


class Pad:
    """Gestures with a clock: keys are moved at times, deadlines are kept on the way."""

    def __init__(self) -> None:
        self.gestures = Gestures(WATCHED, CHORDS)
        self.now = 10.0
        self.did: list[str] = []

    def wait(self, seconds: float) -> None:
        until = self.now + seconds
        while (deadline := self.gestures.deadline) <= until:
            self.now = deadline
            self.note(self.gestures.check(deadline))
        self.now = until

    def note(self, gestures: list[Any]) -> None:
        self.did += [f"{each.kind} {each.name}" for each in gestures]

    def move(self, *moves: str) -> None:
        """`+5` presses 5, `-5` lets go; 10 ms apart."""
        for move in moves:
            self.wait(0.01)
            self.note(self.gestures.key(KeyEvent(move[1:], move[0] == "+"), self.now))

    @property
    def pressed(self) -> list[str]:
        return [each.removeprefix("pressed ") for each in self.did if each.startswith("pressed")]


@pytest.fixture
def pad() -> Pad:
    return Pad()


def test_of_a_key_whose_release_means_nothing_only_the_hold_matters(pad: Pad) -> None:
    pad.move("+4")
    assert not pad.gestures.under_way  # losing it ends nothing
    pad.wait(HOLD)
    assert pad.did == ["pressed 4", "held 4"]


def test_two_keys_of_the_same_digit_type_it_twice(pad: Pad) -> None:
    pad.move("+4", "+4", "-4", "-4")
    assert pad.pressed == ["4", "4"]


def test_a_plain_key_is_pressed_at_once(pad: Pad) -> None:
    pad.move("+5")
    assert pad.did == ["pressed 5"]
    pad.move("-5")
    assert pad.did == ["pressed 5", "released 5"]
    assert pad.gestures.deadline == math.inf


def test_a_watched_key_is_pressed_at_once_and_held_after_its_time(pad: Pad) -> None:
    pad.move("+mute")
    assert pad.did == ["pressed mute"]
    pad.wait(HOLD - 0.01)
    assert pad.did == ["pressed mute"]
    pad.wait(0.02)
    pad.wait(10)
    pad.move("-mute")
    assert pad.did == ["pressed mute", "held mute", "released mute"]


def test_a_key_that_is_let_go_in_time_is_not_held(pad: Pad) -> None:
    pad.move("+*")
    pad.wait(HOLD - 0.02)
    pad.move("-*")
    pad.wait(10)
    assert pad.did == ["pressed *", "released *"]


def test_what_is_typed_fast_comes_in_the_order_of_its_presses(pad: Pad) -> None:
    pad.move("+*", "+5", "-*", "-5")
    assert pad.did == ["pressed *", "released *", "pressed 5", "released 5"]


def test_a_camera_goes_on_while_another_key_is_pressed(pad: Pad) -> None:
    pad.move("+left", "+5", "-5")
    assert "released left" not in pad.did
    pad.move("-left")
    assert pad.did[-1] == "released left"


class TestChord:
    def test_speaks_in_the_place_of_its_keys(self, pad: Pad) -> None:
        pad.move("+1", "+3")
        assert pad.did == []
        pad.wait(TOGETHER)
        assert pad.did == ["pressed 1+3"]
        pad.move("-1", "-3")
        pad.wait(10)
        assert pad.did == ["pressed 1+3", "released 1+3"]

    def test_in_any_order(self, pad: Pad) -> None:
        pad.move("+3", "+1")
        pad.wait(TOGETHER)
        assert pad.did == ["pressed 1+3"]

    def test_can_be_held(self, pad: Pad) -> None:
        pad.move("+7", "+8")
        pad.wait(TOGETHER + HOLD)
        pad.move("-8", "-7")
        assert pad.did == ["pressed 7+8", "held 7+8", "released 7+8"]

    def test_its_keys_are_typed_on_release_where_it_does_not_come_about(self, pad: Pad) -> None:
        pad.move("+1")
        pad.wait(5)
        assert pad.did == []
        pad.move("-1")
        assert pad.did == ["pressed 1", "released 1"]

    def test_fast_typing_is_none(self, pad: Pad) -> None:
        pad.move("+1", "+3", "-1", "-3")
        pad.wait(10)
        assert pad.pressed == ["1", "3"]

    def test_fast_typing_keeps_its_order(self, pad: Pad) -> None:
        pad.move("+1", "+3", "-3", "-1")
        assert pad.pressed == ["1", "3"]

    def test_another_key_types_what_waited_first(self, pad: Pad) -> None:
        pad.move("+1", "+5")
        assert pad.pressed == ["1", "5"]
        pad.move("-1", "-5")
        pad.wait(10)
        assert pad.pressed == ["1", "5"]

    def test_a_third_key_is_no_chord(self, pad: Pad) -> None:
        pad.move("+1", "+3", "+9")
        pad.wait(10)
        pad.move("-1", "-3", "-9")
        assert pad.pressed == ["1", "3", "9"]

    def test_one_of_its_keys_can_be_held_alone(self, pad: Pad) -> None:
        pad.move("+3")
        pad.wait(HOLD)
        assert pad.did == ["pressed 3", "held 3"]
        pad.move("-3")
        assert pad.did == ["pressed 3", "held 3", "released 3"]

    def test_is_over_with_the_first_key_and_comes_again_when_both_are_pressed_again(self, pad: Pad) -> None:
        pad.move("+1", "+3")
        pad.wait(TOGETHER)
        pad.move("-1", "+1", "-1", "-3", "+1", "+3")
        pad.wait(TOGETHER)
        assert pad.pressed == ["1+3", "1", "1+3"]


def test_two_keys_of_one_meaning_are_one(pad: Pad) -> None:
    pad.move("+*", "+*", "-*", "-*")
    assert pad.did == ["pressed *", "released *"]


def test_what_is_forgotten_comes_to_nothing(pad: Pad) -> None:
    pad.move("+1", "+mute")
    pad.move("-mute", "+*", "+7")
    pad.gestures.forget()
    assert not pad.gestures.under_way
    before = list(pad.did)
    pad.wait(10)
    pad.move("-*", "-7")
    assert pad.did == before


KEYS = ("1", "3", "5", "7", "8", "9", "*", "left", "mute")
moves = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from([0.0, 0.03, 0.2, 1.5])), max_size=30)


@given(moves)
def test_every_press_ends_and_nothing_ends_twice(moves: list[tuple[str, float]]) -> None:
    pad, down = Pad(), set[str]()
    for key, pause in moves:
        pad.move(("-" if key in down else "+") + key)
        down ^= {key}
        pad.wait(pause)
    for key in sorted(down):
        pad.move("-" + key)
    pad.wait(10)
    assert not pad.gestures.under_way
    for name in {each.split()[1] for each in pad.did}:
        kinds = [each.split()[0] for each in pad.did if each.split()[1] == name]
        allowed = {("pressed", "held"), ("pressed", "released"), ("held", "released"), ("released", "pressed")}
        assert set(pairwise(kinds)) <= allowed
        assert (kinds[0], kinds[-1]) == ("pressed", "released")
    assert Kind.PRESSED == "pressed"


@given(st.lists(st.sampled_from("13579*"), max_size=12), st.floats(0, TOGETHER - 0.06))
def test_no_digit_is_lost_and_all_are_in_order_when_keys_overlap(typed: list[str], overlap: float) -> None:
    """Each key is let go after the next has been pressed, as fast fingers do."""
    pad = Pad()
    for before, key in pairwise(["", *typed]):
        if key == before:
            pad.move(f"-{key}")
        pad.move(f"+{key}")
        pad.wait(overlap)
        if before and key != before:
            pad.move(f"-{before}")
    pad.move(*(f"-{key}" for key in typed[-1:]))
    assert pad.pressed == typed


def test_several_holds_come_in_their_order(pad: Pad) -> None:
    pad.gestures = Gestures({"*": Watched(hold=1.0, typed=True, later=(3.0, 5.0))}, {})
    pad.move("+*")
    pad.wait(4)
    assert pad.did == ["pressed *", "held *", "held *"]
    pad.move("-*")
    pad.wait(10)
    assert pad.did == ["pressed *", "held *", "held *", "released *"]
