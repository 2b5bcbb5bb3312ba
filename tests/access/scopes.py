"""Requests as ASGI's scope says them."""

from starlette.types import Scope

from appliance.access.gate import PANEL_COOKIE, SESSION_COOKIE

AWAY = "192.0.2.7"


def scope(
    client: str | None = AWAY, scheme: str = "https", cookie: str = "", headers: tuple[tuple[bytes, bytes], ...] = ()
) -> Scope:
    """A request from an address."""
    cookies = ((b"cookie", cookie.encode()),) if cookie else ()
    where = None if client is None else (client, 1)
    return {"type": "http", "client": where, "scheme": scheme, "headers": [*headers, *cookies]}


def with_panel(secret: str, client: str = AWAY, scheme: str = "https") -> Scope:
    """A request of a screen that was paired."""
    return scope(client, scheme, f"{PANEL_COOKIE}={secret}; other=1")


def with_session(secret: str, client: str = AWAY, scheme: str = "https") -> Scope:
    """A request of somebody who logged in."""
    return scope(client, scheme, f"{SESSION_COOKIE}={secret}")


def with_token(token: str, client: str = AWAY, scheme: str = "https") -> Scope:
    """A request of a program."""
    return scope(client, scheme, headers=((b"authorization", f"Bearer {token}".encode()),))
