"""A screen is paired over HTTPS, by the code that the room's display shows: through the real pages."""

import ssl
from collections.abc import MutableMapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import trio
import trio.testing
from starlette.types import ASGIApp

from appliance.access.gate import PANEL_COOKIE, SESSION_COOKIE, Gate
from appliance.access.limits import EACH
from appliance.access.notes import NoNotes
from appliance.access.paired import Paired
from appliance.access.roles import By, Caller, Role
from appliance.access.sessions import Sessions
from appliance.config.load import parse
from appliance.language.catalogue import ENGLISH
from appliance.language.text import Text
from appliance.panel.access import Access
from appliance.panel.certificate import Pair, server_context
from appliance.panel.pair.page import pair_pages
from appliance.panel.pair.pairing import GOOD_FOR, CannotPair, Pairing
from appliance.panel.pair.routes import Pairs, pairing_routes
from appliance.panel.status import state_json
from appliance.room.actions import parse as parse_action
from appliance.room.inputs import Touched
from appliance.run.pages.status import pages_of
from appliance.run.parts import Parts
from appliance.runtime.web.answers import web_app
from appliance.runtime.web.guard import Guard
from appliance.runtime.web.server import serve_web
from appliance.services.box.hardware import Hardware
from appliance.services.pages.inviting import Inviting
from appliance.services.store import RoomStore
from tests.runtime.web.client import Address, request
from tests.virtual_time import real

ORIGIN, TOKEN = "https://192.168.10.25:8443", "offhook_lights"
FAR_AWAY = ("192.0.2.7", 40000)
JSON = {"Content-Type": "application/json"}


class Box:
    """A room with a display, whose pages are served with TLS and without."""

    def __init__(self) -> None:
        self.invited = list[str]()
        self.store = RoomStore()
        self.paired = Paired(None)
        self.sessions = Sessions(trio.current_time)
        self.gate = Gate(lambda: self.paired.digests, sessions=self.sessions, tokens=self)
        self.access = Access(self.gate)
        pairing = Pairing(self.store, self.paired.add, trio.current_time, self, has_display=True)
        self.inviting = Inviting(pairing, self.store, lambda: ORIGIN)
        routes = pairing_routes(Pairs(pairing, self.inviting, lambda: "AB:CD"), self.gate, ENGLISH)
        self.app = web_app([*pair_pages("Neptune", ENGLISH), *routes])

    def note(self, who: str, what: str, *, by: str = "", about: str = "", soon: bool = False) -> None:
        """Notes a deed."""
        del who, about, soon
        if what == "invited":
            self.invited.append(by)

    @staticmethod
    def caller(secret: str) -> Caller | None:
        """Knows one program."""
        return Caller("lights", Role.MAINTAIN, "token") if secret == TOKEN else None

    @property
    def code(self) -> str:
        """What the display shows."""
        return self.store.state.pairing.code.text if self.store.state.pairing else ""


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
async def address(box: Box, pair: Pair, nursery: trio.Nursery) -> Address:
    serve = partial(serve_web, box.app, "127.0.0.1:0", server_context(pair))
    addresses: list[Address] = await nursery.start(serve)
    return addresses[0]


async def post(address: Address, path: str, body: bytes, tls: ssl.SSLContext | None) -> tuple[int, str]:
    answer = await request(address, "POST", f"/panel/pairing{path}", body, JSON, tls)
    return answer.status, answer.headers.get("set-cookie", answer.body.decode())


async def test_a_screen_is_paired(box: Box, address: Address, trusting: ssl.SSLContext) -> None:
    assert await post(address, "", b"{}", trusting) == (200, '{"seconds":120.0}')
    status, cookie = await post(address, "/code", b'{"code": "%s"}' % box.code.encode(), trusting)
    assert status == 200
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=strict", "Path=/panel"))
    secret = cookie.partition(f"{PANEL_COOKIE}=")[2].partition(";")[0]
    scope = {
        "client": ("192.0.2.7", 1),
        "scheme": "https",
        "headers": [(b"cookie", f"{PANEL_COOKIE}={secret}".encode())],
    }
    assert box.access.may_touch(scope)
    assert box.code == ""


