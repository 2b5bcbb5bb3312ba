"""Pictures of those in the call, over real sockets: for screens that may touch, and of nobody else."""

import pytest

from appliance.panel.access import Access
from appliance.panel.people.avatars import NOTHING, avatar_route
from appliance.room.parts.call import Conversation
from appliance.room.parts.conference import Attendee
from appliance.room.parts.person import Person
from appliance.room.state import Phase, RoomState
from appliance.runtime.web.answers import web_app
from tests.panel.conftest import Serve
from tests.panel.live.test_connection import Nobody
from tests.room.rooms import ANNA, BORIS, P2P, THEIR_GROUP, room
from tests.runtime.web.client import Answer, get

JPEG = b"\xff\xd8 a picture"
MEETING = room(Phase.IN_CALL, conversation=THEIR_GROUP, attendees={BORIS: Attendee(BORIS, "Boris")})
SECOND = room(Phase.IN_CALL, conversation=P2P, call_waiting=Conversation(Person(BORIS)))


@pytest.mark.parametrize(
    ("state", "of", "sent"),
    [
        (room(Phase.RINGING, conversation=P2P), ANNA, JPEG),
        (room(Phase.RINGING, conversation=P2P), f"{ANNA.upper()}/2", JPEG),
        (room(Phase.RINGING, conversation=P2P), BORIS, NOTHING),
        (room(Phase.RINGING, conversation=P2P), "", NOTHING),
        (MEETING, BORIS, JPEG),
        (SECOND, BORIS, JPEG),
        (room(Phase.IDLE), ANNA, NOTHING),
    ],
)
async def test_of_whom_there_is_one(serve: Serve, state: RoomState, of: str, sent: bytes) -> None:
    got = await answered(serve, state, of, Access())
    assert (got.status, got.body) == (200, sent)


async def test_who_may_only_look_gets_none(serve: Serve) -> None:
    assert (await answered(serve, MEETING, BORIS, Nobody())).status == 403


async def answered(serve: Serve, state: RoomState, of: str, access: Access) -> Answer:
    async def picture(_peer_id: str) -> bytes | None:
        return JPEG

    return await get(await serve(web_app([avatar_route(lambda: state, picture, access)])), f"/panel/avatar?of={of}")
