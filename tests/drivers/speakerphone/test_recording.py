from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.speakerphone.recording import (
    Asked,
    Header,
    Heard,
    Line,
    Lit,
    Outcome,
    RecordingError,
    Sent,
    Understood,
    as_line,
    in_hex,
    read,
)

HEADER = Header(name="Phone", product="0b0e:0420", origin="recorded", descriptor="05 0c")
LINES: list[Line] = [
    Asked(0.0, "call"),
    Heard(1.25, "02 01"),
    Understood(1.25, "HookOff()"),
    Lit(1.3, ["off_hook"]),
    Sent(1.3, "02 01"),
    Outcome(1.3, "call", "understood"),
]
FIRST = as_line(HEADER)


def test_what_is_written_is_read() -> None:
    recording = read(FIRST + "".join(map(as_line, LINES)))
    assert recording.header == HEADER
    assert recording.lines == LINES


def test_a_line_is_for_people() -> None:
    assert as_line(LINES[1]) == '{"what":"heard","at":1.25,"report":"02 01"}\n'
    assert in_hex(b"\x02\xff") == "02 ff"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "line 1: "),
        ("{}\n", "line 1: .*missing required field"),
        (FIRST.replace(":1,", ":2,", 1), "line 1: version 2: expected 1"),
        (FIRST.replace("05 0c", "05 0"), "line 1: '05 0': expected bytes in hex"),
        (FIRST + "nonsense\n", "line 2: "),
        (FIRST + '\n{"what":"felt","at":0.0}\n', "line 3: Invalid value 'felt'"),
        (FIRST + '{"what":"heard","at":0.0,"report":"0x02"}\n', "line 2: '0x02': expected bytes in hex"),
        (" " * 5_000_000, "5000000 characters: expected at most"),
    ],
)
def test_what_is_no_recording_says_where_and_why(text: str, wrong: str) -> None:
    with pytest.raises(RecordingError, match=wrong):
        read(text)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(RecordingError):
        read(FIRST + text)
