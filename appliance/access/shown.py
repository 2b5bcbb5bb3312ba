"""What a request, or a WebSocket, shows of whoever sent it: where from, over what, and with which secrets."""

import ipaddress
from collections.abc import Iterator
from http.cookies import CookieError, SimpleCookie
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

BY_ITSELF: Final = b"x-by-itself"
"""The header of a request that a page makes without anybody there: it keeps nobody logged in."""

FOLLOWS: Final = b"text/event-stream"
"""What a page accepts that follows something, and asks for it again by itself whenever it was cut off."""

_BY_HAND: Final = {b"document", b"empty"}
"""`Sec-Fetch-Dest` of a page that is opened, and of a script's request; a page loads its images and so on by itself."""

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
    """Returns whether somebody does something.

    A page that stays open says `BY_ITSELF`, has a WebSocket or a stream of events, or loads the images that it shows.
    """
    if scope["type"] == "websocket":
        return False
    shown = {name.lower(): value for name, value in scope.get("headers", ())}
    if BY_ITSELF in shown or FOLLOWS in shown.get(b"accept", b""):
        return False
    return shown.get(b"sec-fetch-dest", b"empty") in _BY_HAND


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
