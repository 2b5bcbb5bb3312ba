"""What the text of a day leaves out, and what it never does."""

from datetime import UTC, datetime, timedelta

import pytest

from appliance.simulator.option_types import Generation
from tests.e2e.day.record import LIT, Look, flickers, seen
from tests.e2e.day.tell import text

pytestmark = pytest.mark.generations(Generation.NEW)

MORNING = datetime(2027, 3, 25, 8, tzinfo=UTC)
Lamps = tuple[tuple[str, str], ...]


def look(second: float, *words: str, page: str = "idle", lamps: Lamps = (), **more: tuple[str, ...]) -> Look:
    return Look(MORNING + timedelta(seconds=second), page, words, LIT, lamps, **more)


def test_what_counts_is_told_at_its_beginning_and_at_its_end() -> None:
    assert text([look(60 * minute, f"08:0{minute}") for minute in range(4)]).splitlines() == [
        "08:00:00  [idle] 08:00",
        "08:00:00  lamps: all dark",
        "          … 3 more until 08:03:00  08:03",
    ]


def test_what_is_said_in_turn_is_told_once() -> None:
    turns = [look(4 * turn, ("address", "missed")[turn % 2]) for turn in range(9)]
    assert text(turns).splitlines()[2:] == [
        "08:00:04  [idle] missed",
        "          … 7 more until 08:00:32  address",
    ]


def test_what_is_typed_is_told_digit_by_digit() -> None:
    typed = [look(turn, "Number", "1" * (turn + 1), page="dialling") for turn in range(3)]
    assert [line for line in text(typed).splitlines() if "11" in line] == [
        "08:00:01  [dialling] Number | 11",
        "08:00:02  [dialling] Number | 111",
    ]


def test_a_lamp_that_changes_alone_is_told() -> None:
    lines = text([look(0, "08:00"), look(1, "08:00", lamps=(("muted", "on"),))]).splitlines()
    assert lines[2:] == ["08:00:01  lamps: muted on"]


def test_a_command_is_told_where_nothing_can_be_seen() -> None:
    lines = text([look(0, "08:00"), look(1, "08:00", sent=("hangUp",))]).splitlines()
    assert lines[2:] == ["08:00:01  asks the terminal: hangUp"]


def test_a_page_that_comes_back_is_told_again() -> None:
    pages = [look(second, "x", page=page) for second, page in enumerate(("idle", "notice", "idle"))]
    assert [line[:17] for line in text(pages).splitlines() if "x" in line] == [
        "08:00:00  [idle] ",
        "08:00:01  [notice",
        "08:00:02  [idle] ",
    ]


def test_what_is_over_in_the_blink_of_an_eye_is_left_out_with_all_that_was_done() -> None:
    looks = [look(0, "08:00"), look(5, "requested", sent=("hangUp",)), look(5.1, "08:00", lamps=(("idle", "on"),))]
    assert text(seen(looks)).splitlines()[2:] == ["08:00:05  asks the terminal: hangUp", "08:00:05  lamps: idle on"]


def test_a_page_that_is_there_for_an_instant_flickers() -> None:
    pages = [look(0, "x"), look(1, "alarm", page="login_needed"), look(1.1, "x"), look(9, "bye", page="halted")]
    assert flickers(pages) == ["08:00:01 login_needed: alarm"]


def test_a_page_that_says_what_is_under_way_may_be_short() -> None:
    assert flickers([look(0, "x"), look(1, "ending", page="closing"), look(1.1, "x"), look(9, "x")]) == []
