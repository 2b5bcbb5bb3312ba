"""`GET /metrics`: who may, and a page that is written at most every few seconds, however many ask."""

import hmac
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Final

import trio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.runtime.web.answers import web_app

FRESH: Final = 5.0
"""Seconds for which a page is given to everybody: less than anybody scrapes apart, and a crowd costs one page."""
PATH: Final = "/metrics"
_BEARER: Final = "bearer"

Write = Callable[[str], Awaitable[tuple[bytes, str]]]
"""Returns the page in a form, and its type."""


class Scraped:
    """Keeps each form of the page for `FRESH` seconds; who comes while it is written waits for it."""

    def __init__(self, write: Write, wanted: Callable[[str], str], token: str | None) -> None:
        """`wanted`: the form for what a client accepts, of which there are few. `token`: None: nobody needs one."""
        self._write = write
        self._wanted = wanted
        self._digest = None if token is None else _digest(token)
        self._kept: dict[str, tuple[float, bytes, str]] = {}
        self._writing = trio.Lock()

    def app(self) -> Starlette:
        """Returns what answers."""
        return web_app([Route(PATH, self._answer)])

    async def _answer(self, request: Request) -> Response:
        self._check(request.headers.get("authorization", ""))
        body, content_type = await self.page(request.headers.get("accept", ""))
        return Response(body, headers={"content-type": content_type})

    def _check(self, authorization: str) -> None:
        kind, _, shown = authorization.partition(" ")
        if self._digest is None:
            return
        if kind.lower() != _BEARER or not hmac.compare_digest(_digest(shown.strip()), self._digest):
            expected = "expected `Authorization: Bearer TOKEN` with the token of [metrics]"
            raise HTTPException(401, expected, {"WWW-Authenticate": "Bearer"})

    async def page(self, accept: str) -> tuple[bytes, str]:
        """Returns the page in the form that a client accepts, and its type."""
        form = self._wanted(accept)
        async with self._writing:
            when, body, content_type = self._kept.get(form, (-FRESH, b"", ""))
            if trio.current_time() - when >= FRESH or not body:
                body, content_type = await self._write(form)
                self._kept[form] = trio.current_time(), body, content_type
            return body, content_type


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
