"""The maintenance pages: one for each subject, rendered here, and all for whoever may maintain alone.

A page that stays open follows what has changed (`/maintenance/live`), and then asks for itself anew: its script takes
over the parts marked `data-live`. So a page without its script shows the same, and there is one template for both.
"""

import functools
import importlib.metadata
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

import jinja2
import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Scope

from appliance.access.roles import Caller, Role
from appliance.language.catalogue import Language
from appliance.language.english import SENTENCES
from appliance.language.text import Text, verbatim
from appliance.maintain.health import rows
from appliance.maintain.wishes import SHORTEST
from appliance.panel import tongues
from appliance.panel.login.needs import sent_to_log_in, shows_pages
from appliance.panel.maintenance.desk import Desk
from appliance.panel.maintenance.link_rows import link_rows
from appliance.panel.maintenance.setting_lines import settings_asked, settings_shown
from appliance.panel.pages import PACKAGE, STATIC
from appliance.panel.status import version_of
from appliance.runtime.recent import LEVELS
from appliance.runtime.supervisor import Condition
from appliance.runtime.web.assets import mark_of

BASE: Final = "/maintenance"
SHOWN: Final = 200  # entries of the audit on a page
CONDITIONS: Final = {
    Condition.STARTING: Text("maintain.starting"),
    Condition.READY: Text("maintain.works"),
    Condition.OFFLINE: Text("maintain.offline"),
}
Whose: TypeAlias = Callable[[Scope], Caller | None]
"""Says who sends a request, or wants a WebSocket; None: nobody that is known."""

Show: TypeAlias = Callable[[Desk], Mapping[str, Any]]
"""Returns what a template shows of the room."""

Ready: TypeAlias = Callable[[Desk, Request], Awaitable[None]]
"""Asks what a page is to show."""


def maintainer(whose: Whose, scope: Scope) -> Caller | None:
    """Returns who sends a request, where they may maintain the box."""
    caller = whose(scope)
    return caller if caller is not None and caller.may(Role.MAINTAIN) else None


def need_maintainer(whose: Whose, request: Request, language: Language) -> Caller:
    """Returns who sends a request. Raises `HTTPException` 403 where they may not maintain the box."""
    caller = maintainer(whose, request.scope)
    if caller is None:
        raise HTTPException(403, language.say(Text("maintain.log_in")))
    return caller


def maintenance_routes(desk: Desk, whose: Whose, language: Language) -> list[Route]:
    """Returns the pages."""
    return [_page(each, desk, whose, language) for each in _PAGES]


def _health(desk: Desk) -> Mapping[str, Any]:
    return {"link": link_rows(desk), "services": rows(desk.known()), "conditions": CONDITIONS}


def _audit(desk: Desk) -> Mapping[str, Any]:
    return {"entries": desk.audit.last(SHOWN)}


def _log(_desk: Desk) -> Mapping[str, Any]:
    return {"levels": LEVELS, "script": "log"}


def _parts(desk: Desk) -> Mapping[str, Any]:
    return {"trials": desk.trials().known, "script": "parts_page"}


def _configuration(_desk: Desk) -> Mapping[str, Any]:
    return {"script": "configuration"}


def _pictures(desk: Desk) -> Mapping[str, Any]:
    return {"glass": desk.glass() is not None, "said": desk.said()}


def _machine(desk: Desk) -> Mapping[str, Any]:
    standing = desk.machine.standing()
    return {
        "standing": standing,
        "version": version_of(standing.update) or verbatim(importlib.metadata.version("offhook")),
        "shortest": SHORTEST,
        "room_asked": Text("machine.room", room=desk.room),
        "script": "machine",
    }


def _nothing(_desk: Desk) -> Mapping[str, Any]:
    return {}


class _Page(NamedTuple):
    """`ready`: what has to be asked before the page can be shown."""

    path: str
    template: str
    called: Text
    show: Show
    ready: Ready | None = None


_PAGES: Final = (
    _Page(BASE, "health", Text("maintain.page_health"), _health),
    _Page(f"{BASE}/log", "log", Text("maintain.page_log"), _log),
    _Page(f"{BASE}/audit", "audit", Text("maintain.page_audit"), _audit),
    _Page(f"{BASE}/parts", "parts", Text("maintain.page_parts"), _parts),
    _Page(f"{BASE}/configuration", "configuration", Text("maintain.page_configuration"), _configuration),
    _Page(f"{BASE}/terminal", "terminal", Text("maintain.page_terminal"), settings_shown, settings_asked),
    _Page(f"{BASE}/pictures", "pictures", Text("maintain.page_pictures"), _pictures),
    _Page(f"{BASE}/machine", "machine", Text("maintain.page_machine"), _machine),
    _Page(f"{BASE}/support", "support", Text("maintain.page_support"), _nothing),
)


def _page(one: _Page, desk: Desk, whose: Whose, language: Language) -> Route:
    template = _templates().get_template(f"maintenance/{one.template}.html")  # compiled before anything runs

    async def page(request: Request) -> Response:
        spoken = tongues.spoken(tongues.asked(request.scope), language)
        if maintainer(whose, request.scope) is None and shows_pages(request):
            return sent_to_log_in(request)
        need_maintainer(whose, request, spoken)
        if one.ready is not None:
            await one.ready(desk, request)
        words = functools.partial(_words, spoken)
        return HTMLResponse(template.render({**_frame(desk, spoken, one.path), **one.show(desk), "words": words}))

    return Route(one.path, page)


def _words(language: Language, key: str | Text) -> str:
    """Returns a sentence of the catalogue by its key, or a text; plain words stay."""
    if isinstance(key, Text):
        return language.say(key)
    return language.say(Text(key)) if key in SENTENCES else key


def _frame(desk: Desk, language: Language, path: str) -> Mapping[str, Any]:
    """Returns what every page has."""
    return {
        "room": desk.room,
        "language": language.code,
        "path": path,
        "pages": {each.path: each.called for each in _PAGES},
        "sentences": {key: language.say(Text(key)) for key in SENTENCES if key.startswith(("maintain.js_", "door."))},
        "static": f"{STATIC}/{mark_of(PACKAGE)}",
        "news": msgspec.json.encode(desk.news.followed.value).decode(),
        "moment": desk.moment,
        "date": desk.date,
    }


@functools.cache
def _templates() -> jinja2.Environment:
    loader = jinja2.PackageLoader("appliance.panel")
    return jinja2.Environment(loader=loader, autoescape=True, auto_reload=False, trim_blocks=True)
