"""A configuration that is shown has everything but its secrets."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from appliance.card.secrets import PLACES as TAKEN_OUT
from appliance.config.load import parse
from appliance.config.schema import Config
from appliance.config.secrets.places import ANY, SECRET_PLACES, is_secret
from appliance.config.secrets.shown import shown, without_secrets
from appliance.maintain.hidden import hidden
from appliance.room.actions import LEFT_OUT

PLANTED = "planted-4711"
SECRET = re.compile(r"^(lock_)?pin$|(^|_)(password|token|secret|psk|ics)$")  # other pins are of the header
GPIO = {"buttons", "lamps", "relays", "presence"}

ROOM = f"""
[room]
name = "join the meeting"
lock_pin = "471147"
[terminal]
host = "192.0.2.1"
pin = "{PLANTED}"
[buttons.join]
pin = "GPIO17"
press = "join 200@example.com {PLANTED}"
held = ["wait 1", "conference 12 {PLANTED}"]
[buttons.other]
pin = 27
[buttons.other.press]
idle = "conference 12 {PLANTED}"
[readers.badge]
device = "usb-1.2"
[readers.badge.codes]
"{PLANTED}" = "call anna@example.com"
[mqtt]
host = "broker.example.com"
site = "hq"
room = "neptune"
password = "{PLANTED}"
[calendar]
ics = "https://calendar.example.com/{PLANTED}.ics"
[share]
listen = "127.0.0.1:8765"
allow = ["127.0.0.1"]
[share.clients.one]
role = "read"
token = "{PLANTED}-{PLANTED}"
"""


def test_secrets_are_left_out_wherever_they_are_and_the_rest_is_there() -> None:
    found = shown(parse(ROOM, Path("room.toml"), None))
    assert PLANTED not in repr(found)
    assert "471147" not in repr(found)
    assert found["room"]["name"] == "join the meeting"
    assert found["buttons"]["join"]["pin"] == "GPIO17"
    assert found["buttons"]["join"]["press"] == f"join {LEFT_OUT}"
    assert found["readers"]["badge"]["codes"] == {f"{LEFT_OUT}1": "call anna@example.com"}
    assert found["mqtt"]["host"] == "broker.example.com"
    assert found["terminal"]["pin"] == found["calendar"]["ics"] == LEFT_OUT


def places(kind: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where the schema has text, by keys."""
    match kind:
        case msgspec.inspect.StructType():
            for field in kind.fields:
                yield from places(field.type, (*path, field.encode_name))
        case msgspec.inspect.DictType():
            yield from places(kind.value_type, (*path, "x"))
        case msgspec.inspect.UnionType():
            for each in kind.types:
                yield from places(each, path)
        case msgspec.inspect.StrType():
            yield path


EVERY = sorted(set(places(msgspec.inspect.type_info(Config))))


@pytest.mark.parametrize("path", [path for path in EVERY if SECRET.search(path[-1])], ids=".".join)
def test_no_key_of_the_schema_that_is_a_secret_is_shown(path: tuple[str, ...]) -> None:
    if path[-1] == "pin" and path[0] in GPIO:
        return
    document: Any = PLANTED
    for key in reversed(path):
        document = {key: document}
    assert PLANTED not in repr(without_secrets(document))
    assert is_secret(path)


@pytest.mark.parametrize("place", sorted(SECRET_PLACES), ids=".".join)
def test_a_support_bundle_has_none_either(place: tuple[str, ...]) -> None:
    document: Any = PLANTED
    for key in reversed(place):
        document = {"x" if key == ANY else key: document}
    left, found = hidden(document)
    assert PLANTED not in repr(left)
    assert found == [PLANTED]


def test_the_card_takes_out_nothing_else() -> None:
    assert {*TAKEN_OUT} <= SECRET_PLACES


def test_the_schema_is_walked() -> None:
    found = {path[-1] for path in EVERY if SECRET.search(path[-1])}
    assert {"pin", "password", "token", "lock_pin", "key_password"} <= found <= {place[-1] for place in SECRET_PLACES}


@pytest.mark.parametrize(
    ("value", "is_shown"),
    [
        ("https://user:word@example.com/path", "https://example.com/path"),
        ("https://example.com/path?token=1", f"https://example.com/path{LEFT_OUT}"),
        ("http://proxy.example.com:3128", "http://proxy.example.com:3128"),
        ("https://example.com/#part", f"https://example.com/{LEFT_OUT}"),
        ("broker.example.com:8883", "broker.example.com:8883"),
    ],
)
def test_addresses_lose_what_says_who_asks(value: str, is_shown: str) -> None:
    assert without_secrets({"network": {"proxy": value}}) == {"network": {"proxy": is_shown}}


def test_of_a_webhook_the_host_is_shown() -> None:
    document = {"webhooks": {"chat": {"url": f"https://chat.example.com/{PLANTED}"}}}
    assert without_secrets(document) == {"webhooks": {"chat": {"url": f"https://chat.example.com/{LEFT_OUT}"}}}
