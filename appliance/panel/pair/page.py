"""`GET /pair`: the page that a QR code leads to, and whoever may not look at the panel: a code pairs this device.

The code of a QR code stands behind the `#` of the address, which browsers send to nobody: it is in no log, and no other
page is told of it. A QR code is smaller in capitals, so that the page is at `/PAIR`, too.
"""

import functools
from typing import Final
from urllib.parse import quote

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.panel import tongues
from appliance.panel.login.page import own_path
from appliance.panel.pair.origin import PAGE
from appliance.runtime.web.assets import mark_of

_PACKAGE: Final = "appliance.panel"
_PANEL: Final = "/panel"


def pair_pages(room: str, language: Language) -> list[Route]:
    """Returns the page at both addresses. `?to=PATH`: where to go then; `room`: the room's name."""
    static = f"/panel/static/{mark_of(_PACKAGE)}"
    _template()  # compiled before anything runs: at the first request it would hold everything up

    async def page(request: Request) -> Response:
        spoken = tongues.spoken(tongues.asked(request.scope), language)
        words = {
            "room": room,
            "language": spoken.code,
            "words": lambda key: spoken.say(Text(key)),
            "to": own_path(request.query_params.get("to", "")) or _PANEL,
            "static": static,
        }
        return HTMLResponse(_template().render(words))

    return [Route(PAGE, page), Route(PAGE.upper(), page)]


def sent_to_pair(request: Request) -> Response:
    """Returns an answer that leads a screen which may not look to where it is paired, and from there back."""
    where = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    code = tongues.asked(request.scope)
    language = "" if code is None else f"&{tongues.LANG}={code}"
    return RedirectResponse(f"{PAGE}?to={quote(where, safe='')}{language}", 303)


@functools.cache
def _template() -> jinja2.Template:
    loader = jinja2.PackageLoader(_PACKAGE)
    return jinja2.Environment(loader=loader, autoescape=True, auto_reload=False).get_template("pair.html")
