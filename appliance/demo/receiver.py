"""The receiver of the demo's webhook: a web server that takes what the room tells it, and shows what it was told.

It does what docs/webhooks.md asks of a receiver: the signature is checked over the bytes that came, with a secret of
this start, and what is older than five minutes is refused.
"""

import base64
import hmac
import secrets
import time
from collections import deque
from collections.abc import Callable
from typing import Final

import msgspec
import trio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.hooks.signature import PREFIX, Keys, headers, keys_in
from appliance.runtime.web.answers import json_answer, web_app
from appliance.runtime.web.server import serve_web

KEPT: Final = 50  # messages
STALE: Final = 300  # seconds between the time that a message says and now, in either direction


class Receiver:
    """`secret`: as `[webhooks.NAME]` has it. `now`: Unix seconds."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.secret = PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
        self._keys: Keys = keys_in("secret", self.secret)
        self._told: deque[msgspec.Raw] = deque(maxlen=KEPT)
        self._now = now

    @property
    def app(self) -> Starlette:
        """What takes messages."""
        return web_app([Route("/", self._take, methods=["POST"])])

    def route(self) -> Route:
        """Returns `GET /webhooks` of the demo's page: what came so far, the newest first."""

        async def shown(_request: Request) -> Response:
            return json_answer({"told": list(reversed(self._told))})

        return Route("/webhooks", shown)

    async def run(self, *, task_status: trio.TaskStatus[int] = trio.TASK_STATUS_IGNORED) -> None:
        """Serves until cancelled, for this machine alone; starts with its port."""
        async with trio.open_nursery() as nursery:
            ((_, port), *_) = await nursery.start(serve_web, self.app, "127.0.0.1:0")
            task_status.started(port)

    async def _take(self, request: Request) -> Response:
        body = await request.body()
        if not self._is_ours(request, body):
            raise HTTPException(401, "not signed with the secret of this webhook, or too old")
        self._told.append(msgspec.Raw(body))
        return Response(status_code=204)

    def _is_ours(self, request: Request, body: bytes) -> bool:
        name, said, shown = (request.headers.get(f"webhook-{part}", "") for part in ("id", "timestamp", "signature"))
        if not (said.isascii() and said.isdecimal() and len(said) < 12) or abs(self._now() - int(said)) > STALE:
            return False
        expected = headers(self._keys, name, int(said), body)["webhook-signature"]
        return any(hmac.compare_digest(each.encode(), expected.encode()) for each in shown.split())
