"""Who did what, for whoever maintains the box: the last entries of the audit, the newest first."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from appliance.access.roles import Caller
from appliance.api.app import Handler
from appliance.api.noted import COUNT, MOST, Deed, Deeds
from appliance.maintain.audit import Entry, Records
from appliance.runtime.web.answers import json_answer


def audit_answer(records: Records) -> Handler:
    """Returns what answers `getAudit`."""

    async def answer(request: Request, _caller: Caller | None) -> Response:
        return json_answer(_deeds(records.last(_count(request))))

    return answer


def _count(request: Request) -> int:
    said = request.query_params.get("count", str(COUNT))
    if said.isascii() and said.isdigit() and len(said) <= 9 and 1 <= int(said) <= MOST:
        return int(said)
    raise HTTPException(400, f"count is `{said}`; expected a number from 1 to {MOST}")


def _deeds(entries: Sequence[Entry]) -> Deeds:
    return Deeds(tuple(Deed(each.at or None, each.who, each.by, each.what, each.about, each.times) for each in entries))
