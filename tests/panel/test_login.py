"""Logging in over HTTPS and in plain, through the real pages."""

import re
import ssl
from functools import partial

import pytest
import trio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from appliance.access.gate import SESSION_COOKIE, Gate
from appliance.access.limits import EACH
from appliance.access.roles import Role
from appliance.access.tokens import All, Tokens, with_token
from appliance.language.catalogue import ENGLISH
from appliance.panel.certificate import Pair, server_context
from appliance.panel.login.needs import needs, page_needs
from appliance.panel.login.page import login_page, own_path
from appliance.panel.login.routes import login_routes
from appliance.runtime.web.answers import web_app
from appliance.runtime.web.server import serve_web
from tests.access.box import Box
from tests.runtime.web.client import SERVER_NAME, Address, Answer, request

JSON = {"Content-Type": "application/json"}
BROWSER = {"Accept": "text/html,*/*;q=0.8"}


async def secret_page(_request: Request) -> Response:
    return Response("the box")


class Pages:
    """The pages of a box, and a client of them that keeps no cookies."""

    def __init__(self, box: Box, address: Address, tls: ssl.SSLContext | None) -> None:
        self.box = box
        self._address = address
        self._tls = tls

    async def get(self, path: str, cookie: str = "", **headers: str) -> Answer:
        more = {"Cookie": f"{SESSION_COOKIE}={cookie}"} if cookie else {}
        return await request(self._address, "GET", path, b"", {**headers, **more}, self._tls)

    async def post(self, path: str, body: bytes, cookie: str = "", **headers: str) -> Answer:
        more = {"Cookie": f"{SESSION_COOKIE}={cookie}"} if cookie else {}
        return await request(self._address, "POST", path, body, {**JSON, **headers, **more}, self._tls)

    async def log_in(self, password: str) -> Answer:
        return await self.post("/login", b'{"password": "%s"}' % password.encode())


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def token() -> tuple[All, str]:
    return with_token(All(), "board", Role.VIEW, None)


@pytest.fixture
def app(box: Box, token: tuple[All, str]) -> ASGIApp:
    tokens = Tokens(lambda: None)
    tokens.take(token[0].tokens)
    gate = Gate(sessions=box.sessions, tokens=tokens, view_is_open=False)
    shown = [
        Route("/maintained", page_needs(gate, Role.MAINTAIN, secret_page)),
        Route("/figures", needs(gate, Role.MAINTAIN, secret_page)),
    ]
    return web_app([login_page("Neptune", gate, ENGLISH), *login_routes(box.login, gate, ENGLISH), *shown])


@pytest.fixture
async def pages(
    box: Box,
    app: ASGIApp,
    pair: Pair,
    trusting: ssl.SSLContext,
    nursery: trio.Nursery,
    monkeypatch: pytest.MonkeyPatch,
) -> Pages:
    monkeypatch.setattr("appliance.access.gate.is_local", lambda _scope: False)  # as if from the network
    addresses = await nursery.start(partial(serve_web, app, "127.0.0.1:0", server_context(pair)))
    return Pages(box, addresses[0], trusting)


def secret_of(answer: Answer) -> str:
    return answer.headers["set-cookie"].partition(f"{SESSION_COOKIE}=")[2].partition(";")[0]


async def test_the_maintainer_logs_in_sees_what_is_his_and_logs_out(pages: Pages) -> None:
    answer = await pages.log_in(await pages.box.login.renew())
    assert (answer.status, answer.body) == (200, b"{}")
    attributes = set(answer.headers["set-cookie"].split("; ")[1:])
    assert attributes == {"HttpOnly", "Path=/", "SameSite=strict", "Secure"}
    secret = secret_of(answer)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", secret)
    assert (await pages.get("/maintained", secret)).body == b"the box"
    out = await pages.post("/login/out", b"{}", secret)
    assert (out.status, secret_of(out)) == (200, '""')
    assert (await pages.get("/maintained", secret)).status == 401


async def test_who_is_not_known_is_sent_to_log_in_and_a_program_is_told(pages: Pages) -> None:
    sent = await pages.get("/maintained?part=log", **BROWSER)
    assert (sent.status, sent.headers["location"]) == (303, "/login?to=%2Fmaintained%3Fpart%3Dlog")
    told = await pages.get("/maintained")
    assert (told.status, told.headers["www-authenticate"]) == (401, "Bearer")
    assert b"this needs the role maintain, and not nobody" in told.body
    assert (await pages.get("/figures", **BROWSER)).status == 401


