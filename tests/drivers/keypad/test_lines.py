from hypothesis import given
from hypothesis import strategies as st

from drivers.keypad.lines import END, LONGEST, SHIFT, TOGETHER, TYPED, Lines
from drivers.keypad.reader import KeyEvent

CODES = {}
for _code, _pair in sorted(TYPED.items(), reverse=True):
    if _pair not in (SHIFT, END):
        CODES[_pair[1]], CODES[_pair[0]] = (_code, True), (_code, False)


def typed(lines: Lines, text: str, at: float = 1.0, pause: float = 0.001) -> float:
    """Types as a reader does, Shift where a character needs it; when the last key was."""
    for character in text:
        code, shift = CODES[character]
        if shift:
            assert lines.key(KeyEvent(SHIFT, True), at) is None
        for down in (True, False):
            assert lines.key(KeyEvent(TYPED[code], down), at) is None
        if shift:
            assert lines.key(KeyEvent(SHIFT, False), at) is None
        at += pause
    return at - pause


def end(lines: Lines, at: float) -> str | None:
    return lines.key(KeyEvent(END, True), at)


@given(st.text(sorted(CODES), min_size=1, max_size=LONGEST).filter(str.strip))
def test_whatever_can_be_typed_is_read(text: str) -> None:
    lines = Lines()
    assert end(lines, typed(lines, text)) == text.strip()


def test_every_printable_character_can_be_typed() -> None:
    assert set(CODES) >= {chr(number) for number in range(32, 127)}


def test_lines_follow_each_other() -> None:
    lines = Lines()
    at = typed(lines, "0006871123")
    assert end(lines, at) == "0006871123"
    assert lines.key(KeyEvent(END, False), at) is None
    assert end(lines, at) is None
    assert end(lines, typed(lines, "https://Example.com/?a=1", at)) == "https://Example.com/?a=1"


def test_what_was_begun_long_before_is_forgotten() -> None:
    lines = Lines()
    at = typed(lines, "12")
    assert end(lines, typed(lines, "34", at + TOGETHER + 0.1)) == "34"
    typed(lines, "56", 50.0)
    assert end(lines, 60.0) is None


def test_what_is_too_long_is_nothing_and_the_next_one_is_read() -> None:
    lines = Lines()
    at = typed(lines, "1" * LONGEST)
    assert end(lines, at) == "1" * LONGEST
    at = typed(lines, "1" * (LONGEST + 1), at)
    assert end(lines, at) is None
    assert end(lines, typed(lines, "2", at)) == "2"
