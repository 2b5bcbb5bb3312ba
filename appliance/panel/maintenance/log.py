"""`GET /maintenance/log/lines`: the lines of the log after a number, those that somebody wants, for an open page.

`?after=N&level=LEVEL&event=PART&text=PART`, each of which may be left out. The answer has the number of the last line
there is, wanted or not, by which the page asks the next time.
"""

from typing import Annotated, Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.language.catalogue import Language
from appliance.panel.maintenance.desk import Desk
from appliance.panel.maintenance.routes import BASE, Whose, need_maintainer
from appliance.runtime.recent import Line, Wanted
from appliance.runtime.web.answers import json_answer

MOST: Final = 200  # lines of an answer
LONGEST: Final = 100  # characters that are looked for

_Part = Annotated[str, msgspec.Meta(max_length=LONGEST)]


class _Asked(msgspec.Struct, frozen=True):
    after: Annotated[int, msgspec.Meta(ge=0)] = 0
    level: _Part = "debug"
    event: _Part = ""
    text: _Part = ""


def log_route(desk: Desk, whose: Whose, language: Language) -> Route:
    """Returns the route."""

    async def lines(request: Request) -> Response:
        need_maintainer(whose, request, language)
        asked, last = _asked(request), desk.log.last
        found, left_out = desk.log.after(asked.after, MOST, Wanted(asked.level, asked.event, asked.text))
        return json_answer({"last": last, "left_out": left_out, "lines": [_line(desk, line) for line in found]})

    return Route(f"{BASE}/log/lines", lines)


def _asked(request: Request) -> _Asked:
    try:
        return msgspec.convert(dict(request.query_params), _Asked, strict=False)
    except msgspec.ValidationError as error:
        raise HTTPException(400, f"{request.url.path}: {error}") from None


def _line(desk: Desk, line: Line) -> tuple[str, str, str, str]:
    """Returns when, how bad, what, and with which fields."""
    return desk.date(line.at), line.level, line.event, line.text
