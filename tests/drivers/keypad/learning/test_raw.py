"""Keys as they are sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.keypad.codes import MOST
from drivers.keypad.learning.raw import RawKey, named_as, pressed
from tests.drivers.keypad.learning.scripted_nodes import CALC, F1, LEFTCTRL, C, press


def test_a_key_has_the_scan_code_that_was_sent_before_it() -> None:
    assert pressed(1, [*press(F1), *press(F1, down=0), *press(CALC)]) == [
        RawKey(1, 59, 0x7003A),
        RawKey(1, 140, 0xC0192),
    ]
    assert pressed(0, [(1, 59, 1), (0, 0, 0)]) == [RawKey(0, 59)]


def test_a_scan_code_belongs_to_one_key_and_repeats_are_no_presses() -> None:
    assert pressed(0, [(4, 4, 0x7003A), (1, 59, 1), (1, 60, 1), (1, 59, 2)]) == [RawKey(0, 59, 0x7003A), RawKey(0, 60)]


@pytest.mark.parametrize(
    ("scan", "usage"),
    [(0x7003A, "07:003a"), (0xC0192, "0c:0192"), (-0xFFFFF, "fff0:0001"), (0x3A, "0x3a"), (None, ""), (0, "0x0")],
)
def test_scan_codes_of_hid_are_usages(scan: int | None, usage: str) -> None:
    events = [(1, 59, 1)] if scan is None else [(4, 4, scan), (1, 59, 1)]
    assert [key.usage for key in pressed(0, events)] == [usage]


@pytest.mark.parametrize(
    ("codes", "name"),
    [
        ([59], "KEY_F1"),
        ([266], "CODE_266"),
        ([C[0], LEFTCTRL[0]], "KEY_C+KEY_LEFTCTRL"),
        ([82, 82, 82], "KEY_KP0"),
        ([C[0], 59], ""),
        ([], ""),
    ],
)
def test_one_press_has_one_name_or_none(codes: list[int], name: str) -> None:
    assert named_as(codes) == name


@given(st.lists(st.tuples(st.integers(0, 31), st.integers(0, MOST), st.integers(-(2**31), 2**31 - 1))))
def test_nothing_that_is_sent_is_a_mistake(events: list[tuple[int, int, int]]) -> None:
    for key in pressed(0, events):
        assert key.name
        assert (1, key.code, 1) in events
