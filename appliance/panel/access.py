"""Who may touch, and who may only look: by where somebody comes from, and by the cookie of a panel that was paired.

A screen on the box itself may touch: whoever sits there holds the box in his hands. Any other has to be paired, which
takes a code that the box's own display shows, and then keeps a secret; that is only ever sent over HTTPS. The box keeps
digests of these secrets.
"""

import ipaddress
from collections.abc import Callable, Iterable
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

COOKIE: Final = "offhook-panel"


class Access:
    """Says who may touch. `paired`: the digests of the secrets of panels, which may change at any time."""

    def __init__(self, paired: Callable[[], Iterable[str]] = tuple) -> None:
        self._paired = paired

    def may_touch(self, scope: Scope) -> bool:
        """Returns whether a request, or a WebSocket, comes from a screen that may touch."""
        if is_local(scope):
            return True
        secret = secret_of(scope)
        return scope["scheme"] == "https" and bool(secret) and digest(secret) in set(self._paired())


def is_local(scope: Scope) -> bool:
    """Returns whether somebody is on this machine."""
    client = scope.get("client")
    try:
        address = ipaddress.ip_address(str(client[0]).partition("%")[0]) if client else None
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return address is not None and (mapped or address).is_loopback


def secret_of(scope: Scope) -> str:
    """Returns the secret that a request carries; empty without one."""
    try:
        cookie = SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return ""
    return cookie[COOKIE].value if COOKIE in cookie else ""


def digest(secret: str) -> str:
    """Returns what is kept of a secret."""
    return sha256(secret.encode()).hexdigest()
