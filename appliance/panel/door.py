"""The display at the door: a page that stays open, and says whether the room is free."""

import functools

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from appliance.language.catalogue import Language
from appliance.language.english import SENTENCES
from appliance.language.text import Text
from appliance.runtime.web.assets import asset_route


def door_route(room: str, language: Language) -> Route:
    """Returns the route of the page, `/panel/door`; `room` is the name on the door."""
    _template()  # compiled before anything runs: at the first request it would hold everything up

    async def page(_request: Request) -> Response:
        sentences = {key: language.say(Text(key)) for key in SENTENCES if key.startswith("door.")}
        return HTMLResponse(_template().render(room=room, language=language.code, sentences=sentences))

    return Route("/panel/door", page)


def panel_assets() -> Route:
    """Returns the route of the files that our pages load, below `/panel/static`."""
    return asset_route("appliance.panel", "/panel/static")


@functools.cache
def _template() -> jinja2.Template:
    loader = jinja2.PackageLoader("appliance.panel")
    return jinja2.Environment(loader=loader, autoescape=True, auto_reload=False).get_template("door.html")
