"""`POST /maintenance/parts/try`: tries a part, `{"part": NAME, "sure": false}`; the answer says what became of it.

`{"became": "done" | "asks" | "refused", "says": WORDS}`. With `asks` the words say what it does: whoever wants that
sends the same with `"sure": true`. Each that is done is in the audit.
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
    sure: bool = False


def trial_route(desk: Desk, whose: Whose, language: Language) -> Route:
    """Returns the route."""

    async def attempt(request: Request) -> Response:
        spoken = tongues.spoken(tongues.asked(request.scope), language)
        caller = need_maintainer(whose, request, spoken)
        wish = await read_json(request, _Wish)
        trials = desk.trials()
        if wish.part not in trials.known:
            raise HTTPException(404, spoken.say(Text("maintain.not_there")))
        outcome = trials.attempt(wish.part, sure=wish.sure)
        if outcome.became == "done":
            desk.notes.note(caller.name, "try", by=caller.by, about=wish.part, soon=True)
        return json_answer({"became": outcome.became, "says": spoken.say(outcome.text)})

    return Route(f"{BASE}/parts/try", attempt, methods=["POST"])
