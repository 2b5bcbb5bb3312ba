"""What the page asks for: `POST /login`, `/login/out` and `/login/password`.

Another site's page cannot ask for any of it: its requests are refused by their `Origin`, a form cannot send JSON, and
the cookie is not sent with a request that begins elsewhere (`SameSite=Strict`). So there is no token in the page.
"""

import math
from collections.abc import Awaitable
from typing import Annotated, Final, TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.access.gate import SESSION_COOKIE, Gate
from appliance.access.login import CannotLogIn, Login
from appliance.access.password import WeakPassword
from appliance.access.shown import cookie_of, is_private
from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.panel import tongues
from appliance.panel.login.needs import LOGIN
from appliance.runtime.web.answers import json_answer, read_json

_STATUS: Final = {"none": 409, "wait": 429, "busy": 503, "wrong": 401}
T = TypeVar("T")
_Typed = Annotated[str, msgspec.Meta(max_length=1000)]


class _In(msgspec.Struct, frozen=True):
    password: _Typed


class _Change(msgspec.Struct, frozen=True):
    now: _Typed
    new: _Typed


def login_routes(login: Login, gate: Gate, language: Language) -> list[Route]:
    """Returns the three. Passwords are taken over HTTPS alone, or on the box itself."""

    async def enter(request: Request) -> Response:
        spoken = _spoken(request)
        _need_private(request, spoken)
        typed = await read_json(request, _In)
        return _with_session(await _said(login.enter(typed.password, _host(request)), spoken))

    async def leave(request: Request) -> Response:
        if is_private(request.scope):
            login.leave(cookie_of(request.scope, SESSION_COOKIE), _host(request))
        answer = json_answer({})
        answer.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="strict")
        return answer

    async def change(request: Request) -> Response:
        spoken = _spoken(request)
        caller = gate.caller(request.scope)
        if caller is None or caller.by != "session":
            raise HTTPException(401, spoken.say(Text("login.not_logged_in")))
        typed = await read_json(request, _Change)
        return _with_session(await _said(login.change(typed.now, typed.new, _host(request)), spoken))

    def _spoken(request: Request) -> Language:
        return tongues.spoken(tongues.asked(request.scope), language)

    paths = {LOGIN: enter, f"{LOGIN}/out": leave, f"{LOGIN}/password": change}
    return [Route(path, answers, methods=["POST"]) for path, answers in paths.items()]


def _need_private(request: Request, language: Language) -> None:
    if not is_private(request.scope):
        raise HTTPException(403, language.say(Text("login.plain")))


def _host(request: Request) -> str:
    return "" if request.client is None else request.client.host


def _with_session(secret: str) -> Response:
    answer = json_answer({})
    answer.set_cookie(SESSION_COOKIE, secret, path="/", secure=True, httponly=True, samesite="strict")
    return answer


async def _said(doing: Awaitable[T], language: Language) -> T:
    """Returns what comes of it, or says why it cannot be."""
    try:
        return await doing
    except CannotLogIn as error:
        headers = {"Retry-After": str(math.ceil(error.wait))} if error.wait else None
        raise HTTPException(_STATUS[error.why], language.say(error.text), headers) from None
    except WeakPassword as error:
        raise HTTPException(400, language.say(error.text)) from None
    except OSError as error:
        raise HTTPException(507, language.say(Text("login.not_kept", words=str(error.strerror)))) from None
