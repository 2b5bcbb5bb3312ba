"""`[webhooks.NAME]`: where it goes, what it is told, and that neither address nor secret is said."""

from pathlib import Path

import pytest

from appliance.config.load import ConfigError, parse
from appliance.config.schema import Config
from appliance.config.secrets.exposed import exposed
from appliance.hooks.config import MOST, HookConfig
from tests.config.secrets.test_exposed import open_folder, written  # noqa: F401  # the fixture
from tests.hooks.test_signature import SECRET

ROOM = '[room]\nname = "Neptune"\n[terminal]\nhost = "192.0.2.1"\n'
URL = 'url = "https://in.example.com/hooks/8e1f2c"\n'
EVENTS = 'events = ["call"]\n'
FILE = 'secret_file = "/etc/offhook/webhook"\n'


def config(table: str, store: Path | None = None) -> Config:
    return parse(f"{ROOM}[webhooks.bookings]\n{table}", Path("room.toml"), store)


@pytest.mark.parametrize(
    ("table", "place", "words"),
    [
        (EVENTS + FILE, "5: webhooks.bookings: ", "`url`, or `url_file`"),
        (f'{URL}url_file = "x"\n{EVENTS}{FILE}', "5: webhooks.bookings: ", "and not both"),
        (URL + FILE, "5: webhooks.bookings.events: ", "is missing"),
        (f"{URL}events = []\n{FILE}", "7: webhooks.bookings.events: ", "is empty"),
        (f'{URL}events = ["call_started"]\n{FILE}', "7: webhooks.bookings.events: ", "call.begun"),
        (URL + EVENTS, "5: webhooks.bookings: ", "`secret`, or `secret_file`"),
        (f'{URL}{EVENTS}secret = "8e1f2c"\n', "8: webhooks.bookings.secret: ", "line 1 is not a secret"),
        (f'url = "http://in.example.com/8e1f2c"\n{EVENTS}{FILE}', "6: webhooks.bookings.url: ", "plain = true"),
        (f'url = "https://a:8e1f2c@in.example.com/"\n{EVENTS}{FILE}', "6: webhooks.bookings.url: ", "https://HOST"),
        (f'url = "ftp://in.example.com/8e1f2c"\n{EVENTS}{FILE}', "6: webhooks.bookings.url: ", "https://HOST"),
        (f'url = "https://[8e1f2c"\n{EVENTS}{FILE}', "6: webhooks.bookings.url: ", "https://HOST"),
        (f'url = "https://in:99999/8e1f2c"\n{EVENTS}{FILE}', "6: webhooks.bookings.url: ", "https://HOST"),
    ],
)
def test_what_cannot_be_meant(table: str, place: str, words: str) -> None:
    with pytest.raises(ConfigError) as wrong:
        config(table)
    assert f"room.toml:{place}" in str(wrong.value)
    assert words in str(wrong.value)
    assert "8e1f2c" not in str(wrong.value)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/", "http://[::1]/", "http://localhost:1880/hook"])
def test_on_this_machine_nothing_has_to_be_encrypted(url: str) -> None:
    assert config(f'url = "{url}"\n{EVENTS}{FILE}').webhooks["bookings"].address() == url


def test_in_plain_where_the_maintainer_says_so() -> None:
    hook = config(f'url = "http://192.0.2.7/hook"\nplain = true\n{EVENTS}{FILE}').webhooks["bookings"]
    assert hook.address() == "http://192.0.2.7/hook"


def test_kinds_and_single_events() -> None:
    hook = HookConfig(url="https://in.example.com/", events=("call", "button.held"), secret_file="x")
    assert [hook.wants(*each) for each in (("call", "call.ended"), ("button", "button.held"))] == [True, True]
    assert not hook.wants("button", "button.pressed")
    assert not hook.wants("action", "action.taken")


def test_there_are_not_too_many() -> None:
    table = f"{URL}{EVENTS}{FILE}"
    with pytest.raises(ConfigError, match=rf"webhooks.n8: there are more than {MOST}"):
        parse(ROOM + "".join(f"[webhooks.n{n}]\n{table}" for n in range(MOST + 1)), Path("room.toml"))


def test_files_are_read_and_said_to_be_open(open_folder: Path) -> None:  # noqa: F811  # the fixture
    secret = written(open_folder / "secret", f"{SECRET}\n", 0o644)
    address = written(open_folder / "url", "https://in.example.com/8e1f2c\n", 0o644)
    table = f'url_file = "{address}"\n{EVENTS}secret_file = "{secret}"\n'
    room = config(table, open_folder)
    assert room.webhooks["bookings"].address(open_folder) == "https://in.example.com/8e1f2c"
    assert [each.key for each in exposed(room, open_folder / "room.toml")] == [
        "webhooks.bookings.secret_file",
        "webhooks.bookings.url_file",
    ]
    inline = config(f'{URL}{EVENTS}secret = "{SECRET}"\n')
    assert inline.webhooks["bookings"].keys() == room.webhooks["bookings"].keys(open_folder)
    here = written(open_folder / "room.toml", "", 0o644)
    assert [each.key for each in exposed(inline, here)] == ["webhooks.bookings.secret"]
    assert SECRET not in repr(inline)
    secret.write_text("hunter2")
    with pytest.raises(ConfigError, match=r"room\.toml:8: webhooks\.bookings\.secret_file: .*line 1") as wrong:
        config(table, open_folder)
    assert "hunter2" not in str(wrong.value)
    secret.unlink()
    with pytest.raises(ConfigError, match=r"webhooks\.bookings\.secret_file: "):
        config(table, open_folder)


def test_an_address_is_in_no_repr() -> None:
    assert "8e1f2c" not in repr(config(f"{URL}{EVENTS}{FILE}"))
