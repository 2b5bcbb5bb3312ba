"""`[calendar]`: one address, never in clear text, and never said."""

from pathlib import Path

import pytest

from appliance.calendar.config import CalendarConfig
from appliance.config.load import ConfigError, parse
from appliance.config.secrets.exposed import exposed
from tests.config.secrets.test_exposed import open_folder, written  # noqa: F401  # the fixture

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.1"\n[calendar]\n'
SECRET = "https://cal.example.com/private/8e1f2c/room.ics"


@pytest.mark.parametrize(
    ("lines", "key", "words"),
    [
        ("refresh = 5", "calendar", "exactly one"),
        (f'ics = "{SECRET}"\ncaldav = "https://cal.example.com/room/"', "calendar", "exactly one"),
        ('ics = "http://cal.example.com/private/8e1f2c"', "calendar.ics", "https://HOST/PATH"),
        ('caldav = "cal.example.com/8e1f2c"', "calendar.caldav", "https://HOST/PATH"),
        ('ics = "https://[8e1f2c"', "calendar.ics", "https://HOST/PATH"),
        (f'ics = "{SECRET}"\nuser = "room"', "calendar.user", "`password_file` beside it"),
        (f'ics = "{SECRET}"\nrefresh = 0', "calendar.refresh", "1"),
    ],
)
def test_what_cannot_be_meant(lines: str, key: str, words: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        parse(ROOM + lines, Path("room.toml"), None)
    assert f"{key}: " in str(wrong.value)
    assert words in str(wrong.value)
    assert "8e1f2c" not in str(wrong.value)


def test_an_address_is_in_no_repr() -> None:
    assert "8e1f2c" not in repr(CalendarConfig(ics=SECRET))


def test_address_and_password_from_files(open_folder: Path) -> None:  # noqa: F811  # the fixture
    address, password = (written(open_folder / name, f"{text}\n", 0o644) for name, text in (("a", SECRET), ("p", "x")))
    lines = f'ics_file = "{address}"\nuser = "room"\npassword_file = "{password}"'
    room = parse(ROOM + lines, Path("room.toml"), open_folder)
    assert room.calendar is not None
    assert (room.calendar.address(), room.calendar.login()) == (SECRET, ("room", "x"))
    assert [each.key for each in exposed(room, open_folder / "room.toml")] == [
        "calendar.ics_file",
        "calendar.password_file",
    ]
    address.unlink()
    with pytest.raises(ConfigError, match=r"calendar\.ics_file: "):
        parse(ROOM + lines, Path("room.toml"), open_folder)
