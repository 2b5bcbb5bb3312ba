import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.room.reduce.call_table import Occasion
from appliance.room.reduce.callers import Waiting, waiting
from appliance.room.state import Person
from appliance.terminal.messages.enums import ConferenceType

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["peerId", "peerDn", "incomingP2PCall", "x"]), inner)
    ),
)


@pytest.mark.parametrize(
    ("kind", "occasion", "conference"),
    [
        ("incomingP2PCall", Occasion.INVITED, ConferenceType.POINT_TO_POINT),
        ("outgoingP2PCall", Occasion.INVITING, ConferenceType.POINT_TO_POINT),
        ("incomingGroupConf", Occasion.INVITED, ConferenceType.SYMMETRIC),
        ("outgoingGroupConf", Occasion.INVITING, ConferenceType.SYMMETRIC),
    ],
)
def test_each_kind_says_which_way_the_call_goes(kind: str, occasion: Occasion, conference: ConferenceType) -> None:
    people = [{"peerId": "a@b", "peerDn": "Anna"}]
    assert waiting({kind: people}) == Waiting(occasion, conference, Person("a@b", "Anna"))
    assert waiting({kind: people[0]}) == Waiting(occasion, conference, Person("a@b", "Anna"))


@pytest.mark.parametrize("requests", [None, [], {}, {"incomingRecord": [{"peerId": "a@b"}]}, {"incomingP2PCall": []}])
def test_no_call_is_no_call(requests: object) -> None:
    assert waiting(requests) is None


@given(JSON)
def test_anything_else_is_passed_over(requests: object) -> None:
    found = waiting(requests)
    assert found is None or found.peer.peer_id
