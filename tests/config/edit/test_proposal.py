"""What comes of a change, and two who change the same file."""

import stat
from pathlib import Path

import pytest

from appliance.config.bounded import loads
from appliance.config.edit.form import Field, form
from appliance.config.edit.proposal import Add, Conflict, Edit, Remove, Set, by_form, by_text, mark_of, undone
from appliance.config.edit.secrets import hidden, left_out
from appliance.config.edit.versions import MOST, Versions
from appliance.config.load import ConfigError, parse
from appliance.config.secrets.places import is_secret
from appliance.terminal.config import KEPT
from tests.config.test_schema import EVERY_KEY
from tests.some import some

ROOM = """\
[room]
name = "Neptune" # on the door
[terminal]
host = "127.0.0.1"
pin = "FA6-secret"
[buttons.call]
pin = 17
press = "call"
"""


def test_a_change_is_judged_as_check_does_and_shown_as_a_difference() -> None:
    edits: list[Edit] = [Set(("buttons", "call", "pin"), 99), Add(("keypads", "keypad"))]
    found = by_form(ROOM, mark_of(ROOM), edits, None)
    with pytest.raises(ConfigError) as error:
        parse(found.text, Path("room.toml"), None)
    assert [*found.mistakes] == [*error.value.mistakes]
    assert found.config is None
    assert "-pin = 17\n+pin = 99\n" in found.difference
    assert "secret" not in found.difference + repr(found) + repr(edits)


def test_the_pin_of_a_board_is_no_secret() -> None:
    text = ROOM.replace("pin = 17", 'pin = "BOARD11"')
    found = by_form(text, mark_of(text), [Set(("buttons", "call", "pin"), "BOARD13")], None)
    assert '-pin = "BOARD11"\n+pin = "BOARD13"\n' in found.difference
    assert "FA6" not in found.difference


def test_a_change_without_mistakes_says_the_configuration() -> None:
    edits: list[Edit] = [Set(("room", "name"), "Triton"), Remove(("buttons", "call")), Add(("keypads", "keypad"))]
    config = some(by_form(ROOM, mark_of(ROOM), edits, None).config)
    assert (config.room.name, [*config.buttons], [*config.keypads]) == ("Triton", [], ["keypad"])


def test_the_second_of_two_sees_what_the_first_has_changed_and_overwrites_nothing() -> None:
    mark = mark_of(ROOM)
    first = by_form(ROOM, mark, [Set(("room", "name"), "Triton"), Set(("terminal", "pin"), "another")], None).text
    with pytest.raises(Conflict) as by_the_form:
        by_form(first, mark, [Set(("room", "name"), "Pluto")], None)
    with pytest.raises(Conflict) as by_a_text:
        by_text(first, mark, ROOM, None)
    for conflict in (by_the_form.value, by_a_text.value):
        assert conflict.mark == mark_of(first)
        assert "another" not in conflict.difference
        assert "FA6" not in conflict.difference
    shown = '-name = "Neptune" # on the door\n+name = "Triton" # on the door\n'
    assert shown in by_a_text.value.difference


def test_versions_are_bounded_and_have_no_secrets_and_an_undo_keeps_those_in_force(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    assert versions.all() == []
    for number in range(MOST + 5):
        versions.keep(ROOM.replace("Neptune", f"Room {number}"), "anna", 1000.0 + number)
    assert [each.number for each in versions.all()] == [*range(MOST + 5, 5, -1)]
    for file in (tmp_path / "versions").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert b"FA6" not in file.read_bytes()
    current = ROOM.replace("FA6-secret", "new one")
    found = undone(current, versions.all()[-1].text, None)
    assert some(found.config).room.name == "Room 5"
    assert some(found.config).terminal.pin == "new one"
    assert (versions.all()[0].who, versions.all()[0].at) == ("anna", 1000.0 + MOST + 4)


def test_the_same_file_is_no_other_version_and_one_that_is_damaged_costs_itself(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    first, again = versions.keep(ROOM, "anna", None), versions.keep(ROOM, "ben", None)
    assert first == again
    versions.keep(ROOM.replace("FA6", "FB7"), "ben", None)  # another PIN is another version
    (tmp_path / "versions" / "000002.json").write_bytes(b'{"number": 2')
    assert [each.who for each in Versions(tmp_path).all()] == ["anna"]
    assert versions.keep(EVERY_KEY, "carol", None).number == 3


def test_every_secret_of_a_whole_file_is_left_out_and_hidden() -> None:
    bare = left_out(EVERY_KEY)
    secrets = [
        field.path
        for table in form(EVERY_KEY)
        for field in table.fields
        if field.secret and field.given and "*" not in field.path
    ]
    assert secrets
    for path in secrets:
        value = _at(EVERY_KEY, path)
        assert _at(bare, path) == KEPT
        assert f'"{value}"' not in bare
        assert f'"{value}"' not in hidden(EVERY_KEY)


def _at(text: str, path: tuple[str, ...]) -> object:
    document: object = loads(text)
    for name in path:
        assert isinstance(document, dict)
        document = document[name]
    return document


@pytest.mark.parametrize(
    "wrong", ['pin = "FA6', "pin = 'FA6-secret'", '"pin"="FA6-secret"', 'x = { pin = "FA6-secret" }']
)
def test_a_secret_is_hidden_also_in_what_is_no_toml(wrong: str) -> None:
    assert "FA6" not in hidden(f"[terminal\n{wrong}\n")


def fields(text: str, *table: str) -> dict[str, Field]:
    return next({field.path[-1]: field for field in each.fields} for each in form(text) if each.path == table)


def test_the_form_has_kinds_ranges_choices_and_what_the_documentation_says() -> None:
    button, room = fields(EVERY_KEY, "buttons", "hangup"), fields(EVERY_KEY, "room")
    assert (button["debounce"].kind, button["debounce"].low, button["debounce"].high) == ("number", 0, 0.5)
    assert button["debounce"].help.startswith("`debounce`: seconds for which a level must be steady")
    assert button["pull"].choices == ("down", "none", "up")
    assert (button["pull"].value, button["pull"].default) == ("down", "up")
    assert (room["hang_up_for_all"].kind, room["speed_dial"].kind, room["name"].required) == ("switch", "list", True)


def test_the_form_never_has_a_secret() -> None:
    terminal = fields(ROOM, "terminal")
    assert (terminal["pin"].secret, terminal["pin"].given, terminal["pin"].value) == (True, True, None)
    assert "FA6" not in repr(form(ROOM))
    assert not is_secret(("buttons", "call", "pin"))


def test_the_form_has_one_more_of_what_there_may_be_several_of() -> None:
    tables = form(ROOM)
    new = next(each for each in tables if each.path == ("buttons", "*"))
    assert (new.named, new.given) == (True, False)
    assert next(each for each in tables if each.path == ("buttons", "call")).given
