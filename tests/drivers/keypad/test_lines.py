from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.keypad.codes import CODES as KERNEL
from drivers.keypad.key_events import LOST, KeyEvent
from drivers.keypad.reader.alt_codes import LONGEST_CODE, AltCodes, has
from drivers.keypad.reader.layout import END, READER_KEYS, SHIFT, TYPED, UNKNOWN
from drivers.keypad.reader.lines import LONGEST, TOGETHER, Lines, Refused

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


def end(lines: Lines, at: float) -> str | Refused | None:
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


def press(lines: Lines, *keys: str, at: float = 1.0) -> list[str | Refused]:
    """Moves keys, by what they are in `READER_KEYS`: `+shift` goes down, `-shift` up, `a` both; returns the lines."""
    ended = []
    for key in keys:
        name = key[1:] if len(key) > 2 and key[0] in "+-" else key
        for down in {"+": (True,), "-": (False,)}.get(key[0] if name != key else "", (True, False)):
            ended += [lines.key(KeyEvent(KEYS.get(name, name), down), at)]
    return [each for each in ended if each is not None]


KEYS = {f"KP{digit}": f"{digit}{digit}" for digit in range(10)}
KEYS |= {pair[0]: pair for pair in sorted(TYPED.values(), key=lambda pair: pair[0] != pair[1])}
KEYS |= {name: name for name in (SHIFT, END)}


def alt(*digits: int | str) -> list[str]:
    """An Alt code for each."""
    return [key for code in digits for key in ("+alt", *(f"KP{digit}" for digit in str(code)), "-alt")]


class TestAltCodes:
    def test_are_decoded(self) -> None:
        assert press(Lines(), *alt(65, 98), END) == ["Ab"]
        assert press(Lines(), "x", *alt("065", "0098"), "y", END) == ["xAby"]

    @pytest.mark.parametrize(
        ("alt_codes", "code", "character"),
        [
            ("cyrillic", "143", "П"),
            ("cyrillic", "0207", "П"),
            ("cyrillic", "0184", "ё"),
            ("western", "130", "é"),
            ("western", "0233", "é"),
            ("western", "0128", "€"),
            *((each, "1055", "П") for each in get_args(AltCodes)),
            *((each, "8364", "€") for each in get_args(AltCodes)),
            *((each, "029", "\x1d") for each in get_args(AltCodes)),
        ],
    )
    def test_of_a_language(self, alt_codes: AltCodes, code: str, character: str) -> None:
        assert press(Lines(alt_codes), "a", *alt(code), "b", END) == [f"a{character}b"]
        assert has(character, alt_codes)

    @pytest.mark.parametrize("code", ["143", "0207", "255", "127", "0", "000", "29", "7", "07", "55296", "9999999"])
    def test_that_are_not_certain_are_refused(self, code: str) -> None:
        assert press(Lines(), "a", *alt(code), "b", END, "c", END) == [CANNOT_BE_DECODED, "c"]

    @pytest.mark.parametrize(("alt_codes", "code"), [("cyrillic", "0152"), ("western", "0129")])
    def test_that_no_character_has_are_refused(self, alt_codes: AltCodes, code: str) -> None:
        assert press(Lines(alt_codes), *alt(code), END) == [CANNOT_BE_DECODED]

    def test_can_end_a_line(self) -> None:
        assert press(Lines(), "a", *alt("013"), "b", END) == ["a", "b"]

    @pytest.mark.parametrize("key", ["6", "a", "--", "..", SHIFT, "ctrl", "modifier"])
    def test_with_another_key_are_refused(self, key: str) -> None:
        keys = [f"+{key}", "KP5", f"-{key}"] if key in ("ctrl", "modifier", SHIFT) else [key, "KP5"]
        (refused, line) = press(Lines(), "+alt", "KP6", *keys, "-alt", END, "b", END)
        assert isinstance(refused, Refused)
        assert line == "b"

    def test_that_are_too_long_are_refused(self) -> None:
        assert isinstance(press(Lines(), *alt("00000065"), END)[0], Refused)

    def test_alt_alone_types_nothing(self) -> None:
        assert press(Lines(), "a", "alt", "b", END) == ["ab"]

    def test_do_not_reach_into_the_next_line(self) -> None:
        (refused, line) = press(Lines(), "+alt", "KP6", "KP5", END, "-alt", "b", END)
        assert isinstance(refused, Refused)
        assert line == "b"

    def test_with_a_pause_are_refused(self) -> None:
        lines = Lines()
        assert press(lines, "+alt", "KP1", at=1.0) == []
        assert press(lines, "KP6", "KP5", "-alt", END, at=2.5) == [Refused("a pause within an Alt code")]


