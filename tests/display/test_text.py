from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appliance.display import fonts
from appliance.display.fonts import BODY, HEAD
from appliance.display.text import LIMIT, MISSING, clean, date, duration, time_of_day, wrap


@pytest.mark.parametrize("text", [None, "", " \n\t ", "\x00\x1b", "\u200b", "\ud800"])
def test_what_shows_nothing_is_a_dash(text: str | None) -> None:
    assert clean(text) == MISSING


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Anna\nLarsen\t", "Anna Larsen"),
        ("Иван", "Иван"),
        ("Е\u0308лкин", "Ёлкин"),
        ("a\u202eb", "ab"),
        ("сло\u00adво", "слово"),
        ("a\u00a0b\u2003c\u2028d\x07e", "a b c d e"),
        ("\ufeffAnna\u200b\u2060 L\u200f", "Anna L"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("a\u200cb\u200d", "ab"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d💻 Anna 🇷🇺 1️⃣", "Anna 1"),
        ("№ 5 ★ VIP", "№ 5 VIP"),
        ("x\u0301\u0302\u0303\u0304\u0305y", "x\u0301\u0302y"),
        ("\u0301Anna \u0301L", "Anna L"),
        ("Anna\U000e0041\ue000\u0378", "Anna"),
    ],
)
def test_text_becomes_one_printable_line(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text(max_size=1000))
def test_a_line_is_short_and_printable(text: str) -> None:
    line = clean(text)
    assert 1 <= len(line) <= LIMIT
    assert line.replace("\u200c", "").replace("\u200d", "").isprintable()  # these join letters


def test_what_is_cut_says_so() -> None:
    assert clean("a" * 10_000) == "a" * (LIMIT - 1) + "…"
    assert clean("张" * 10_000) == "张" * (LIMIT // 4 - 1) + "…"


def test_lines_break_at_spaces() -> None:
    assert wrap("The terminal is not connected to its server", BODY, 124) == (
        "The terminal is not",
        "connected to its server",
    )


def test_a_long_word_is_broken_after_what_comes_before_it() -> None:
    lines = wrap("id " + "x" * 40 + " ok", BODY, 60)
    assert lines[0] == "id"
    assert "".join(lines).replace(" ", "") == "id" + "x" * 40 + "ok"


@given(st.text(max_size=300).map(clean), st.sampled_from([BODY, HEAD]))
@example('W0"0* ¨ ´ÉÐÖäïçö\U00020bb6', HEAD)
def test_wrapping_keeps_every_character_and_the_width(text: str, face: fonts.Face) -> None:
    lines = wrap(text, face, 124)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(fonts.width(line, face) <= 124 + 2 for line in lines if len(line) > 1)  # 2: letters that overhang


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-3, "00:00"),
        (0, "00:00"),
        (65.9, "01:05"),
        (3599.99, "59:59"),
        (3600, "1:00:00"),
        (45296, "12:34:56"),
        (1e12, "99:59:59"),
    ],
)
def test_duration(seconds: float, shown: str) -> None:
    assert duration(seconds) == shown


def test_clock_and_date() -> None:
    clock = datetime(2026, 3, 1, 9, 7)  # noqa: DTZ001  # the wall clock of the room
    assert (time_of_day(clock), *map(str, date(clock))) == ("09:07", "Sun", "1 Mar")
    assert (time_of_day(None), *map(str, date(None))) == (MISSING, MISSING, MISSING)
