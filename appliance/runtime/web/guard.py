"""What every request passes before it reaches a page: it is meant for us, comes from our own pages, and is small."""

import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

import trio
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from appliance.runtime.web.answers import error_answer

BODY_LIMIT = 64 * 1024  # bytes
BODY_TIME = 10.0  # seconds for a whole body to arrive

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Wraps an application: checks Host and origin, limits bodies, adds security headers to every answer.

    - A request that arrives on this machine's own address must name it (`localhost`, an IP address, or `host`): a web
      page elsewhere could otherwise point a name of its own here and read what we answer (DNS rebinding).
    - A browser says where a POST comes from: other sites' pages are refused, and the body must be declared as JSON,
      which a plain form cannot do. Tools without a browser need neither.
    """

    def __init__(self, app: ASGIApp, *, host: str) -> None:
        """`host` is the name that the configuration listens on."""
        self._app = app
        self._host = host.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request; anything but HTTP goes on as it is."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _with_headers(send)
        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, _Body(receive), guarded)
        else:
            await error_answer(refusal)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> HTTPException | None:
        headers = Headers(scope=scope)
        if not self._is_ours(headers.get("host", ""), scope):
            return HTTPException(
                421, f"Host `{headers.get('host', '')}` is not served here; expected localhost or an IP address"
            )
        if scope["method"] in {"GET", "HEAD"}:
            return None
        return _foreign(headers) or _unfit(headers)

    def _is_ours(self, host: str, scope: Scope) -> bool:
        server = scope.get("server")
        if server is None or not _is_loopback(str(server[0])):
            return True
        name = (urlsplit(f"//{host}").hostname or "") if _parses(host) else ""
        return name in {"localhost", self._host} or _is_address(name)


def _foreign(headers: Headers) -> HTTPException | None:
    origin = headers.get("origin")
    if origin is not None and (not _parses(origin) or urlsplit(origin).netloc != headers.get("host")):
        return HTTPException(403, f"a page of `{origin}` may not do this; expected one of our own")
    return None


def _unfit(headers: Headers) -> HTTPException | None:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    from_browser = "origin" in headers or "sec-fetch-site" in headers
    if from_browser and kind != "application/json":
        return HTTPException(415, f"Content-Type is `{kind}`; expected application/json")
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > BODY_LIMIT:
        return _too_large()
    return None


def _too_large() -> HTTPException:
    return HTTPException(413, f"the body is too large; expected at most {BODY_LIMIT} bytes")


class _Body:
    """`receive` with a limit on the size of the body and on the time that it takes."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._size = 0
        self._whole = False
        self._deadline = trio.current_time() + BODY_TIME

    async def __call__(self) -> Message:
        if self._whole:
            return await self._receive()
        with trio.move_on_at(self._deadline):
            return self._count(await self._receive())
        raise HTTPException(408, f"the body did not arrive within {BODY_TIME:g} s")

    def _count(self, message: Message) -> Message:
        self._size += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._size > BODY_LIMIT:
            raise _too_large()
        return message


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending


def _parses(netloc: str) -> bool:
    try:
        urlsplit(netloc if "//" in netloc else f"//{netloc}")
    except ValueError:  # brackets without an IPv6 address in them
        return False
    return True


def _is_address(host: str) -> bool:
    return _asks(host, lambda _address: True)


def _is_loopback(host: str) -> bool:
    return _asks(host, lambda address: address.is_loopback)


def _asks(host: str, question: Callable[[ipaddress.IPv4Address | ipaddress.IPv6Address], bool]) -> bool:
    try:
        return question(ipaddress.ip_address(host))
    except ValueError:
        return False
