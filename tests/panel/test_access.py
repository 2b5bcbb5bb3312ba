import pytest
from starlette.types import Scope

from appliance.panel.access import COOKIE, Access, digest


def scope(client: str | None, scheme: str = "https", cookie: str = "") -> Scope:
    headers = [(b"cookie", cookie.encode())] if cookie else []
    return {"type": "http", "client": None if client is None else (client, 1), "scheme": scheme, "headers": headers}


@pytest.mark.parametrize("client", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
def test_who_is_at_the_box_may_touch(client: str) -> None:
    assert Access().may_touch(scope(client, "http"))


@pytest.mark.parametrize("client", ["192.0.2.7", "fe80::1%eth0", "::ffff:192.0.2.7", "10.127.0.1", "", "room", None])
def test_anybody_else_may_not(client: str | None) -> None:
    assert not Access().may_touch(scope(client))


def test_a_panel_that_was_paired_may_over_https() -> None:
    access = Access(lambda: [digest("secret")])
    cookie = f"{COOKIE}=secret; other=1"
    assert access.may_touch(scope("192.0.2.7", "https", cookie))
    assert not access.may_touch(scope("192.0.2.7", "http", cookie))
    assert not access.may_touch(scope("192.0.2.7", "https", f"{COOKIE}=guess"))
    assert not access.may_touch(scope("192.0.2.7", "https", f"{COOKIE}="))


@pytest.mark.parametrize("cookie", ["=", ";;;", f"{COOKIE}", f'{COOKIE}=\\"', "a=b, c=d", "\x7f=1"])
def test_odd_cookies_are_nobodys(cookie: str) -> None:
    assert not Access(lambda: [digest("secret")]).may_touch(scope("192.0.2.7", "https", cookie))
