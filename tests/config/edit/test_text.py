"""Any change says what was wanted, and all other lines stay byte for byte."""

import copy
import itertools
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from appliance.config.bounded import loads
from appliance.config.edit.literal import literal
from appliance.config.edit.text import CannotEdit, with_table, with_value, without
from tests.config.test_schema import EVERY_KEY

NOTED = """\
# the room on the first floor
[room]  # its habits
name = "Neptune"   # as it is on the door; not "Triton" = wrong
  volume_step = 0.05\t# per press
'contact' = 'a#b=c'
speed_dial = [
  "a@b", # Anna
  "c@d",
]

# what we talk to
[terminal]
host = "127.0.0.1"

[buttons.call]
pin = 17
press = { in_call = "hang_up", otherwise = "call" } # both
hold.x = 1
[buttons."big one"]
pin = 4
"""
VALUES = st.one_of(
    st.text(max_size=20),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.text(max_size=5), max_size=3),
)
KEYS = st.one_of(st.sampled_from(["name", "pin", "new", "host", "press"]), st.text(min_size=1, max_size=8))
TABLES = st.sampled_from([(), ("room",), ("terminal",), ("buttons", "call"), ("buttons", "big one"), ("lamps", "x")])


def says(document: dict[str, Any], path: tuple[str, ...]) -> Any:
    for name in path:
        document = document[name]
    return document


def set_at(document: dict[str, Any], path: tuple[str, ...], value: object) -> dict[str, Any]:
    document = copy.deepcopy(document)
    table = document
    for name in path[:-1]:
        table = table.setdefault(name, {})
    table[path[-1]] = value
    return document


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([NOTED, NOTED.replace("\n", "\r\n"), NOTED.rstrip("\n"), ""]), TABLES, KEYS, VALUES)
def test_any_value_of_any_key(text: str, table: tuple[str, ...], key: str, value: object) -> None:
    path = (*table, key)
    try:
        new = with_value(text, path, value)
    except CannotEdit:
        assume(False)  # hypothesis has it so
    assert loads(new) == set_at(loads(text), path, value)
    assert type(says(loads(new), path)) is type(value)
    assert len(touched(text, new)) <= 4, "more than the statement itself has changed"
    expected = loads(without(text, path))
    assert loads(without(new, path)) in (expected, made(expected, table))


def touched(before: str, after: str) -> list[str]:
    """The lines of `before` that `after` does not have, between its first and its last lines."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    head = alike(old, new)
    tail = alike(old[head:][::-1], new[head:][::-1])
    return old[head : len(old) - tail]


def alike(one: list[str], other: list[str]) -> int:
    """How many lines two texts have in common from their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def made(document: dict[str, Any], table: tuple[str, ...]) -> dict[str, Any]:
    """A document with an empty table, if it has none there."""
    document = copy.deepcopy(document)
    inner = document
    for name in table:
        inner = inner.setdefault(name, {})
    return document


@pytest.mark.parametrize(
    ("path", "value", "before", "after"),
    [
        (("room", "name"), "Triton", 'name = "Neptune"   #', 'name = "Triton"   #'),
        (("room", "volume_step"), 0.1, "  volume_step = 0.05\t#", "  volume_step = 0.1\t#"),
        (("room", "contact"), "x", "'contact' = 'a#b=c'", "'contact' = \"x\""),
        (("room", "speed_dial"), ["e@f"], '[\n  "a@b", # Anna\n  "c@d",\n]', '["e@f"]'),
        (("buttons", "call", "press"), "call", '{ in_call = "hang_up", otherwise = "call" } # both', '"call" # both'),
        (("buttons", "call", "hold", "x"), 2, "hold.x = 1", "hold.x = 2"),
        (("buttons", "big one", "pin"), 5, "pin = 4", "pin = 5"),
    ],
)
def test_only_the_value_changes(path: tuple[str, ...], value: object, before: str, after: str) -> None:
    assert with_value(NOTED, path, value) == NOTED.replace(before, after)


def test_what_is_new_stands_with_its_table_and_a_new_table_at_the_end() -> None:
    assert 'host = "127.0.0.1"\nweb_port = 81\n\n[buttons.call]' in with_value(NOTED, ("terminal", "web_port"), 81)
    assert with_value(NOTED, ("lamps", "x", "pin"), 6) == f"{NOTED}\n[lamps.x]\npin = 6\n"
    assert with_value(NOTED, ("hardware",), "virtual") == f'hardware = "virtual"\n{NOTED}'
    assert with_table(NOTED, ("keypads", "key pad")) == f'{NOTED}\n[keypads."key pad"]\n'
    assert with_table(NOTED, ("room",)) == NOTED


def test_what_is_removed_is_gone_and_comments_stay() -> None:
    assert without(NOTED, ("room", "name")) == NOTED.replace(NOTED.splitlines(keepends=True)[2], "")
    gone = without(NOTED, ("buttons", "call"))
    assert loads(gone)["buttons"] == {"big one": {"pin": 4}}
    assert "buttons" not in loads(without(gone, ("buttons", "big one")))
    assert without(NOTED, ("lamps",)) == NOTED


@pytest.mark.parametrize("path", [("room", "name", "x"), ("buttons", "call", "press", "in_call"), ("room",)])
def test_what_only_a_person_can_change_is_refused_and_named(path: tuple[str, ...]) -> None:
    with pytest.raises(CannotEdit, match=r"`.*` cannot be changed here; change it in the text"):
        with_value(NOTED, path, 1)


@pytest.mark.slow
def test_every_key_of_a_whole_file_can_be_changed() -> None:
    document = loads(EVERY_KEY)
    for path, value in _leaves(document):
        assert loads(with_value(EVERY_KEY, path, value)) == document
        assert loads(with_value(EVERY_KEY, path, "other")) == set_at(document, path, "other")


def _leaves(document: dict[str, Any], path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    headers = {tuple(line.strip("[]").split(".")) for line in EVERY_KEY.splitlines() if line.startswith("[")}
    found = []
    for key, value in document.items():
        below = any(header[: len(path) + 1] == (*path, key) for header in headers)
        found += _leaves(value, (*path, key)) if isinstance(value, dict) and below else [((*path, key), value)]
    return found


def test_what_toml_has_no_word_for_is_refused() -> None:
    with pytest.raises(ValueError, match="is no value of a form"):
        literal(Path("x"))
    with pytest.raises(ValueError, match="surrogates"):
        literal("\ud800")
