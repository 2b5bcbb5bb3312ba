"""The pages that stay open: the panel in the room, and the display at its door."""

import functools
from typing import Final

import jinja2
import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from appliance.access.gate import Gate
from appliance.access.roles import Role
from appliance.language.catalogue import Language
from appliance.language.english import SENTENCES
from appliance.language.text import Text
from appliance.panel import tongues
from appliance.panel.installed import installed_routes, kept_query
from appliance.panel.pair.page import sent_to_pair
from appliance.runtime.web.assets import asset_route, mark_of, modules_of

_STYLES: Final = {
    "panel": ("states", "panel", "idle", "camera", "buttons", "call", "phone"),
    "door": ("states", "door"),
}
PACKAGE: Final = "appliance.panel"
STATIC: Final = "/panel/static"
_OPEN: Final = Gate()


class Screen(msgspec.Struct, frozen=True):
    """What pages have to know of the screens that they are on: how large these are, and whether they go dark.

    `pairs`: whether a phone can be paired on them.
    """

    inches: float = 10.1
    dark: bool = False
    pairs: bool = False


TEN_INCHES: Final = Screen()


def page_routes(room: str, language: Language, screen: Screen = TEN_INCHES, gate: Gate = _OPEN) -> list[Route]:
    """Returns `/panel`, `/panel/door`, and what both load below `/panel/static`; `room` is the name on the door.

    `gate`: who may look; others are led to the page on which a screen is paired.
    """
    panel = _page("/panel", "panel", room, language, ("door.", "touch."), screen, gate)
    door = _page("/panel/door", "door", room, language, ("door.",), screen, gate)
    return [panel, door, *installed_routes(room, language), asset_route(PACKAGE, STATIC)]


def _page(
    path: str, script: str, room: str, language: Language, keys: tuple[str, ...], screen: Screen, gate: Gate
) -> Route:
    mark = mark_of(PACKAGE)
    static, modules = f"{STATIC}/{mark}", modules_of(PACKAGE, f"{script}.js")
    _template()  # compiled before anything runs: at the first request it would hold everything up

    async def page(request: Request) -> Response:
        if not gate.allows(request.scope, Role.VIEW):
            return sent_to_pair(request)
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
