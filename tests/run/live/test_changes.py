"""What differs between two configurations, before anything runs."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from appliance.config.load import parse
from appliance.config.schema import Config
from appliance.run.appliance import Appliance
from appliance.run.demo.virtual import virtual_room
from appliance.run.live.changes import changes
from appliance.run.live.handed import stamp
from appliance.run.live.made_of import files_in, made_of
from appliance.run.live.reactions import MADE_OF, same
from appliance.run.live.settings import Settings
from appliance.run.process import panel
from appliance.run.reactions import reactions
from appliance.run.tables.every import ROOM
from appliance.run.tables.metrics import metrics
from appliance.run.tables.sharing import shared
from tests.config.test_schema import EVERY_KEY
from tests.run.live.rooms import room, texts

ALWAYS = frozenset({"address", "card", "network", "link", "controller", "audit", "update", "reactions", "sharing"})
"""Services that every room has; nothing of the configuration changes them but by the whole process."""
OF_THE_CARD = frozenset({"network", "time", "ssh", "fleet", "update"})
LIVE = frozenset({"automations"})  # also taken by nobody's end: see `Parts.become`


def of(text: str) -> Settings:
    return Settings(room(text))


@settings(max_examples=10, deadline=None)
@given(texts())
def test_every_service_of_a_room_is_known_and_no_other(text: str) -> None:
    config = room(text)
    with virtual_room(config) as (_virtual, hardware):
        built = {service.name for service in Appliance(config, hardware, (*ROOM, shared, metrics, panel)).services}
    assert set(made_of(Settings(config))) == built - ALWAYS - {"hotplug"}


@settings(max_examples=10, deadline=None)
@given(texts(), texts())
def test_services_end_begin_or_stay_and_nothing_is_forgotten(before: str, after: str) -> None:
    found, former, new = changes(of(before), of(after)), made_of(of(before)), made_of(of(after))
    assert found.ending | found.same == former.keys()
    assert found.added | found.replaced | found.same == new.keys()
    assert not found.added & found.ending
    assert not found.whole


@settings(max_examples=10, deadline=None)
@given(texts())
def test_a_file_that_is_the_same_changes_nothing(text: str) -> None:
    found = changes(of(text), of(text + "\n# a comment\n"))
    assert found.nothing
    assert not found.ending | found.added


def test_one_button_costs_no_other() -> None:
    before = EVERY_KEY_AS_IT_IS
    text = EVERY_KEY.replace('press = "decline"', 'press = "accept"')
    found = changes(before, Settings(parse(text, Path("room.toml"), None)))
    assert found.replaced == {"button end"}
    assert not found.added | found.removed


EVERY_KEY_AS_IT_IS = Settings(parse(EVERY_KEY, Path("room.toml"), None))


def tables() -> Iterator[str]:
    yield from (field.name for field in msgspec.structs.fields(Config))


@pytest.mark.parametrize("table", sorted(tables()))
def test_somebody_notices_each_table(table: str) -> None:
    """A table that is taken away is the process's, a service's, the card's, or one that is taken without an end."""
    config = EVERY_KEY_AS_IT_IS.config
    found = changes(EVERY_KEY_AS_IT_IS, Settings(msgspec.structs.replace(config, **{table: other(config, table)})))
    noticed = bool(found.whole or found.ending)
    assert noticed or table in OF_THE_CARD | LIVE, f"[{table}] is changed, and nobody notices"


def other(config: Config, table: str) -> object:
    """Returns another value for a table: none at all, where that can be."""
    need = {
        "room": msgspec.structs.replace(config.room, name="Another"),
        "terminal": msgspec.structs.replace(config.terminal, host="192.0.2.9"),
        "log": msgspec.structs.replace(config.log, level="error"),
        "hardware": "virtual",
    }
    if table in need:
        return need[table]
    default = next(field.default for field in msgspec.structs.fields(Config) if field.name == table)
    return {} if isinstance(getattr(config, table), dict) else default


def test_what_the_process_takes_once_is_named() -> None:
    before = Settings(room(ONE), handed={"credentials": (1,), "the time zone": ()})
    moved = ONE.replace('"127.0.0.1"', '"192.0.2.1"')
    after = Settings(room(moved), handed={"credentials": (2,), "the time zone": ()})
    assert changes(before, after).whole == ("[terminal]", "credentials")


ONE = """\
[room]
name = "Neptune"
[terminal]
host = "127.0.0.1"
[panel]
listen = "127.0.0.1:0"
"""


def test_a_certificate_that_was_renewed_begins_what_serves_with_it_anew() -> None:
    text = ONE + 'certificate = "/etc/offhook/tls.pem"\nkey = "/etc/offhook/tls.key"\n'
    before = Settings(room(text), files={"/etc/offhook/tls.pem": (1,), "/etc/offhook/tls.key": (1,)})
    after = Settings(room(text), files={"/etc/offhook/tls.pem": (2,), "/etc/offhook/tls.key": (2,)})
    assert changes(before, after).replaced == {"panel"}


def test_a_secret_that_was_replaced_in_its_file_needs_another_session() -> None:
    text = ONE.replace("[panel]", 'pin_file = "/etc/offhook/pin"\n[panel]')
    before, after = (Settings(room(text), files={"/etc/offhook/pin": (n,)}) for n in (1, 2))
    assert changes(before, after).whole == ("[terminal]",)


def test_reactions_with_settings_are_the_same_only_with_the_same_settings() -> None:
    every = EVERY_KEY_AS_IT_IS.config
    there = set(reactions(every, lambda: None))
    assert set(MADE_OF) <= there, "a name that no reaction has"
    few = room(ONE)
    assert same(MADE_OF, every, every) == set(MADE_OF)
    assert not same(MADE_OF, every, few) - {"restore volume", "door"}


def test_a_file_that_takes_the_place_of_another_is_another(tmp_path: Path) -> None:
    file = tmp_path / "pin"
    assert stamp(file) == ()
    file.write_text("1")
    first, folder = stamp(file), stamp(tmp_path)
    (tmp_path / "new").write_text("1")
    (tmp_path / "new").rename(file)
    assert stamp(file) != first
    assert stamp(tmp_path) != folder
    assert stamp(Path("\0")) == ()


def test_files_that_tables_name_are_found_also_in_tables_below() -> None:
    config = EVERY_KEY_AS_IT_IS.config
    found = [*files_in(config.share, config.room, config.panel)]
    assert found
    assert all(isinstance(path, str) for path in found)