class TestControl:
    @pytest.mark.parametrize(
        ("keys", "separator"),
        [
            (["]"], "\x1d"),
            (["\\"], "\x1c"),
            (["+shift", "6", "-shift"], "\x1e"),
            (["6"], "\x1e"),
            (["+shift", "-", "-shift"], "\x1f"),
            (["d"], "\x04"),
        ],
    )
    def test_makes_separators(self, keys: list[str], separator: str) -> None:
        assert press(Lines(), "a", "+ctrl", *keys, "-ctrl", "b", END) == [f"a{separator}b"]
        assert press(Lines(), "+ctrl", *keys, "-ctrl", END) == [separator]

    @pytest.mark.parametrize("key", ["a", "c", "v", "m", "5", "[", "KP6"])
    @pytest.mark.parametrize("modifier", ["ctrl", "modifier"])
    def test_and_others_with_another_key_are_refused(self, modifier: str, key: str) -> None:
        for keys in ([f"+{modifier}", key, f"-{modifier}"], [f"+{modifier}", key, f"-{modifier}", "x"]):
            assert [type(each) for each in press(Lines(), "1", *keys, END)] == [Refused]

    @pytest.mark.parametrize("modifier", ["ctrl", "modifier", "alt"])
    def test_that_stays_down_refuses_everything(self, modifier: str) -> None:
        assert [type(each) for each in press(Lines(), f"+{modifier}", "1", END, END, "2", END)] == [Refused] * 3


class TestCapsLock:
    def test_turns_letters_and_nothing_else(self) -> None:
        assert press(Lines(), "a", "caps lock", "b", "1", "+shift", "c", "1", "-shift", "caps lock", "d", END) == [
            "aB1c!d"
        ]

    def test_stays_from_line_to_line(self) -> None:
        assert press(Lines(), "caps lock", "a", END, "b", END, "caps lock", "c", END) == ["A", "B", "c"]


@pytest.mark.parametrize("name", ["KEY_102ND", "KEY_BACKSPACE", "KEY_LEFT", "KEY_ESC", "KEY_HOME", "KEY_YEN", "KEY_F8"])
def test_a_key_that_types_something_else_refuses_the_line(name: str) -> None:
    (refused, line) = press(Lines(), "1", f"+{READER_KEYS[KERNEL[name]]}", "2", END, "3", END)
    assert isinstance(refused, Refused)
    assert line == "3"


@pytest.mark.parametrize("name", ["KEY_NUMLOCK", "KEY_SCROLLLOCK", "KEY_VOLUMEUP"])
def test_a_key_that_types_nothing_is_not_heard(name: str) -> None:
    assert KERNEL[name] not in READER_KEYS


def test_what_is_on_other_keys_of_the_numeric_block() -> None:
    kernel = (KERNEL[f"KEY_KP{name}"] for name in ("EQUAL", "COMMA", "LEFTPAREN", "RIGHTPAREN", "ASTERISK", "SLASH"))
    assert press(Lines(), *(READER_KEYS[code] for code in kernel), END) == ["=,()*/"]


