"""`[access]`, and passwords that nobody could read or type."""

from pathlib import Path

import pytest

from appliance.config.load import parse
from appliance.config.tables.access import NO_ACCESS
from tests.config.test_schema import ROOM, mistakes

BUTTON = '[buttons.a]\npin = 17\npress = "none"\nheld = "show_password"\n'
PANEL = '[panel]\nlisten = "127.0.0.1:8080"\n'


def test_left_out_it_is_as_it_was() -> None:
    assert (NO_ACCESS.view, NO_ACCESS.session_idle, NO_ACCESS.session_longest) == ("open", 30, 12)


@pytest.mark.parametrize(
    ("text", "missing"), [(PANEL, "display"), ("[display]\n", "panel"), ("", "display")], ids=["panel", "display", "-"]
)
def test_a_password_that_nobody_could_read_or_type(text: str, missing: str) -> None:
    (mistake,) = mistakes(f"{ROOM}{BUTTON}{text}")
    assert "buttons.a.held" in mistake
    assert mistake.endswith(f"`show_password` needs [{missing}]")


def test_with_a_display_and_pages_it_is_right() -> None:
    assert parse(f"{ROOM}{BUTTON}{PANEL}[display]\n", Path("room.toml")).access is NO_ACCESS


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('view = "nobody"', "access.view"),
        ("session_idle = 0", "access.session_idle"),
        ("session_longest = 73", "access.session_longest"),
        ("password = 1", "access.password"),
    ],
)
def test_values_that_cannot_be(line: str, expected: str) -> None:
    (mistake,) = mistakes(f"{ROOM}[access]\n{line}\n")
    assert expected in mistake


PAIR = '[buttons.a]\npin = 17\npress = "pair"\n'
SECURE = '[panel]\nlisten = "192.168.1.7:8443"\ncertificate = "/c.pem"\nkey = "/k.pem"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[display]\n", "needs [panel] with a `certificate`"),
        (f"[display]\n{PANEL}", "needs [panel] with a `certificate`"),
        (f"[display]\n{SECURE.replace('192.168.1.7', '127.0.0.1')}", "needs [panel] with a `certificate`"),
        (SECURE, "`pair` needs [display] or [kiosk]"),
        (f'{SECURE}[kiosk]\npage = "door"\n', "`pair` needs [display] or [kiosk]"),
    ],
    ids=["no pages", "no certificate", "this machine alone", "nothing to show it on", "a door"],
)
def test_a_code_that_no_phone_could_use(text: str, says: str) -> None:
    (mistake,) = mistakes(f"{ROOM}{PAIR}{text}")
    assert "buttons.a.press" in mistake
    assert says in mistake


@pytest.mark.parametrize("shown", ["[display]\n", "[kiosk]\n"])
def test_with_a_certificate_and_something_to_show_it_a_phone_is_paired(shown: str) -> None:
    parse(f"{ROOM}{PAIR}{SECURE}{shown}", Path("room.toml"))