async def test_nobody_reads_the_code_off_the_network(box: Box, address: Address, trusting: ssl.SSLContext) -> None:
    _, said = await post(address, "", b"{}", trusting)
    assert len(box.code) == 8
    assert box.code not in said
    assert box.code not in str(state_json(box.store.state))
    assert box.code not in repr(box.store.state)


async def test_a_wrong_code_pairs_nobody(box: Box, address: Address, trusting: ssl.SSLContext) -> None:
    await post(address, "", b"{}", trusting)
    assert await post(address, "/code", b'{"code": ""}', trusting) == (409, '{"error":"That is not the code"}')
    assert box.paired.digests == frozenset()


async def test_over_plain_http_nobody_elsewhere_is_paired(box: Box) -> None:
    for path in ("", "/code"):
        assert await status_of(box, {**scope_of(path), "scheme": "http"}) == 403
    assert box.code == ""


async def test_at_the_box_itself_plain_http_will_do(box: Box, nursery: trio.Nursery) -> None:
    """Nobody reads along there, as with log-ins: the end of a tunnel, and the demo."""
    (address,) = await nursery.start(serve_web, box.app, "127.0.0.1:0")
    assert await post(address, "", b"{}", None) == (200, '{"seconds":120.0}')
    status, _ = await post(address, "/code", b'{"code": "%s"}' % box.code.encode(), None)
    assert (status, len(box.paired.digests)) == (200, 1)


@pytest.fixture
async def running(box: Box, nursery: trio.Nursery) -> Box:
    nursery.start_soon(box.inviting.run)
    await trio.testing.wait_all_tasks_blocked()
    return box


async def test_a_phone_is_paired_by_what_the_display_shows(
    running: Box, address: Address, trusting: ssl.SSLContext
) -> None:
    running.inviting.toggle()
    with trio.fail_after(real(20)):
        while (shown := running.store.state.pairing) is None:
            await running.store.followed.newer_than(running.store.state)
    assert shown.where == f"{ORIGIN}/pair"
    page = await request(address, "GET", "/PAIR", headers={}, tls=trusting)
    assert page.status == 200
    status, cookie = await post(address, "/code", b'{"code": "%s"}' % shown.code.text.encode(), trusting)
    assert (status, PANEL_COOKIE in cookie) == (200, True)
    assert running.store.state.pairing is None
    assert len(running.paired.digests) == 1
    assert (await post(address, "/code", b'{"code": "%s"}' % shown.code.text.encode(), trusting))[0] == 409


async def test_who_presses_once_more_ends_it(running: Box) -> None:
    shown = await running.inviting.invite()
    assert await running.inviting.invite() is shown
    running.inviting.toggle()
    assert running.store.state.pairing is None


async def test_after_two_minutes_it_is_nowhere(autojump_clock: trio.abc.Clock, running: Box) -> None:
    del autojump_clock
    await running.inviting.invite()
    await trio.sleep(GOOD_FOR - 1)
    assert running.store.state.pairing is not None
    await trio.sleep(2)
    assert running.store.state.pairing is None


async def test_a_code_that_a_screen_asked_for_goes_in_time_as_well(
    autojump_clock: trio.abc.Clock, running: Box, address: Address, trusting: ssl.SSLContext
) -> None:
    del autojump_clock
    await post(address, "", b"{}", trusting)
    assert running.code
    await trio.sleep(GOOD_FOR + 1)
    assert running.store.state.pairing is None


async def test_it_is_on_the_screen_that_asks_and_in_no_record(
    running: Box, address: Address, trusting: ssl.SSLContext
) -> None:
    answer = await request(address, "POST", "/panel/pairing/offer", b"{}", JSON, trusting)
    shown = running.store.state.pairing
    assert shown is not None
    told = answer.json
    assert (told["code"], told["where"], told["fingerprint"]) == (shown.code.text, f"{ORIGIN}/pair", "AB:CD")
    assert 119 < told["seconds"] <= GOOD_FOR
    assert tuple(told["rows"]) == tuple(shown.matrix.text.split())
    assert answer.headers["cache-control"] == "no-store"
    recorded = f"{state_json(running.store.state)}{running.store.state!r}"
    assert shown.code.text not in recorded
    assert shown.matrix.text.split()[8] not in recorded
    assert (await request(address, "POST", "/panel/pairing/hide", b"{}", JSON, trusting)).status == 200
    assert running.store.state.pairing is None