class TestLost:
    def test_a_line_that_lost_events_is_refused(self) -> None:
        lines = Lines()
        press(lines, "1", "+shift")
        assert [lines.key(event, 1.0) for event in (LOST, KeyEvent(SHIFT, down=False, lost=True))] == [None, None]
        assert press(lines, "2", END, "3", END) == [Refused("events were lost"), "3"]

    def test_a_line_that_lost_its_beginning_is_refused(self) -> None:
        lines = Lines()
        assert press(lines, "1", END) == ["1"]
        lines.key(LOST, 60.0)
        assert press(lines, "2", END, at=60.0) == [Refused("events were lost")]

    @pytest.mark.parametrize("before", [[], ["caps lock"], ["caps lock", "caps lock"]])
    def test_leaves_nobody_sure_of_caps_lock_so_letters_are_refused(self, before: list[str]) -> None:
        lines = Lines()
        press(lines, *before)
        lines.key(LOST, 1.0)
        at = 10.0
        for keys in (["1", "a"], ["+shift", "a", "-shift"], ["caps lock", "a", "caps lock", "a"], ["a", "1"]):
            at += 10.0
            (line,) = press(lines, *keys, END, at=at)
            assert isinstance(line, Refused)
            assert "Caps Lock" in line.why

    def test_leaves_what_caps_lock_does_not_turn(self) -> None:
        lines = Lines()
        lines.key(LOST, 1.0)
        keys = ["1", "+shift", "1", "-shift", "-", *alt(65), "+ctrl", "]", "-ctrl"]
        assert press(lines, *keys, END, at=10.0) == ["1!-A\x1d"]

    def test_is_over_when_the_reader_has_been_quiet(self) -> None:
        lines = Lines()
        lines.key(LOST, 1.0)
        assert press(lines, "2", END, at=3.0) == ["2"]


CANNOT_BE_DECODED = Refused("an Alt code that cannot be decoded")

anything = st.builds(KeyEvent, st.sampled_from(sorted({*READER_KEYS.values()})), st.booleans(), st.booleans())
moments = st.sampled_from([0.0, 0.001, 0.5, TOGETHER + 0.1])


@given(st.lists(st.tuples(anything | st.just(LOST), moments), max_size=300), st.sampled_from(get_args(AltCodes)))
def test_nothing_raises_and_nothing_grows(events: list[tuple[KeyEvent, float]], alt_codes: AltCodes) -> None:
    lines, now = Lines(alt_codes), 1.0
    for event, pause in events * 3:
        now += pause
        line = lines.key(event, now)
        assert line is None or isinstance(line, Refused) or 0 < len(line) <= LONGEST
        assert len(lines._text) <= LONGEST + 1
        assert len(lines._code or "") <= LONGEST_CODE


plain = st.sampled_from(sorted(pair for pair in {*TYPED.values()} if len(pair) == 2 and pair[0] != " "))
good = st.one_of(
    plain.map(lambda pair: ([pair], pair[0])),
    plain.map(lambda pair: (["+shift", pair, "-shift"], pair[1])),
    st.integers(33, 126).map(lambda number: (alt(number), chr(number))),
    st.integers(0x410, 0x44F).map(lambda number: (alt(number), chr(number))),
    st.just((["+ctrl", "]}", "-ctrl"], "\x1d")),
)
bad = st.one_of(
    st.integers(128, 255).map(alt),
    st.integers(0, 31).map(alt),
    plain.filter(lambda pair: pair not in ("]}", "\\|", "6^", "-_", "dD")).map(lambda pair: ["+ctrl", pair, "-ctrl"]),
    plain.map(lambda pair: ["+modifier", pair, "-modifier"]),
    plain.filter(lambda pair: not pair.isdecimal()).map(lambda pair: ["+alt", pair, "-alt"]),
    st.just([UNKNOWN]),
)


@given(st.lists(good, min_size=1, max_size=20), st.none() | st.tuples(st.integers(0, 20), bad))
def test_a_line_is_what_was_typed_or_is_refused(
    parts: list[tuple[list[str], str]], wrong: tuple[int, list[str]] | None
) -> None:
    typed = [keys for keys, _ in parts]
    if wrong is not None:
        typed.insert(*wrong)
    (line,) = press(Lines(), *(key for keys in typed for key in keys), END)
    assert isinstance(line, Refused) if wrong is not None else line == "".join(text for _, text in parts)
