"""The answers of operations that only look: each a function of the room as it is now."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from appliance.access.roles import Caller
from appliance.api.app import Handler
from appliance.api.looked import Looks
from appliance.api.negotiation import matches
from appliance.api.who import known
from appliance.runtime.web.answers import json_answer

VARY = "Authorization, Cookie"
"""What an answer depends on: one kept for somebody is not another's."""


def view_answer(looks: Looks) -> Handler:
    """Returns what answers `getView`."""

    async def answer(request: Request, caller: Caller | None) -> Response:
        caller = known(caller)
        etag = looks.etag(caller)
        headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": VARY}
        if matches(request.headers.get("if-none-match"), etag):
            return Response(status_code=304, headers=headers)
        body = looks.seen(looks.feed(caller).since(0))
        return Response(body, headers=headers, media_type="application/json")

    return answer


def value_answer(value: Callable[[], object]) -> Handler:
    """Returns what answers with a value of this moment."""

    async def answer(_request: Request, _caller: Caller | None) -> Response:
        return json_answer(value())

    return answer


def later_answer(value: Callable[[], Awaitable[object]]) -> Handler:
    """Returns what answers with a value that takes a moment to find."""

    async def answer(_request: Request, _caller: Caller | None) -> Response:
        return json_answer(await value())

    return answer


def text_answer(write: Callable[[str], Awaitable[tuple[bytes, str]]]) -> Handler:
    """Returns what answers with a text and its type, as `write` makes it for what a client accepts."""

    async def answer(request: Request, _caller: Caller | None) -> Response:
        body, content_type = await write(request.headers.get("accept", ""))
        return Response(body, headers={"Content-Type": content_type})

    return answer
