"""What a request, or a WebSocket, shows of whoever sent it: where from, over what, and with which secrets."""

import ipaddress
from collections.abc import Iterator
from http.cookies import CookieError, SimpleCookie
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

BY_ITSELF: Final = b"x-by-itself"
"""The header of a request that a page makes without anybody there: it keeps nobody logged in."""

LONGEST: Final = 256  # characters of a secret; ours have 43


def is_local(scope: Scope) -> bool:
    """Returns whether somebody is on this machine."""
    client = scope.get("client")
    try:
        address = ipaddress.ip_address(str(client[0]).partition("%")[0]) if client else None
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return address is not None and (mapped or address).is_loopback


def is_private(scope: Scope) -> bool:
    """Returns whether nobody on the way can read along: it came over HTTPS, or from this machine."""
    return scope.get("scheme") in {"https", "wss"} or is_local(scope)


def is_by_hand(scope: Scope) -> bool:
    """Returns whether somebody does something; a page that stays open says `BY_ITSELF`, or has a WebSocket."""
    return scope["type"] != "websocket" and all(name.lower() != BY_ITSELF for name, _ in scope.get("headers", ()))


def cookie_of(scope: Scope, name: str) -> str:
    """Returns the value of a cookie; empty without one."""
    try:
        cookie = SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return ""
    return cookie[name].value[:LONGEST] if name in cookie else ""


def bearer_of(scope: Scope) -> str | None:
    """Returns the token that a program shows (RFC 6750, 2.1); None where there is no `Authorization` at all.

    It is empty, which is nobody's, where the header is of another scheme, or is there twice.
    """
    headers = list(_authorizations(scope))
    if not headers:
        return None
    scheme, _, token = headers[0].strip().partition(" ")
    return token.strip()[:LONGEST] if len(headers) == 1 and scheme.lower() == "bearer" else ""


def _authorizations(scope: Scope) -> Iterator[str]:
    for name, value in scope.get("headers", ()):
        if name.lower() == b"authorization":
            yield value.decode("latin-1")