def scope_of(path: str, **headers: str) -> dict[str, Any]:
    """A request of somebody on the network, over HTTPS."""
    named = {"host": "192.168.10.25:8443", "content-type": "application/json", "content-length": "2", **headers}
    raw = [(name.encode(), value.encode()) for name, value in named.items()]
    about = {"type": "http", "method": "POST", "path": f"/panel/pairing{path}", "headers": raw, "query_string": b""}
    return {**about, "scheme": "https", "client": FAR_AWAY, "server": ("192.168.10.25", 8443)}


async def answered(app: ASGIApp, scope: dict[str, object]) -> tuple[int, dict[str, str]]:
    """Returns the status and the headers of an answer."""
    sent = list[tuple[int, dict[str, str]]]()

    async def receive() -> dict[str, object]:
        await trio.lowlevel.checkpoint()
        return {"type": "http.request", "body": b"" if scope["method"] == "GET" else b"{}"}

    async def send(message: MutableMapping[str, Any]) -> None:
        await trio.lowlevel.checkpoint()
        if message["type"] == "http.response.start":
            headers = {name.decode(): value.decode() for name, value in message["headers"]}
            sent.append((message["status"], headers))

    await app(scope, receive, send)
    return sent[0]


async def status_of(box: Box, scope: dict[str, object]) -> int:
    return (await answered(Guard(box.app, host="0.0.0.0"), scope))[0]  # noqa: S104  # no socket is opened


CALLERS: dict[By | str, int] = {"nobody": 403, "panel": 200, "session": 200, "token": 403, "view": 403}


@pytest.mark.parametrize(("by", "status"), CALLERS.items())
async def test_who_may_show_others_how(running: Box, by: str, status: int) -> None:
    """A program that has a token for a while must not get what it could keep for ever."""
    shows = {
        "nobody": {},
        "panel": {"cookie": f"{PANEL_COOKIE}={await running.paired.add()}"},
        "session": {"cookie": f"{SESSION_COOKIE}={running.sessions.begin(Caller('m', Role.MAINTAIN, 'session'))}"},
        "view": {"cookie": f"{SESSION_COOKIE}={running.sessions.begin(Caller('m', Role.VIEW, 'session'))}"},
        "token": {"authorization": f"Bearer {TOKEN}"},
    }[by]
    for path in ("/offer", "/hide"):
        assert await status_of(running, scope_of(path, **shows)) == status
    assert running.invited == ({"panel": ["panel"], "session": ["session"]}.get(by, []))


@pytest.mark.parametrize("path", ["", "/code", "/offer", "/hide"])
@pytest.mark.parametrize(
    ("attack", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"content-type": "text/plain", "origin": ORIGIN}, 415),
        ({"content-type": "application/x-www-form-urlencoded", "origin": ORIGIN}, 415),
    ],
)
async def test_pages_of_other_sites_can_ask_for_none_of_it(
    running: Box, path: str, attack: dict[str, str], status: int
) -> None:
    """Not even with the cookie of a paired screen, which a browser does not send along (SameSite=Strict)."""
    shows = {"cookie": f"{PANEL_COOKIE}={await running.paired.add()}"}
    assert await status_of(running, scope_of(path, **shows, **attack)) == status
    assert running.store.state.pairing is None
    assert len(running.paired.digests) == 1


async def test_the_page_takes_nothing_of_its_address_for_its_own(address: Address, trusting: ssl.SSLContext) -> None:
    """`?to=` leads to pages of ours alone; nothing of the address is part of the page else."""
    for to in ("https://evil.example/", "//evil.example", "/\\evil.example", 'javascript:alert(1)"', "/panel"):
        page = await request(address, "GET", f"/pair?to={quote(to, safe='')}&code=12345678", headers={}, tls=trusting)
        text = page.body.decode()
        assert 'data-to="/panel"' in text
        assert "12345678" not in text
        assert "evil" not in text
        assert page.headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'self'" in page.headers["content-security-policy"]


