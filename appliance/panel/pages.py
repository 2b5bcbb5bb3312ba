"""The pages that stay open: the panel in the room, and the display at its door."""

import functools

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from appliance.language.catalogue import Language
from appliance.language.english import SENTENCES
from appliance.language.text import Text
from appliance.runtime.web.assets import asset_route


def page_routes(room: str, language: Language) -> list[Route]:
    """Returns `/panel`, `/panel/door`, and what both load below `/panel/static`; `room` is the name on the door."""
    panel = _page("/panel", "panel", room, language, ("door.", "touch."))
    door = _page("/panel/door", "door", room, language, ("door.",))
    return [panel, door, asset_route("appliance.panel", "/panel/static")]


def _page(path: str, script: str, room: str, language: Language, keys: tuple[str, ...]) -> Route:
    _template()  # compiled before anything runs: at the first request it would hold everything up

    async def page(_request: Request) -> Response:
        sentences = {key: language.say(Text(key)) for key in SENTENCES if key.startswith(keys)}
        words = {"room": room, "language": language.code, "sentences": sentences, "script": script}
        return HTMLResponse(_template().render(words))

    return Route(path, page)


@functools.cache
def _template() -> jinja2.Template:
    loader = jinja2.PackageLoader("appliance.panel")
    return jinja2.Environment(loader=loader, autoescape=True, auto_reload=False).get_template("live.html")
