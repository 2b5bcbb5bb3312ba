"""Whom a panel finds by any part of a name or id: in the address book, and among the last calls."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.panel.access import Access
from appliance.panel.people.names import Names, NamesOf, folded
from appliance.panel.people.reach import Peer, last_calls, peer
from appliance.room.people.peer_ids import whose
from appliance.room.state import RoomState
from appliance.runtime.web.answers import json_answer

MOST: Final = 20  # people in an answer
LONGEST: Final = 100  # characters that are looked for


def people_route(state: Callable[[], RoomState], access: Access) -> Route:
    """Returns `GET /panel/people?like=TEXT`, for panels that may touch; without a text the last calls."""
    names_of = NamesOf()

    async def answer(request: Request) -> Response:
        if not access.may_touch(request.scope):
            raise HTTPException(403, "this screen may only look; pair it first")
        like = request.query_params.get("like", "")[:LONGEST].strip()
        names = await names_of(state().contacts.parts) if like else Names(())
        found = _found(state(), names, like) if like else last_calls(state())
        return json_answer(list(islice(found, MOST)))

    return Route("/panel/people", answer)


def _found(state: RoomState, names: Names, like: str) -> Iterator[Peer]:
    """Yields who is called like that; with whom there was a call lately goes first."""
    text, seen = folded(like), set[str]()
    for past in last_calls(state):
        if text in folded(past.name) or text in folded(past.peer_id):
            seen.add(whose(past.peer_id))
            yield past
    yield from (peer(state.contacts, one) for one in names.like(like) if whose(one) not in seen)
