import tomllib
from typing import Annotated, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config.places import line_of, lines_of
from appliance.config.toml import Mistake, read


class Button(msgspec.Struct, kw_only=True):
    pin: Annotated[int, msgspec.Meta(ge=0, le=27)]
    pull: Literal["up", "down"] = "up"

    def __post_init__(self) -> None:
        if self.pin == 13:
            raise ValueError("pin 13 is unlucky")


class Room(msgspec.Struct, kw_only=True):
    name: str
    buttons: dict[str, Button] = {}
    panel: Button | None = None
    tags: list[str] = []


def told(mistakes: list[Mistake]) -> list[tuple[int, str, str]]:
    return [(mistake.line, mistake.key, str(mistake.message)) for mistake in mistakes]


GOOD = """\
name = "Neptune"  # a comment
tags = [
  "big",
  "blue",
]

[buttons.call]
pin = 17

[buttons]
mute = { pin = 4, pull = "down" }
"""


def test_a_good_file_gives_the_value() -> None:
    room, mistakes = read(Room, GOOD)
    assert mistakes == []
    assert room == Room(
        name="Neptune", tags=["big", "blue"], buttons={"call": Button(pin=17), "mute": Button(pin=4, pull="down")}
    )


def test_every_mistake_is_found_in_one_go_with_its_line_and_what_was_expected() -> None:
    room, mistakes = read(
        Room,
        """\
nam = "Neptune"

[buttons.call]
pin = "seventeen"
pull = "sideways"

[buttons.mute]
pin = 28

[buttons.luck]
pin = 13

[buttons.hangup]
[panel]
pins = 3
""",
    )
    assert room is None
    assert told(mistakes) == [
        (1, "nam", "unknown key; did you mean `name`?"),
        (1, "name", "is missing"),
        (4, "buttons.call.pin", "expected a whole number, got text in quotes"),
        (5, "buttons.call.pull", "'sideways' is none of the possible values; expected one of up, down"),
        (8, "buttons.mute.pin", "expected a whole number up to 27"),
        (10, "buttons.luck", "pin 13 is unlucky"),
        (13, "buttons.hangup.pin", "is missing"),
        (14, "panel.pin", "is missing"),
        (15, "panel.pins", "unknown key; did you mean `pin`?"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name = \n", 1),
        ('name = "a"\nname = "b"\n', 2),
        ('name = "a"\n[buttons\n', 2),
        ("[buttons.call]\npin = 0x\n", 2),
    ],
)
def test_broken_toml_says_where(text: str, line: int) -> None:
    room, (mistake,) = read(Room, text)
    assert room is None
    assert mistake.line == line
    assert str(mistake.message).startswith("not TOML: ")


def test_a_table_where_a_value_should_be_and_the_other_way_round() -> None:
    _, mistakes = read(Room, 'name = "x"\npanel = 3\nbuttons = "call"\n')
    assert told(mistakes) == [
        (2, "panel", "expected a table, got a whole number"),
        (3, "buttons", "expected a table, got text in quotes"),
    ]


def test_lines_of_multi_line_values_and_inline_tables() -> None:
    text = 'a = """\n[not.a.table]\nb = 1\n"""\n[t]\nc = { d = 1 }\n["quoted key".x]\ny = [\n 1,\n]\nz = 2\n'
    places = lines_of(text)
    assert tomllib.loads(text)
    assert places == {
        ("a",): 1,
        ("t",): 5,
        ("t", "c"): 6,
        ("t", "c", "d"): 6,
        ("quoted key",): 7,
        ("quoted key", "x"): 7,
        ("quoted key", "x", "y"): 8,
        ("quoted key", "x", "z"): 11,
    }
    assert line_of(places, ("t", "c", "nothing")) == 6


def test_lines_are_counted_as_toml_does() -> None:
    assert lines_of('a = "\u2028\u0085"\r\nb = 1\r\n') == {("a",): 1, ("b",): 2}


@given(st.text(max_size=300))
def test_any_text_gives_a_value_or_mistakes(text: str) -> None:
    room, mistakes = read(Room, text)
    assert (room is None) == bool(mistakes)
