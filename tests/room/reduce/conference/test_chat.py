"""What is written in a call: its last messages, until it is over."""

import json

import msgspec
import pytest

from appliance.room.parts.conference import ChatLine
from appliance.room.parts.person import Person
from appliance.room.reduce.conference.chat import LONGEST, MOST
from appliance.room.secret import Secret
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.calls import ConferenceDeleted
from appliance.terminal.messages.chat import GroupMessageReceived, GroupMessageSent, MessageReceived, MessageSent
from tests.room.rooms import ANNA, BORIS, P2P, ROOM, THEIR_GROUP, after, room

TALK = room(Phase.IN_CALL, conversation=P2P)
GROUP = room(Phase.IN_CALL, conversation=THEIR_GROUP)
SAID = ChatLine(Person(ANNA, "Anna"), Secret("hello"))
OURS = ChatLine(Person(ROOM, "Room"), Secret("hello"))
TO_ALL = GroupMessageReceived(peer_id=ANNA, peer_name="Anna", message="hello")
TO_US = MessageReceived(peer_id=ANNA, peer_name="Anna", message="hello")


@pytest.mark.parametrize(
    ("state", "event", "chat"),
    [
        (GROUP, TO_ALL, (SAID,)),
        (TALK, TO_US, (SAID,)),
        (GROUP, GroupMessageSent(message="hello"), (OURS,)),
        (TALK, MessageSent(peer_id=f"{ANNA}/1", message="hello"), (OURS,)),
        (GROUP, TO_US, ()),  # to the terminal's account alone
        (TALK, MessageReceived(peer_id=BORIS, message="hello"), ()),
        (TALK, MessageReceived(peer_id=ANNA, message=" \n"), ()),
        (room(Phase.IDLE), TO_US, ()),
        (room(Phase.IDLE), TO_ALL, ()),
        (room(Phase.IDLE), MessageSent(peer_id=ANNA, message="hello"), ()),
    ],
)
def test_a_message(state: RoomState, event: object, chat: tuple[ChatLine, ...]) -> None:
    assert after(state, event).chat == chat


def test_only_the_last_are_known_and_none_after_the_call() -> None:
    lines = [GroupMessageReceived(peer_id=ANNA, message=f"{number} " + "x" * 1000) for number in range(MOST + 5)]
    state = after(GROUP, *lines)
    assert [line.text.text.split()[0] for line in state.chat] == [str(number) for number in range(5, MOST + 5)]
    assert {len(line.text) for line in state.chat} == {LONGEST}
    assert after(state, ConferenceDeleted()).chat == ()


def test_no_encoder_takes_it() -> None:
    with pytest.raises((TypeError, NotImplementedError)):
        json.loads(msgspec.json.encode(after(GROUP, TO_ALL)))
    assert "hello" not in repr(after(GROUP, TO_ALL))
