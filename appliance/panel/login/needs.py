"""What a page or a request needs: somebody with a role, or it is not answered."""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from appliance.access.gate import Gate
from appliance.access.roles import Role

LOGIN: Final = "/login"
Answers = Callable[[Request], Awaitable[Response]]


def needs(gate: Gate, least: Role, answers: Answers) -> Answers:
    """Returns what answers those that may: 401 for somebody unknown, 403 for somebody who may too little."""

    async def answering(request: Request) -> Response:
        if not gate.allows(request.scope, least):
            raise refusal(gate, request, least)
        return await answers(request)

    return answering


def page_needs(gate: Gate, least: Role, answers: Answers) -> Answers:
    """Returns what answers those that may, and sends people in a browser to the page on which they log in."""

    async def answering(request: Request) -> Response:
        if gate.allows(request.scope, least):
            return await answers(request)
        if shows_pages(request):
            return sent_to_log_in(request)
        raise refusal(gate, request, least)

    return answering


def shows_pages(request: Request) -> bool:
    """Returns whether a browser asks for a page that somebody is to see."""
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def sent_to_log_in(request: Request) -> Response:
    """Returns an answer that leads to the page on which one logs in, and from there back to this one."""
    where = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{LOGIN}?to={quote(where, safe='')}", 303)


def refusal(gate: Gate, request: Request, least: Role) -> HTTPException:
    """Returns why a request is not answered."""
    caller = gate.caller(request.scope)
    role = "nobody" if caller is None else caller.role.word
    said = f"this needs the role {least.word}, and not {role}: log in at {LOGIN}, or show a token"
    if caller is None:
        return HTTPException(401, said, {"WWW-Authenticate": "Bearer"})
    return HTTPException(403, said)
