"""What programs on the network get over HTTP: the document that names the ports, pictures and files, and uploads.

Addresses are the terminal's own (`/frames/ID?token=…` and `/frames/?peerId=ID&token=…`), the token is one of ours. The
terminal's token and address appear nowhere in what is sent back.
"""

import re
from typing import Final
from urllib.parse import parse_qsl, unquote

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from appliance.runtime.web.answers import error_answer, json_answer
from appliance.share.network.passing import Passing
from appliance.share.tokens import Tokens
from appliance.terminal.discovery import DOCUMENT

_HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "*",
    "X-Content-Type-Options": "nosniff",
}
"""Pages of anybody's may ask, as at a terminal: without a token nothing is told, and no browser adds one by itself."""
_KINDS: Final = re.compile(r"/(avatars|frames|files)/[^/]*")
_UP: Final = {".", ".."}  # would be another address for the terminal


class Web:
    """An ASGI application."""

    def __init__(self, passes: Tokens, passing: Passing) -> None:
        """`passes`: the tokens that are good here."""
        self._passes = passes
        self._passing = passing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        sending = _from_anywhere(send)
        try:
            answer = _own_answer(scope)
            if answer is not None:
                await answer(scope, receive, sending)
                return
            passed = self._passing.download if scope["method"] == "GET" else self._passing.upload
            await passed(self._admitted(scope), scope, receive, sending)
        except HTTPException as refused:
            await error_answer(refused)(scope, receive, sending)

    def _admitted(self, scope: Scope) -> str:
        """Returns whose request may be passed on. Raises `HTTPException`."""
        method, path = scope["method"], scope["path"]
        if not _KINDS.fullmatch(scope["raw_path"].decode("ascii")) or _UP & set(unquote(path).split("/")):
            raise HTTPException(404, f"nothing at this address; expected {DOCUMENT}, /avatars/, /frames/ or /files/")
        if method not in ("GET", "POST") or (method == "POST" and path != "/files/"):
            raise HTTPException(405, f"{method} is not possible here")
        token = dict(_query(scope)).get("token", "")
        if not token:
            raise HTTPException(401, "a token is needed; expected ?token=tokenForHttpServer")
        if (grant := self._passes.grant(token)) is None:
            raise HTTPException(403, "the token is not valid (any more); getTokenForHttpServer gives another")
        return grant.name


def _own_answer(scope: Scope) -> Response | None:
    """Returns the answer to what is no business of the terminal's; None for all else."""
    if scope["method"] == "OPTIONS":
        return Response(status_code=204)
    if scope["path"] != DOCUMENT or scope["method"] != "GET":
        return None
    place = {"hostname": None, "port": scope["server"][1]}  # no host, so that clients stay with the one they asked
    return json_answer({"config": {"websocket": place, "http": place}})


def _from_anywhere(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_HEADERS)
        await send(message)

    return sending


def _query(scope: Scope) -> list[tuple[str, str]]:
    return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