async def test_who_may_too_little_is_told_so(pages: Pages, token: tuple[All, str]) -> None:
    answer = await pages.get("/figures", Authorization=f"Bearer {token[1]}")
    assert answer.status == 403
    assert b"this needs the role maintain, and not view" in answer.body


async def test_a_wrong_password_and_too_many(pages: Pages) -> None:
    assert (await pages.log_in("guess")).json == {
        "error": "This box has no password yet. Hold the button that shows one, "
        "or run on the box: offhook access password"
    }
    password = await pages.box.login.renew()
    answers = [await pages.log_in("guess") for _ in range(EACH.free)]
    assert {(answer.status, answer.json["error"]) for answer in answers} == {(401, "That is not the password")}
    answer = await pages.log_in(password)
    assert answer.status == 429
    assert 25 <= int(answer.headers["retry-after"]) <= 30
    assert "Too many wrong passwords" in answer.json["error"]


async def test_the_password_is_changed(pages: Pages) -> None:
    password = await pages.box.login.renew()
    mine, other = secret_of(await pages.log_in(password)), secret_of(await pages.log_in(password))
    weak = await pages.post("/login/password", b'{"now": "%s", "new": "short"}' % password.encode(), mine)
    assert (weak.status, "10 to 200 characters" in weak.json["error"]) == (400, True)
    changed = await pages.post("/login/password", b'{"now": "%s", "new": "Correct-Horse 17"}' % password.encode(), mine)
    assert changed.status == 200
    known = [(await pages.get("/maintained", each)).status for each in (mine, other, secret_of(changed))]
    assert known == [401, 401, 200]


async def test_only_who_is_logged_in_changes_it(pages: Pages) -> None:
    password = await pages.box.login.renew()
    answer = await pages.post("/login/password", b'{"now": "%s", "new": "Correct-Horse 17"}' % password.encode())
    assert (answer.status, answer.json) == (401, {"error": "You are not logged in any more"})
    assert (await pages.log_in(password)).status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example.com"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": f"https://{SERVER_NAME}:1"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain"}, 415),
        ({"Sec-Fetch-Site": "cross-site", "Content-Type": "application/x-www-form-urlencoded"}, 415),
    ],
    ids=str,
)
async def test_pages_of_other_sites_can_ask_for_nothing(pages: Pages, headers: dict[str, str], status: int) -> None:
    password = await pages.box.login.renew()
    secret = secret_of(await pages.log_in(password))
    for path, body in (("/login", b'{"password": "guess"}'), ("/login/out", b"{}"), ("/login/password", b"{}")):
        assert (await pages.post(path, body, secret, **headers)).status == status
    assert (await pages.get("/maintained", secret)).status == 200
    assert pages.box.hasher.compared == 1


async def test_in_plain_no_password_is_taken_from_elsewhere(
    box: Box, app: ASGIApp, nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch
) -> None:
    (address,) = await nursery.start(serve_web, app, "127.0.0.1:0")
    pages = Pages(box, address, None)
    password = await box.login.renew()
    assert (await pages.log_in(password)).status == 200  # on the box itself, or through a tunnel of SSH
    monkeypatch.setattr("appliance.access.shown.is_local", lambda _scope: False)
    answer = await pages.log_in(password)
    assert answer.status == 403
    assert "over HTTPS alone" in answer.json["error"]


@pytest.mark.parametrize(
    ("to", "goes"),
    [
        ("/maintenance?part=log", "/maintenance?part=log"),
        ("", ""),
        ("//evil.example.com/", ""),
        ("/\\evil.example.com/", ""),
        ("https://evil.example.com/", ""),
        ("javascript:alert(1)", ""),
        ("/a\r\nb", ""),
    ],
)
def test_nobody_is_sent_to_another_site(to: str, goes: str) -> None:
    assert own_path(to) == goes


async def test_the_page_says_who_is_in_and_what_became_of_it(pages: Pages) -> None:
    out = (await pages.get("/login?said=out&lang=pl")).body.decode()
    assert 'lang="pl"' in out
    assert "Wylogowano" in out
    assert 'autocomplete="current-password"' in out
    secret = secret_of(await pages.log_in(await pages.box.login.renew()))
    inside = (await pages.get("/login?to=%2F%22%3E%3Cscript%3E", secret)).body.decode()
    assert "You are logged in" in inside
    assert "<script>" not in inside
