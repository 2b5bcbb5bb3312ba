"""What `[readers.NAME]` may say."""

from pathlib import Path

import pytest

from appliance.config.load import ConfigError, parse

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "127.0.0.1"\n[readers.badge]\ndevice = "RFID"\n'


def mistakes(lines: str) -> list[str]:
    try:
        parse(ROOM + lines + "\n", Path("room.toml"))
    except ConfigError as error:
        return str(error).splitlines()
    return []


@pytest.mark.parametrize("code", ["0006871123", "https://Example.com/?a=1", "a b", "]C101\\u001D10", "Д-17", "1" * 256])
def test_a_code_that_a_reader_can_type(code: str) -> None:
    assert mistakes(f'codes = {{ "{code}" = "redial" }}') == []


@pytest.mark.parametrize("code", ["", " 1", "1 ", "1\\n", "\\u001b1", "é", "\\u00a0x", "1" * 257])
def test_a_code_that_can_never_be_read_is_a_mistake(code: str) -> None:
    (mistake,) = mistakes(f'codes = {{ "12" = "redial", "{code}" = "redial" }}')
    assert mistake == (
        "room.toml:7: readers.badge.codes: `codes`, number 2: no reader can type this code; "
        "expected 1 to 256 characters, without spaces around them, or another `alt_codes`"
    )


def test_whether_it_can_depends_on_the_alt_codes() -> None:
    assert mistakes('alt_codes = "western"\ncodes = { "é" = "redial" }') == []
    assert len(mistakes('alt_codes = "cyrillic"\ncodes = { "é" = "redial" }')) == 1


def test_code_pages_that_there_are() -> None:
    (mistake,) = mistakes('alt_codes = "russian"')
    assert mistake == (
        "room.toml:7: readers.badge.alt_codes: 'russian' is none of the possible values; "
        "expected one of ascii, western, cyrillic"
    )
