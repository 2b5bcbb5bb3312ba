"""What a page takes of the form, and a text that is checked by who does not know its secrets."""

import pytest

from appliance.config.bounded import loads
from appliance.config.edit.form import form
from appliance.config.edit.proposal import by_text, mark_of
from appliance.config.edit.secrets import left_out, secrets_in
from appliance.config.edit.shapes import Form, shaped
from appliance.config.edit.stand_ins import with_stand_ins
from appliance.config.secrets.places import SECRET_PLACES
from appliance.terminal.config import KEPT
from tests.config.test_schema import EVERY_KEY

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "127.0.0.1"\npin = "(kept)"\n'


def table(found: Form, name: str) -> int:
    (place,) = (number for number, each in enumerate(found.tables) if ".".join(each.path) == name)
    return place


def test_tables_of_a_kind_share_their_fields_and_have_values_of_their_own() -> None:
    found = shaped(form(ROOM + '[buttons.call]\npin = 17\npress = "call"\n[buttons.mute]\npin = 22\npress = "mute"\n'))
    call, mute, another = (found.tables[table(found, f"buttons.{name}")] for name in ("call", "mute", "*"))
    assert call.shape == mute.shape == another.shape
    assert (call.values, mute.values) == ({"pin": 17, "press": "call"}, {"pin": 22, "press": "mute"})
    assert (another.named, another.given, call.given) == (True, False, True)
    assert {field.path for field in found.shapes[call.shape].fields} >= {("pin",), ("press",)}


def test_a_secret_is_told_of_and_not_told() -> None:
    found = shaped(form(ROOM))
    terminal = found.tables[table(found, "terminal")]
    assert terminal.kept == ("pin",)
    assert terminal.values == {"host": "127.0.0.1"}
    fields = {field.path[0]: field for field in found.shapes[terminal.shape].fields}
    assert (fields["pin"].secret, fields["host"].secret) == (True, False)


def test_what_a_button_does_can_be_typed_in_a_form() -> None:
    kinds = {field.path: field.kind for each in form("") for field in each.fields}
    assert kinds["buttons", "*", "press"] == kinds["buttons", "*", "pin"] == "words"
    assert kinds["keypads", "*", "keys"] == "other"


def test_a_whole_room_without_its_secrets_has_the_mistakes_of_the_whole_room() -> None:
    shown = left_out(EVERY_KEY)
    assert KEPT in shown
    text = with_stand_ins(shown)
    assert KEPT not in text
    assert text.count("\n") == EVERY_KEY.count("\n")
    found, whole = (by_text(each, mark_of(each), each, None) for each in (text, EVERY_KEY))
    assert [(each.line, each.key) for each in found.mistakes] == [(each.line, each.key) for each in whole.mistakes]


LINES = {
    "lock_pin": ('[room]\nname = "N"\n', ""),
    "ics": ("[calendar]\n", ""),
    "url": ("[webhooks.hook]\n", 'events = ["call"]\nsecret = "(kept)"\n'),
    "secret": ("[webhooks.hook]\n", 'events = ["call"]\nurl = "(kept)"\n'),
}


@pytest.mark.parametrize("key", LINES)
def test_keys_that_take_no_stand_in_but_their_own(key: str) -> None:
    before, after = LINES[key]
    text = f'{before}{key} = "(kept)"\n{after}[terminal]\nhost = "127.0.0.1"\n'
    text += "" if "[room]" in text else '[room]\nname = "N"\n'
    assert by_text(text, mark_of(text), text, None).mistakes != ()
    stood_in = with_stand_ins(text)
    assert by_text(stood_in, mark_of(stood_in), stood_in, None).mistakes == ()


def test_every_secret_has_a_stand_in() -> None:
    for path in SECRET_PLACES:
        assert KEPT not in with_stand_ins(f'{path[-1]} = "(kept)"')


def test_a_secret_that_comes_or_goes_changes_no_stand_in_of_another() -> None:
    broker, client = '[mqtt]\npassword = "(kept)"\n', 'b = { pin = "(kept)" }\n'
    whole = loads(with_stand_ins(f'{broker}[share.clients]\na = {{ pin = "(kept)" }}\n{client}{ROOM}'))
    for gone in (broker, client):
        text = f'{broker}[share.clients]\na = {{ pin = "(kept)" }}\n{client}{ROOM}'.replace(gone, "")
        found = dict(secrets_in(loads(with_stand_ins(text))))
        assert len(found) == len(set(found.values())) == text.count("(kept)")
        assert found.items() <= dict(secrets_in(whole)).items()
