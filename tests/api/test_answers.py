"""What the operations that only look answer."""

import msgspec
import pytest
import trio
from trio.testing import MockClock

from appliance.access.roles import Role
from appliance.api.about import ROOT
from appliance.api.devices import Devices
from appliance.api.health import Health
from appliance.api.looked import Seen
from appliance.api.noted import Deeds
from appliance.config.schema import Config
from appliance.inventory.machine import Places
from appliance.language.text import Text
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.state import Phase
from appliance.run.pages.devices import _TABLES
from appliance.runtime.supervisor import Condition
from appliance.runtime.supervisor import Health as Condition_
from tests.api.conftest import Serve
from tests.api.rooms import app, bearer, room, set_state
from tests.inventory.test_inventory import machine
from tests.runtime.web.client import Address, Answer, get

__all__ = ["machine"]


async def view(address: Address, role: Role, **headers: str) -> Answer:
    return await get(address, f"{ROOT}/view", {**bearer(role), **headers})


async def test_the_view_is_the_one_of_panels(serve: Serve) -> None:
    address = await serve(app(room()))
    seen = msgspec.json.decode((await view(address, Role.VIEW)).body, type=Seen)
    assert (seen.view.phase, seen.view.mic_muted, seen.view.volume) == (Phase.IN_CALL, True, 40)
    assert seen.view.call is not None
    assert (seen.view.call.who, seen.view.call.peer_id) == ("Anna", "")
    touched = msgspec.json.decode((await view(address, Role.TOUCH)).body, type=Seen).view
    assert touched.call is not None
    assert touched.call.peer_id == "anna@example.org"


async def test_a_view_that_is_as_it_was_is_not_sent_again(serve: Serve) -> None:
    parts = room()
    address = await serve(app(parts))
    etag = (await view(address, Role.VIEW)).headers["etag"]
    same = await view(address, Role.VIEW, **{"If-None-Match": f'"other", {etag}'})
    assert (same.status, same.body, same.headers["etag"]) == (304, b"", etag)
    assert (await view(address, Role.TOUCH, **{"If-None-Match": etag})).status == 200
    set_state(parts, mic_muted=False)
    changed = await view(address, Role.VIEW, **{"If-None-Match": etag})
    assert (changed.status, changed.json["view"]["mic_muted"]) == (200, False)
    assert changed.headers["etag"] != etag
    assert changed.headers["cache-control"] == "private, no-cache"


async def test_health_says_since_when_and_why(serve: Serve, autojump_clock: MockClock) -> None:
    parts = room()
    address = await serve(app(parts))
    parts.conditions.change("display", Condition_(Condition.READY), trio.current_time())
    parts.conditions.change("keypad", Condition_(Condition.OFFLINE, "no such device"), trio.current_time())
    await trio.sleep(90)
    answer = await get(address, f"{ROOT}/health", bearer(Role.VIEW))
    health = msgspec.json.decode(answer.body, type=Health)
    assert (answer.status, health.ok, health.link) == (200, False, LinkPhase.UP)
    keypad, display = health.services
    assert (display.name, display.condition, display.seconds, display.failures) == ("display", Condition.READY, 90, 0)
    assert (keypad.condition, keypad.reason, keypad.failures) == (Condition.OFFLINE, "no such device", 1)
    assert (bool(keypad.do), display.do) == (True, "")


@pytest.mark.parametrize("phase", LinkPhase)
async def test_a_room_without_its_terminal_is_not_well(phase: LinkPhase, serve: Serve) -> None:
    parts = room()
    set_state(parts, link=Link(phase, Text("notice.no_link")))
    answer = await get(await serve(app(parts)), f"{ROOT}/health", bearer(Role.VIEW))
    assert (answer.json["ok"], answer.json["link"]) == (phase is LinkPhase.UP, phase.value)
    assert answer.json["reason"] == "No link to the terminal"


async def test_the_version_says_which_box_it_is(serve: Serve) -> None:
    answer = await get(await serve(app(room())), f"{ROOT}/version", bearer(Role.VIEW))
    assert (answer.json["room"], answer.json["api"]) == ("Neptune", "v1")
    assert answer.json["firmware"].count(".") == 2
    assert answer.json["machine"]


