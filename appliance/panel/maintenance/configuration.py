"""What the page of the configuration asks for, below `/maintenance/configuration`; each answer is JSON.

- `GET source`: the file as it is, whether it can be changed, and what is on trial.
- `POST look`, a draft: what would come of it; changes nothing.
- `POST apply`, a draft: puts it in force on trial. `POST keep` and `POST back` end that.
- `GET versions`: the last ones that were kept, with what going back to each would change.

A deed that is not done is no error of the page: `became` says what became of it, and `says` why.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.access.roles import Caller
from appliance.language.catalogue import Language
from appliance.maintain.editing import Conflict, Draft, Editing, Mistaken, NotChanged, Somebody, Unknown
from appliance.panel import tongues
from appliance.panel.maintenance.desk import Desk
from appliance.panel.maintenance.routes import BASE, Whose, need_maintainer
from appliance.panel.words import LINKS
from appliance.runtime.web.answers import json_answer, read_json

PLACE: Final = f"{BASE}/configuration"
LARGEST_BODY: Final = 512 * 1024
"""Bytes of a draft: the largest text, as JSON, in Cyrillic, and what goes with it."""


class _Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a deed that needs no words."""


Do = Callable[[Request, Caller, Language], Awaitable[object]]


def configuration_routes(desk: Desk, editing: Editing, whose: Whose, language: Language) -> list[Route]:
    """Returns the routes."""
    doing = _Doing(desk, editing)
    ways: dict[str, tuple[str, Do]] = {
        "source": ("GET", doing.source),
        "look": ("POST", doing.look),
        "apply": ("POST", doing.apply),
        "keep": ("POST", doing.keep),
        "back": ("POST", doing.back),
        "versions": ("GET", doing.versions),
    }
    return [_route(name, method, do, whose, language) for name, (method, do) in ways.items()]


def _route(name: str, method: str, do: Do, whose: Whose, language: Language) -> Route:
    async def answer(request: Request) -> Response:
        spoken = tongues.spoken(tongues.asked(request.scope), language)
        caller = need_maintainer(whose, request, spoken)
        try:
            return json_answer(await do(request, caller, spoken))
        except NotChanged as error:
            return json_answer(_refused(error, spoken))
        except Unknown as error:
            return json_answer({"became": "unknown", "says": spoken.say(error.text)})

    return Route(f"{PLACE}/{name}", answer, methods=[method])


def _refused(error: NotChanged, language: Language) -> Mapping[str, object]:
    says = language.say(error.text)
    if isinstance(error, Conflict):
        return {"became": "conflict", "says": says, "mark": error.mark, "difference": error.difference}
    if isinstance(error, Mistaken):
        return {"became": "wrong", "says": says, "mistakes": error.mistakes}
    return {"became": "refused", "says": says}


class _Doing:
    """What each of them does; all raise `NotChanged`, and those that change something `Unknown`."""

    def __init__(self, desk: Desk, editing: Editing) -> None:
        self._desk = desk
        self._editing = editing

    async def source(self, _request: Request, _caller: Caller, language: Language) -> object:
        source = await self._editing.source(language)
        return {**msgspec.structs.asdict(source), "link": language.say(LINKS[self._desk.state().link.phase])}

    async def look(self, request: Request, _caller: Caller, language: Language) -> object:
        return await self._editing.look(await read_json(request, Draft), language)

    async def apply(self, request: Request, caller: Caller, language: Language) -> object:
        draft = await read_json(request, Draft)
        return {"became": "done", "seconds": await self._editing.apply(draft, _somebody(caller), language)}

    async def keep(self, request: Request, caller: Caller, _language: Language) -> object:
        await read_json(request, _Nothing)
        await self._editing.keep(_somebody(caller))
        return {"became": "done"}

    async def back(self, request: Request, caller: Caller, _language: Language) -> object:
        await read_json(request, _Nothing)
        await self._editing.back(_somebody(caller))
        return {"became": "done"}

    async def versions(self, _request: Request, _caller: Caller, _language: Language) -> object:
        versions = await self._editing.versions()
        compared = await self._editing.compared()
        return [
            {
                "number": each.number,
                "who": each.who,
                "when": self._desk.date(each.at or 0),
                "text": each.text,
                "difference": compared.get(each.number, ""),
            }
            for each in versions
        ]


def _somebody(caller: Caller) -> Somebody:
    return Somebody(caller.name, caller.by)
