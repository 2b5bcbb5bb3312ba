"""Whether a new version works: every combination of what counts."""

from itertools import product

import pytest

from appliance.card.update.state import Before
from appliance.card.update.verdict import Health, wrong

WAS_UP = Before("A", "0.1.0", "1", link=True, offline=("keypad",))
WAS_DOWN = Before("A", "0.1.0", "1", link=False, offline=("keypad",))


def test_the_firmware_has_to_run() -> None:
    for before, answers in product((WAS_UP, WAS_DOWN), (True, False)):
        assert str(wrong(None, before, answers=answers)) == "the service did not become ready"


def test_a_link_that_is_up_is_enough() -> None:
    for before, answers, offline in product((WAS_UP, WAS_DOWN), (True, False), ((), ("display", "keypad"))):
        assert not wrong(Health("up", offline), before, answers=answers)


@pytest.mark.parametrize("phase", ["starting", "down", "refused", "evicted"])
def test_a_terminal_that_answers_and_gives_no_session_speaks_against_it(phase: str) -> None:
    assert str(wrong(Health(phase), WAS_UP, answers=True)).startswith("the terminal answers")
    assert not wrong(Health(phase), WAS_DOWN, answers=True)


@pytest.mark.parametrize("before", [WAS_UP, WAS_DOWN])
def test_a_terminal_that_is_absent_says_nothing_if_all_else_is_as_it_was(before: Before) -> None:
    assert not wrong(Health("down", ("keypad", "link")), before, answers=False)
    assert not wrong(Health("down"), before, answers=False)
    missing = wrong(Health("down", ("button call", "display", "keypad")), before, answers=False)
    assert str(missing) == "out of order since: button call, display"