DEVICES = '[buttons.call]\npin = 17\npress = "call"\n[relays.lights]\npin = 26\n[keypads.keypad]\n[display]\n'


async def test_devices_are_those_of_the_configuration_and_say_whether_they_work(serve: Serve) -> None:
    parts = room(DEVICES)
    parts.conditions.change("display", Condition_(Condition.READY), trio.current_time())
    parts.conditions.change("keypad", Condition_(Condition.OFFLINE, "not there"), trio.current_time())
    set_state(parts, outputs={"relay lights": True})
    answer = await get(await serve(app(parts)), f"{ROOT}/devices", bearer(Role.VIEW))
    found = {(each.kind, each.name): each for each in msgspec.json.decode(answer.body, type=Devices).devices}
    assert set(found) == {("display", "display"), ("buttons", "call"), ("relays", "lights"), ("keypads", "keypad")}
    display, keypad, lights = found["display", "display"], found["keypads", "keypad"], found["relays", "lights"]
    assert (display.found, display.reason, display.is_on) == (True, "", None)
    assert (keypad.found, keypad.reason) == (False, "not there")
    assert (lights.condition, lights.is_on) == (Condition.STARTING, True)


async def test_what_is_plugged_in_and_not_configured_is_told_too(serve: Serve, machine: Places) -> None:
    parts = room(DEVICES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("appliance.inventory.machine.Places", lambda: machine)
        answer = await get(await serve(app(parts)), f"{ROOT}/devices", bearer(Role.VIEW))
    hardware = {each.kind: each for each in msgspec.json.decode(answer.body, type=Devices).hardware}
    assert (hardware["keypad"].name, hardware["keypad"].used_by) == ("USB Keypad", ("keypads.keypad",))
    assert (hardware["speakerphone"].name, hardware["speakerphone"].used_by) == ("Jabra", ())


async def test_every_table_of_devices_is_told_of() -> None:
    tables = {"display", "tones", *(name for name, kind in Config.__annotations__.items() if "dict[" in str(kind))}
    not_devices = {"chords", "patterns", "webhooks"}
    assert tables - not_devices == set(_TABLES)


async def test_the_configuration_has_no_secrets(serve: Serve) -> None:
    answer = await get(await serve(app(room(DEVICES))), f"{ROOT}/configuration", bearer(Role.MAINTAIN))
    assert answer.json["room"]["name"] == "Neptune"
    assert answer.json["buttons"]["call"]["pin"] == 17
    assert answer.json["terminal"]["host"] == "127.0.0.1"


async def test_the_audit_is_read_from_its_end(serve: Serve) -> None:
    parts = room()
    for number in range(3):
        parts.audit.note("lights", f"volume {number}", by="token")
    address = await serve(app(parts))

    async def last(query: str = "") -> list[str]:
        answer = await get(address, f"{ROOT}/audit{query}", bearer(Role.MAINTAIN))
        return [deed.what for deed in msgspec.json.decode(answer.body, type=Deeds).deeds]

    assert await last() == ["volume 2", "volume 1", "volume 0"]
    assert await last("?count=1") == ["volume 2"]


@pytest.mark.parametrize("count", ["0", "501", "-1", "x", "", "1e1", "9" * 10, "%D9%A3"])
async def test_a_count_that_is_none(count: str, serve: Serve) -> None:
    answer = await get(await serve(app(room())), f"{ROOT}/audit?count={count}", bearer(Role.MAINTAIN))
    assert (answer.status, answer.headers["content-type"]) == (400, "application/problem+json")


async def test_figures_are_there_without_a_table_for_them(serve: Serve) -> None:
    address = await serve(app(room()))
    plain = await get(address, f"{ROOT}/metrics", bearer(Role.VIEW))
    assert plain.headers["content-type"].startswith("text/plain; version=")
    assert b"offhook_" in plain.body
    wanted = {"Accept": "application/openmetrics-text; version=1.0.0", **bearer(Role.VIEW)}
    assert (await get(address, f"{ROOT}/metrics", wanted)).body.endswith(b"# EOF\n")
