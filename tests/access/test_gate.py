from collections.abc import Mapping

import pytest
from starlette.types import Scope

from appliance.access.digests import digest
from appliance.access.gate import PANEL_COOKIE, SESSION_COOKIE, Gate
from appliance.access.roles import Caller, Role
from appliance.access.sessions import IDLE, Sessions
from tests.access.scopes import AWAY, scope, with_panel, with_session, with_token
from tests.access.test_sessions import Clock

MAINTAINER = Caller("maintainer", Role.MAINTAIN, "session")
PROGRAM = Caller("lights", Role.TOUCH, "token")


class Known:
    """Those known by secrets."""

    def __init__(self, callers: Mapping[str, Caller]) -> None:
        self._callers = callers

    def caller(self, secret: str, *, uses: bool = True) -> Caller | None:  # as sessions have it
        return self._callers.get(secret)


GATE = Gate(lambda: [digest("panel")], sessions=Known({"session": MAINTAINER}), tokens=Known({"token": PROGRAM}))


@pytest.mark.parametrize("client", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_who_is_at_the_box_may_touch_and_not_maintain(client: str) -> None:
    assert Gate().caller(scope(client, "http")) == Caller("box", Role.TOUCH, "box")
    assert not Gate().allows(scope(client, "http"), Role.MAINTAIN)


@pytest.mark.parametrize("client", [AWAY, "fe80::1%eth0", "::ffff:192.0.2.7", "10.127.0.1", "", "room", None])
def test_anybody_else_is_nobody(client: str | None) -> None:
    assert Gate().caller(scope(client)) is None


def test_a_panel_that_was_paired_may_touch_over_https() -> None:
    caller = GATE.caller(with_panel("panel"))
    assert caller == Caller(f"panel {digest('panel')[:8]}", Role.TOUCH, "panel")
    assert [GATE.caller(each) for each in (with_panel("panel", AWAY, "http"), with_panel("guess"), with_panel(""))] == [
        None
    ] * 3


@pytest.mark.parametrize("cookie", ["=", ";;;", f"{PANEL_COOKIE}", f'{PANEL_COOKIE}=\\"', "a=b, c=d", "\x7f=1"])
def test_odd_cookies_are_nobodys(cookie: str) -> None:
    assert GATE.caller(scope(cookie=cookie)) is None


def test_a_session_counts_over_https_and_on_the_box() -> None:
    assert GATE.caller(with_session("session")) == MAINTAINER
    assert GATE.caller(with_session("session", "::1", "http")) == MAINTAINER
    assert GATE.caller(with_session("session", AWAY, "http")) is None


def test_a_token_counts_over_https_and_on_the_box() -> None:
    assert GATE.caller(with_token("token")) == PROGRAM
    assert GATE.caller(with_token("token", "127.0.0.1", "http")) == PROGRAM
    assert GATE.caller(with_token("token", AWAY, "http")) is None


WRONG: Mapping[str, tuple[bytes, ...]] = {
    "over": (b"Bearer over",),
    "empty": (b"Bearer ",),
    "other scheme": (b"Basic dG9rZW4=",),
    "twice": (b"Bearer token", b"Bearer token"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_a_program_with_a_wrong_token_is_nobody_even_on_the_box(wrong: tuple[bytes, ...]) -> None:
    shown: Scope = scope("127.0.0.1", headers=tuple((b"authorization", each) for each in wrong))
    assert GATE.caller(shown) is None
    assert not GATE.allows(shown, Role.VIEW)


@pytest.mark.parametrize("is_open", [True, False])
def test_anybody_may_look_where_that_is_open(is_open: bool) -> None:  # a parameter of the test
    gate = Gate(view_is_open=is_open)
    assert gate.allows(scope(), Role.VIEW) is is_open
    assert not gate.allows(scope(), Role.TOUCH)
    assert gate.allows(scope("::1"), Role.VIEW)


BY_ITSELF: Mapping[str, tuple[tuple[bytes, bytes], ...]] = {
    "says so": ((b"X-By-Itself", b"1"),),
    "an image": ((b"sec-fetch-dest", b"image"),),
    "a script": ((b"sec-fetch-dest", b"script"),),
    "events": ((b"accept", b"text/event-stream"), (b"sec-fetch-dest", b"empty")),
}
BY_HAND: Mapping[str, tuple[tuple[bytes, bytes], ...]] = {
    "a page": ((b"sec-fetch-dest", b"document"), (b"accept", b"text/html")),
    "a press": ((b"sec-fetch-dest", b"empty"),),
    "an old browser": (),
}


def used(headers: tuple[tuple[bytes, bytes], ...], kind: str = "http") -> bool:
    """Whether a session is there still that was used in this way alone, just before it would have ended."""
    clock = Clock()
    sessions = Sessions(clock)
    asked = {**scope(cookie=f"{SESSION_COOKIE}={sessions.begin(MAINTAINER)}", headers=headers), "type": kind}
    gate = Gate(sessions=sessions)
    clock.now += IDLE - 1
    assert gate.caller(asked) == MAINTAINER
    clock.now += 1
    return gate.caller(asked) == MAINTAINER


@pytest.mark.parametrize("headers", BY_ITSELF.values(), ids=BY_ITSELF)
def test_what_a_page_does_by_itself_keeps_nobody_logged_in(headers: tuple[tuple[bytes, bytes], ...]) -> None:
    assert not used(headers)


def test_a_page_that_stays_open_keeps_nobody_logged_in() -> None:
    assert not used((), "websocket")


@pytest.mark.parametrize("headers", BY_HAND.values(), ids=BY_HAND)
def test_what_somebody_does_keeps_them_logged_in(headers: tuple[tuple[bytes, bytes], ...]) -> None:
    assert used(headers)
