"""Pictures of those whom the room talks with, for screens that may touch."""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.panel.access import Access
from appliance.room.people.peer_ids import whose
from appliance.room.people.who import same_peer
from appliance.room.state import RoomState

MINUTES: Final = 300  # seconds for which a browser keeps one
NOTHING: Final = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
"""A GIF of one pixel that nobody sees: a browser complains about a picture that is not there."""


def avatar_route(
    state: Callable[[], RoomState], picture: Callable[[str], Awaitable[bytes | None]], access: Access
) -> Route:
    """Returns `GET /panel/avatar?of=PEER`; of anybody but those in the call there is none."""

    async def answer(request: Request) -> Response:
        if not access.may_touch(request.scope):
            raise HTTPException(403, "this screen may only look; pair it first")
        peer_id = request.query_params.get("of", "")
        found = await picture(peer_id) if _talks_with(state(), peer_id) else None
        headers = {"Cache-Control": f"private, max-age={MINUTES if found else 10}", "X-Content-Type-Options": "nosniff"}
        return Response(found or NOTHING, media_type="image/jpeg" if found else "image/gif", headers=headers)

    return Route("/panel/avatar", answer)


def _talks_with(state: RoomState, peer_id: str) -> bool:
    """Returns whether that is somebody whom a page shows: in the call, calling, or called."""
    calls = (state.conversation, state.call_waiting)
    peers = [call.peer.peer_id for call in calls if call is not None and call.peer is not None]
    return bool(peer_id) and (whose(peer_id) in state.attendees or any(same_peer(peer_id, each) for each in peers))