async def test_sixty_codes_over_the_network_get_nowhere(
    running: Box, address: Address, trusting: ssl.SSLContext
) -> None:
    code = (await running.inviting.invite()).code.text
    wrong = f"{(int(code) + 1) % 10**8:08}"
    statuses = [(await post(address, "/code", b'{"code": "%s"}' % wrong.encode(), trusting))[0] for _ in range(60)]
    assert statuses == [409] * EACH.free + [429] * (60 - EACH.free)
    assert running.paired.digests == frozenset()
    answer = await request(address, "POST", "/panel/pairing/code", b'{"code": "1"}', JSON, trusting)
    assert 0 < int(answer.headers["retry-after"]) <= EACH.first


async def no_secret() -> str:
    """Nobody is paired here."""
    pytest.fail("a screen was paired")


async def none_is_invited(inviting: Inviting, store: RoomStore) -> None:
    with pytest.raises(CannotPair):
        await inviting.invite()
    inviting.toggle()
    assert store.state.notice is not None
    assert store.state.notice.text == Text("notice.no_invitation")


async def test_where_no_phone_could_come_none_is_invited(nursery: trio.Nursery) -> None:
    store = RoomStore()
    pairing = Pairing(store, no_secret, trio.current_time, NoNotes(), has_display=True)
    nowhere = Inviting(pairing, store, str)
    nursery.start_soon(nowhere.run)
    await trio.testing.wait_all_tasks_blocked()
    await none_is_invited(nowhere, store)


async def test_before_it_runs_none_is_invited() -> None:
    store = RoomStore()
    pairing = Pairing(store, no_secret, trio.current_time, NoNotes(), has_display=True)
    await none_is_invited(Inviting(pairing, store, lambda: ORIGIN), store)


CLOSED_ROOM = """
[room]
name = "Neptune"
[terminal]
host = "192.168.10.20"
pin = "1234"
[display]
[panel]
listen = "192.168.10.25:8443"
certificate = "/c.pem"
key = "/k.pem"
[access]
view = "login"
"""


@pytest.mark.parametrize(
    ("path", "lang", "to"),
    [
        ("/panel", "", "/pair?to=%2Fpanel"),
        ("/panel", "lang=ru&inches=7", "/pair?to=%2Fpanel%3Flang%3Dru%26inches%3D7&lang=ru"),
        ("/panel/door", "", "/pair?to=%2Fpanel%2Fdoor"),
    ],
)
async def test_where_only_who_is_known_may_look_others_are_led_to_be_paired(path: str, lang: str, to: str) -> None:
    """In a room as it is built: who is paired gets the page."""
    parts = Parts(parse(CLOSED_ROOM, Path("room.toml")), Hardware())
    app = Guard(pages_of(parts).app, host="192.168.10.25")
    asked = {**scope_of("", **{"content-length": "0"}), "method": "GET", "path": path, "query_string": lang.encode()}
    status, headers = await answered(app, asked)
    assert (status, headers["location"]) == (303, to)
    shows = (b"cookie", f"{PANEL_COOKIE}={await parts.access.paired.add()}".encode())
    status, _ = await answered(app, {**asked, "headers": [*asked["headers"], shows]})
    assert status == 200


async def test_the_action_of_a_button_goes_all_the_way(nursery: trio.Nursery) -> None:
    """From the words of room.toml to what the display shows, and back."""
    parts = Parts(parse(CLOSED_ROOM, Path("room.toml")), Hardware())
    parts.controller.put(Touched(parse_action("pair")))
    assert parts.store.state.notice is not None  # nobody is there yet who could
    await nursery.start(parts.access.run)
    await trio.testing.wait_all_tasks_blocked()
    parts.controller.put(Touched(parse_action("pair")))
    with trio.fail_after(real(20)):
        while (shown := parts.store.state.pairing) is None:
            await parts.store.followed.newer_than(parts.store.state)
    assert shown.where == "https://192.168.10.25:8443/pair"
    assert parts.shows_secret
    parts.controller.put(Touched(parse_action("pair")))
    assert parts.store.state.pairing is None
    assert not parts.shows_secret
