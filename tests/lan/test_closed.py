"""What a guest of the network gets of a box on which one has to log in: nothing of the room, whatever is asked."""

import json
from collections.abc import Iterable, Iterator
from typing import Final

import pytest
import trio_websocket
from starlette.routing import BaseRoute, Mount, Route

from appliance.access.roles import Role
from appliance.room.state import Phase
from appliance.run.pages.status import pages_of
from appliance.runtime.web.uploads import FILE
from tests.e2e.world import ANNA
from tests.lan.box import BROWSER, JSON, Lan, bearer
from tests.lan.network import needs_a_network

pytestmark = [pytest.mark.slow, *needs_a_network]

OPEN: Final = {
    *("/health", "/login", "/login/out"),  # the health names nobody; to log in one need not be logged in
    *("/panel", "/panel/door", "/panel/panel.webmanifest", "/panel/door.webmanifest", "/panel/worker.js"),
    *("/panel/static/{name:path}", "/panel/pairing", "/panel/pairing/code"),  # pages without what they show
    *("/pair", "/PAIR"),  # the page of a phone that is to be paired: it takes a code, and has none
    *("/api/v1/openapi.json", "/api/v1/", "/api/v1/static/{name:path}"),  # a document about all boxes
}
"""What answers anybody although looking needs a login. Whoever adds to it says why it tells nothing of the room."""
SOCKETS: Final = ("/panel/live", "/panel/door/live", "/maintenance/live", "/api/v1/events")
FILLED: Final = {"{name:path}": "panel.js", "{number:int}": "1"}


def paths(routes: Iterable[BaseRoute], base: str = "") -> Iterator[tuple[str, str]]:
    """Each path with each of its methods."""
    for route in routes:
        if isinstance(route, Mount):
            yield from paths(route.routes, base + route.path)
        else:
            assert isinstance(route, Route)
            yield from ((base + route.path, method) for method in sorted(route.methods or ()))


def filled(path: str) -> str:
    for name, value in FILLED.items():
        path = path.replace(name, value)
    return path


def kind(path: str) -> dict[str, str]:
    """The header of a body as this path takes it."""
    return {"Content-Type": FILE} if path.endswith("/restore") else JSON


async def test_every_path_but_the_open_ones_is_closed(lan: Lan) -> None:
    every = list(paths(pages_of(lan.world.appliance.parts).app.routes))
    assert {path for path, _ in every} >= OPEN
    assert len(every) > 50
    wrong = list[tuple[str, str, int]]()
    for path, method in every:
        if path not in OPEN:
            answer = await lan.ask(filled(path), method, b"{}" if method == "POST" else b"", kind(path))
            if answer.status not in {401, 403}:
                wrong.append((method, path, answer.status))
    assert wrong == []


async def test_the_open_ones_say_nothing_of_who_is_called(lan: Lan) -> None:
    lan.world.simulator.peer(ANNA).call()
    state = await lan.world.until_phase(Phase.RINGING)
    assert state.conversation is not None
    assert state.conversation.peer is not None
    secret = [ANNA, state.conversation.peer.name]
    for path in sorted(OPEN):
        told = (await lan.ask(filled(path))).body.decode()
        assert [name for name in secret if name in told] == []


async def test_a_browser_is_sent_to_the_page_where_one_logs_in(lan: Lan) -> None:
    for path in ("/", "/maintenance", "/maintenance/audit?lang=pl"):
        answer = await lan.ask(path, headers=BROWSER)
        assert (answer.status, answer.headers["location"].partition("?")[0]) == (303, "/login")


@pytest.mark.parametrize("role", [Role.VIEW, Role.TOUCH])
async def test_a_lesser_role_does_not_maintain(lan: Lan, role: Role) -> None:
    for path, method in paths(pages_of(lan.world.appliance.parts).app.routes):
        if path.startswith("/maintenance"):
            answer = await lan.ask(
                filled(path), method, b"{}" if method == "POST" else b"", {**kind(path), **bearer(role)}
            )
            assert (path, answer.status) == (path, 403)


@pytest.mark.parametrize("path", SOCKETS)
async def test_no_live_connection_says_a_word_of_the_room_to_a_guest(lan: Lan, path: str) -> None:
    """A page of a panel is told that it may not touch, and then leads to where one logs in."""
    said = list[str]()
    with pytest.RaisesGroup(
        pytest.RaisesExc((trio_websocket.ConnectionClosed, trio_websocket.ConnectionRejected)), flatten_subgroups=True
    ):
        async with lan.websocket(path, {}) as socket:
            while True:
                said.append(str(await socket.get_message()))
    told = [json.loads(message) for message in said]
    assert [set(message) for message in told] in ([], [{"box", "touch", "clock", "now"}])
    assert [(message["box"], message["touch"]) for message in told] in ([], [("", False)])


@pytest.mark.parametrize("path", SOCKETS)
async def test_no_live_connection_is_opened_for_a_page_of_another_site(lan: Lan, path: str) -> None:
    """The browser of somebody who is logged in would send the cookie along: it is the origin that counts."""
    cookie = await lan.session(await lan.password())
    with pytest.RaisesGroup(trio_websocket.ConnectionRejected, flatten_subgroups=True) as refused:
        async with lan.websocket(path, {**cookie, **bearer(Role.MAINTAIN), "Origin": "https://evil.example.com"}):
            pytest.fail("it was opened")
    rejected = refused.value.exceptions[0]
    assert isinstance(rejected, trio_websocket.ConnectionRejected)
    assert rejected.status_code == 403


async def test_a_session_works_from_the_network(lan: Lan) -> None:
    cookie = await lan.session(await lan.password())
    for path in ("/", "/state", "/maintenance", "/maintenance/log", "/api/v1/audit"):
        assert (await lan.ask(path, headers=cookie)).status == 200


async def test_a_token_that_may_maintain_follows_the_maintenance_pages_and_a_lesser_one_does_not(lan: Lan) -> None:
    async with lan.websocket("/maintenance/live", bearer(Role.MAINTAIN)) as live:
        assert "clock" in str(await live.get_message())
    async with lan.websocket("/maintenance/live", bearer(Role.TOUCH)) as live:
        with pytest.raises(trio_websocket.ConnectionClosed):
            await live.get_message()
