"""Answers programs that try parts, as the maintenance pages answer people."""

from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from appliance.access.roles import Caller
from appliance.api.tried import Tried, Try, TryPart, TryParts, TryWay
from appliance.api.who import known
from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.maintain.trials import Trial
from appliance.maintain.trying import Trials
from appliance.runtime.web.answers import json_answer, read_json


class Trying:
    """Answers `getParts` and `postTry`. `trials`: what can be tried now; `language`: that of the room."""

    def __init__(self, trials: Callable[[], Trials], language: Language) -> None:
        self._trials = trials
        self._say = language.say

    def parts(self) -> TryParts:
        """Returns what can be tried now."""
        return TryParts(tuple(self._part(name, trial) for name, trial in self._trials().known.items()))

    async def attempt(self, request: Request, caller: Caller | None) -> Response:
        """Tries a part."""
        caller = known(caller)
        wish = await read_json(request, Try)
        try:
            outcome = await self._trials().attempt(wish.part, wish.how, caller.name, caller.by, sure=wish.sure)
        except KeyError:
            raise HTTPException(404, self._say(Text("maintain.not_there"))) from None
        return json_answer(Tried(outcome.became, self._say(outcome.text)))

    def _part(self, name: str, trial: Trial) -> TryPart:
        ways = tuple(TryWay(way.key, self._say(way.does)) for way in trial.ways)
        return TryPart(name, self._say(trial.called), ways, trial.asks, trial.disturbs)
