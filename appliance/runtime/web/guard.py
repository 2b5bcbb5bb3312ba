"""What every request passes before it reaches a page: it is meant for us, comes from our own pages, and is small.

A web page elsewhere could point a name of its own at our address and read what we answer (DNS rebinding): its browser
takes us for that page's own server, and says so in `Host`. Only an address, a name of this machine, or a configured
name is therefore served, on every address alike. Any address will do, since nobody can point one elsewhere, and behind
a port that is passed on it is not one of ours. Whoever sends no `Host` at all is not a browser.
"""

import ipaddress
import re
import socket
from collections.abc import Collection
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import trio
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from appliance.runtime.web.answers import error_answer
from appliance.runtime.web.policy import with_policy
from appliance.runtime.web.uploads import Large, Upload, counted, unfit

BODY_LIMIT = 64 * 1024  # bytes, where nothing else is said of a path
BODY_TIME = 10.0  # seconds for a whole body to arrive

NO_LARGE_BODIES: Final[Large] = MappingProxyType({})
ANY_NAME: Final = ("*",)  # for the simulated terminal, which is reached by whatever name a terminal has

_HOST: Final = re.compile(r"(?:\[(?P<address>[^\[\]]+)\]|(?P<name>[^\s:/?#@\[\]\\]+))(?::[0-9]{0,5})?")
"""RFC 9110, 7.2: an address in brackets, or a name, and perhaps a port; what is in an address otherwise is no name."""

_NOT_OPENED: Final[Message] = {"type": "websocket.close", "code": 1008}  # RFC 6455, 7.4.1: against the policy


class Guard:
    """Wraps an application: checks Host and origin, limits bodies, adds security headers to every answer.

    - `Host` must be ours, see above.
    - A browser says where a request of another site's page comes from: it is refused. The body of a POST must be
      declared as JSON, which a plain form cannot do. Tools without a browser need neither.
    - A GET or HEAD has no body; one that has is refused. Any other body is read whole before the application is asked:
      only then does the server notice a client that leaves, whether the application cares for the body or not.
    - Files are another matter, see `uploads`: they are handed on as they come.
    - A WebSocket is opened for the same pages as are answered.
    """

    def __init__(self, app: ASGIApp, *, host: str, names: Collection[str] = (), large: Large = NO_LARGE_BODIES) -> None:
        """`host` is the name that the configuration listens on; `names` are others that it is known by, or ANY_NAME.

        `large`: paths whose bodies may have more than `BODY_LIMIT` bytes, and how many, or to which files are sent.
        """
        self._app = app
        self._large = large
        self._anybody = "*" in names
        self._names = {"localhost", *(_without_dot(name) for name in (host, *names))}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request, or one WebSocket."""
        headers = Headers(scope=scope)
        refusal = self.refusal(headers)
        if scope["type"] == "websocket":
            await (send(_NOT_OPENED) if refusal else self._app(scope, receive, send))
            return
        most = self._large.get(scope["path"], BODY_LIMIT)
        refusal = refusal or _refused(scope["method"], headers, most)
        guarded = with_policy(scope, send)
        try:
            if refusal is not None:
                raise refusal
            whole = counted(receive, most) if isinstance(most, Upload) else await _whole(receive, most)
        except HTTPException as refused:
            await error_answer(refused, scope["path"])(scope, receive, guarded)
        else:
            await self._app(scope, whole, guarded)

    def refusal(self, headers: Headers) -> HTTPException | None:
        """Returns why whoever sends these is shown nothing, whatever it asks for; None where it is shown everything."""
        return self._misdirected(headers) or _foreign(headers)

    def _misdirected(self, headers: Headers) -> HTTPException | None:
        host = headers.get("host")
        if self._anybody or host is None or self._is_ours(host):
            return None
        expected = "expected an IP address, localhost, this machine's name, or one of `names` in [panel]"
        return HTTPException(421, f"Host `{host}` is not served here; {expected}")

    def _is_ours(self, host: str) -> bool:
        name = _without_dot(_name_in(host))
        return name in self._names or _is_address(name) or name in _own_names()


def _own_names() -> set[str]:
    """Returns this machine's name and the one that mDNS gives it; asked each time, since a card may rename the box."""
    name = socket.gethostname().lower()
    return {name, f"{name.partition('.')[0]}.local"}


def _name_in(host: str) -> str:
    """Returns the name or address in a `Host`; nothing where there is more in it than that and a port."""
    found = _HOST.fullmatch(host)
    return "" if found is None else found["address"] or found["name"]


def _without_dot(name: str) -> str:
    return name.lower().removesuffix(".")


def _foreign(headers: Headers) -> HTTPException | None:
    origin = headers.get("origin")
    if origin is not None and (not _parses(origin) or urlsplit(origin).netloc != headers.get("host")):
        return HTTPException(403, f"a page of `{origin}` may not do this; expected one of our own")
    return None


def _refused(method: str, headers: Headers, most: int | Upload) -> HTTPException | None:
    """Returns why a body is not taken."""
    if method in {"GET", "HEAD"}:
        return _uncalled_for(headers)
    return unfit(headers, most) if isinstance(most, Upload) else _unfit(headers, most)


def _uncalled_for(headers: Headers) -> HTTPException | None:
    if "transfer-encoding" in headers or headers.get("content-length", "0").strip("0"):
        expected = "expected GET and HEAD without a body"
        return HTTPException(400, f"there is a body, which nobody would read; {expected}", {"Connection": "close"})
    return None


def _unfit(headers: Headers, most: int) -> HTTPException | None:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    from_browser = "origin" in headers or "sec-fetch-site" in headers
    if from_browser and kind != "application/json":
        return HTTPException(415, f"Content-Type is `{kind}`; expected application/json")
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > most:
        return _too_large(most)
    return None


def _too_large(most: int) -> HTTPException:
    return HTTPException(413, f"the body is too large; expected at most {most} bytes")


async def _whole(receive: Receive, most: int) -> Receive:
    """Reads the body; returns a `receive` that tells it in one message, or that the client left before its end.

    Raises `HTTPException` where it is too large, or takes too long.
    """
    body = bytearray()
    with trio.move_on_after(BODY_TIME):
        while (message := await receive())["type"] == "http.request":
            body += message.get("body", b"")
            if len(body) > most:
                raise _too_large(most)
            if not message.get("more_body", False):
                message = {"type": "http.request", "body": bytes(body), "more_body": False}
                break
        return _first(message, receive)
    raise HTTPException(408, f"the body did not arrive within {BODY_TIME:g} s")


def _first(message: Message, receive: Receive) -> Receive:
    """Returns a `receive` that has one message before the others."""
    waiting = [message]

    async def receiving() -> Message:
        return waiting.pop() if waiting else await receive()

    return receiving


def _parses(netloc: str) -> bool:
    try:
        urlsplit(netloc if "//" in netloc else f"//{netloc}")
    except ValueError:  # brackets without an IPv6 address in them
        return False
    return True


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
