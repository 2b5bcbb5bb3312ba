"""`/maintenance/terminal`: the settings of the room's terminal; `POST …/set` asks for another value.

The body is `{"setting": NAME, "value": VALUE}`, the answer `{"became": …, "says": WORDS}`, as soon as the terminal has
confirmed it, or after `PATIENCE`. Each that is asked for is in the audit.
"""

from typing import Annotated, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.maintain.settings import Change, TooMany
from appliance.panel import tongues
from appliance.panel.maintenance.desk import Desk
from appliance.panel.maintenance.routes import BASE, Whose, need_maintainer
from appliance.programs.actions import SPAN
from appliance.runtime.web.answers import json_answer, read_json

PATIENCE: Final = 5.0  # seconds in which a terminal confirms something, see appliance.room.orders.asked


class _Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    setting: Annotated[str, msgspec.Meta(max_length=100)]
    value: bool | int | Annotated[str, msgspec.Meta(max_length=1000)]


def setting_route(desk: Desk, whose: Whose, language: Language) -> Route:
    """Returns the route that changes a setting."""

    async def change(request: Request) -> Response:
        spoken = tongues.spoken(tongues.asked(request.scope), language)
        caller = need_maintainer(whose, request, spoken)
        wish = await read_json(request, _Wish)
        try:
            became = await desk.settings.change({wish.setting: wish.value}, caller.name, caller.by, PATIENCE)
        except TooMany:
            raise HTTPException(429, spoken.say(Text("mqtt.too_many")), {"Retry-After": f"{SPAN:g}"}) from None
        change = became[wish.setting]
        return json_answer({"became": change.became, "says": spoken.say(_said(desk, wish.setting, change))})

    return Route(f"{BASE}/terminal/set", change, methods=["POST"])


def _said(desk: Desk, name: str, change: Change) -> Text:
    """Returns what somebody is told of what became of a change."""
    row = next((each for each in desk.settings.seen().rows if each.setting.name == name), None)
    if row is None or change.text:
        return change.text
    value = row.worded(change.value)
    if change.became == "asked":
        value = Text("maintain.asked_for", value=value)
    return Text("maintain.set_to", name=row.setting.called, value=value)
