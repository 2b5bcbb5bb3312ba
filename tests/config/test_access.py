"""`[access]`, and passwords that nobody could read or type."""

from pathlib import Path

import pytest

from appliance.config.access import NO_ACCESS
from appliance.config.load import parse
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
