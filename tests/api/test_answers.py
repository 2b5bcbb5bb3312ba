"""What the operations that only look answer."""

import msgspec
import pytest
import trio
from trio.testing import MockClock

from appliance.access.roles import Role
from appliance.api.about import ROOT
from appliance.api.health import Health
from appliance.api.looked import Seen
from appliance.language.text import Text
from appliance.room.state import Link, LinkPhase, Phase
from appliance.runtime.supervisor import Condition
from appliance.runtime.supervisor import Health as Condition_
from tests.api.conftest import Serve
from tests.api.rooms import app, bearer, room, set_state
from tests.runtime.web.client import Address, Answer, get


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
    display, keypad = health.services
    assert (display.name, display.condition, display.seconds, display.failures) == ("display", Condition.READY, 90, 0)
    assert (keypad.condition, keypad.reason, keypad.failures) == (Condition.OFFLINE, "no such device", 1)


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
