"""`POST /maintenance/parts/try`: tries a part, `{"part": NAME, "how": WAY, "sure": false}`; says what became of it.

`{"became": "confirmed" | "asked" | "asks" | "refused" | "failed", "says": WORDS}`, which comes when that is known, and
after some seconds in any case. With `asks` the words say what it does: whoever wants that sends the same with
`"sure": true`. Each that begins is in the audit.
"""

from typing import Annotated

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.panel import tongues
from appliance.panel.maintenance.desk import Desk
from appliance.panel.maintenance.routes import BASE, Whose, need_maintainer
from appliance.runtime.web.answers import json_answer, read_json


class _Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    part: Annotated[str, msgspec.Meta(max_length=100)]
    how: Annotated[str, msgspec.Meta(max_length=100)] = ""
    sure: bool = False


def trial_route(desk: Desk, whose: Whose, language: Language) -> Route:
    """Returns the route."""

    async def attempt(request: Request) -> Response:
        spoken = tongues.spoken(tongues.asked(request.scope), language)
        caller = need_maintainer(whose, request, spoken)
        wish = await read_json(request, _Wish)
        try:
            outcome = await desk.trials().attempt(wish.part, wish.how, caller.name, caller.by, sure=wish.sure)
        except KeyError:
            raise HTTPException(404, spoken.say(Text("maintain.not_there"))) from None
        return json_answer({"became": outcome.became, "says": spoken.say(outcome.text)})

    return Route(f"{BASE}/parts/try", attempt, methods=["POST"])
