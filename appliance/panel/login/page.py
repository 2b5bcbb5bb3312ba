"""`GET /login`: for whoever is not logged in a field for the password, for others the way out and a new password."""

import functools
from typing import Final

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from appliance.access.gate import Gate
from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.panel import tongues
from appliance.panel.login.needs import LOGIN
from appliance.runtime.web.assets import mark_of

_PACKAGE: Final = "appliance.panel"
_SAID: Final = {"out": Text("login.logged_out"), "changed": Text("login.changed")}
"""What became of the page before, by `?said=`."""


def login_page(room: str, gate: Gate, language: Language) -> Route:
    """Returns `/login`. `?to=PATH`: where to go then; `room`: the room's name."""
    static = f"/panel/static/{mark_of(_PACKAGE)}"
    _template()  # compiled before anything runs: at the first request it would hold everything up

    async def page(request: Request) -> Response:
        spoken = tongues.spoken(tongues.asked(request.scope), language)
        caller = gate.caller(request.scope)
        words = {
            "room": room,
            "language": spoken.code,
            "words": lambda key: spoken.say(Text(key)),
            "said": spoken.say(_SAID.get(request.query_params.get("said", ""), Text())),
            "is_in": caller is not None and caller.by == "session",
            "to": own_path(request.query_params.get("to", "")) or f"{LOGIN}?{tongues.LANG}={spoken.code}",
            "static": static,
        }
        return HTMLResponse(_template().render(words))

    return Route(LOGIN, page)


def own_path(to: str) -> str:
    """Returns a path of ours as it was asked for, else nothing: nobody is sent to another site."""
    is_ours = to.startswith("/") and not to.startswith("//") and "\\" not in to and to.isprintable()
    return to if is_ours else ""


@functools.cache
def _template() -> jinja2.Template:
    loader = jinja2.PackageLoader(_PACKAGE)
    return jinja2.Environment(loader=loader, autoescape=True, auto_reload=False).get_template("login.html")
