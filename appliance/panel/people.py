"""Whom a panel may call: the last calls, and the address book by any part of a name or id."""

from collections.abc import Callable, Iterator
from typing import Final

import msgspec
import trio
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.panel.access import Access
from appliance.room.people import name_in
from appliance.room.state import RoomState
from appliance.runtime.web.answers import json_answer
from appliance.terminal.messages.enums import CallDirection, PeerStatus

MOST: Final = 20  # people in an answer
LONGEST: Final = 100  # characters that are looked for
_TURN: Final = 1000  # people looked at before everybody else has a turn


class Found(msgspec.Struct, frozen=True):
    """Somebody to call. `online` None where nobody knows; `missed`: the last call was one that nobody took."""

    peer_id: str
    name: str
    online: bool | None = None
    missed: bool = False


def people_route(state: Callable[[], RoomState], access: Access) -> Route:
    """Returns `GET /panel/people?like=TEXT`, for panels that may touch; without a text the last calls."""

    async def answer(request: Request) -> Response:
        if not access.may_touch(request.scope):
            raise HTTPException(403, "this screen may only look; pair it first")
        like = request.query_params.get("like", "")[:LONGEST].strip().casefold()
        return json_answer(await _like(state(), like) if like else list(_last_called(state())))

    return Route("/panel/people", answer)


async def _like(state: RoomState, like: str) -> list[Found]:
    """Returns who is called like that; those whose name begins so come first."""
    found: list[tuple[bool, str, Found]] = []
    for number, contact in enumerate(state.contacts):
        if number % _TURN == _TURN - 1:
            await trio.lowlevel.checkpoint()
        name = contact.peer_name.casefold()
        if like in name or like in contact.peer_id.casefold():
            online = contact.status not in (PeerStatus.OFFLINE, PeerStatus.INVALID)
            found.append((not name.startswith(like), name, Found(contact.peer_id, contact.peer_name, online)))
    return [each for *_, each in sorted(found, key=lambda one: one[:2])[:MOST]]


def _last_called(state: RoomState) -> Iterator[Found]:
    seen: set[str] = set()
    for call in state.history:
        if call.peer_id and call.peer_id not in seen and len(seen) < MOST:
            seen.add(call.peer_id)
            name = call.peer_name or name_in(state.contacts, call.peer_id)
            yield Found(call.peer_id, name, missed=call.type is CallDirection.MISSED)
