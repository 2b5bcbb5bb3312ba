"""The pages that stay open: the panel in the room, and the display at its door."""

import functools
from collections.abc import Callable
from typing import Annotated, Final, TypeVar

import jinja2
import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from appliance.access.gate import PANEL_COOKIE
from appliance.language.catalogue import Language
from appliance.language.english import SENTENCES
from appliance.language.text import Text
from appliance.panel import tongues
from appliance.panel.installed import installed_routes, kept_query
from appliance.panel.pairing import CannotPair, Pairing
from appliance.runtime.web.answers import json_answer, read_json
from appliance.runtime.web.assets import asset_route, mark_of, modules_of

_STYLES: Final = {"panel": ("states", "panel", "idle", "camera", "buttons", "call"), "door": ("states", "door")}
PACKAGE: Final = "appliance.panel"
STATIC: Final = "/panel/static"
YEARS: Final = 400 * 86_400  # seconds: as long as browsers keep a cookie
T = TypeVar("T")


class Screen(msgspec.Struct, frozen=True):
    """What pages have to know of the screens that they are on: how large these are, and whether they go dark."""

    inches: float = 10.1
    dark: bool = False


TEN_INCHES: Final = Screen()


def page_routes(room: str, language: Language, screen: Screen = TEN_INCHES) -> list[Route]:
    """Returns `/panel`, `/panel/door`, and what both load below `/panel/static`; `room` is the name on the door."""
    panel = _page("/panel", "panel", room, language, ("door.", "touch."), screen)
    door = _page("/panel/door", "door", room, language, ("door.",), screen)
    return [panel, door, *installed_routes(room, language), asset_route(PACKAGE, STATIC)]


def pairing_routes(pairing: Pairing, language: Language) -> list[Route]:
    """Returns `POST /panel/pairing`, which shows a code on the display, and `/panel/pairing/code`, which takes it.

    Both over HTTPS alone: what a paired screen then shows with each request is a secret.
    """

    async def begin(request: Request) -> Response:
        _need_https(request)
        return json_answer({"seconds": _said(pairing.begin, language)})

    async def end(request: Request) -> Response:
        _need_https(request)
        typed = await read_json(request, _Code)
        secret = _said(lambda: pairing.end(typed.code), language)
        answer = json_answer({})
        answer.set_cookie(
            PANEL_COOKIE, secret, max_age=YEARS, path="/panel", secure=True, httponly=True, samesite="strict"
        )
        return answer

    return [
        Route("/panel/pairing", begin, methods=["POST"]),
        Route("/panel/pairing/code", end, methods=["POST"]),
    ]


class _Code(msgspec.Struct, frozen=True):
    code: Annotated[str, msgspec.Meta(max_length=20)]


def _need_https(request: Request) -> None:
    if request.url.scheme != "https":
        raise HTTPException(403, "a screen is paired over HTTPS alone; give [panel] a certificate")


def _said(do: Callable[[], T], language: Language) -> T:
    try:
        return do()
    except CannotPair as error:
        raise HTTPException(409, language.say(error.text)) from None


def _page(path: str, script: str, room: str, language: Language, keys: tuple[str, ...], screen: Screen) -> Route:
    mark = mark_of(PACKAGE)
    static, modules = f"{STATIC}/{mark}", modules_of(PACKAGE, f"{script}.js")
    _template()  # compiled before anything runs: at the first request it would hold everything up

    async def page(request: Request) -> Response:
        spoken = tongues.spoken(tongues.asked(request.scope), language)
        sentences = {key: spoken.say(Text(key)) for key in SENTENCES if key.startswith(keys)}
        words = {
            "room": room,
            "language": spoken.code,
            "sentences": sentences,
            "script": script,
            "styles": _STYLES[script],
            "screen": screen,
            "static": static,
            "modules": modules,
            "mark": mark,
            "query": kept_query(request),
        }
        return HTMLResponse(_template().render(words))

    return Route(path, page)


@functools.cache
def _template() -> jinja2.Template:
    loader = jinja2.PackageLoader("appliance.panel")
    return jinja2.Environment(loader=loader, autoescape=True, auto_reload=False).get_template("live.html")
