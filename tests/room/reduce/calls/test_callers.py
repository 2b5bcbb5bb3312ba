import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.room.parts.person import Person
from appliance.room.reduce.calls.call_table import Occasion
from appliance.room.reduce.calls.callers import Waiting, waiting
from appliance.terminal.messages.calls import AppStateReply, Requests
from appliance.terminal.messages.enums import ConferenceType
from appliance.terminal.messages.frames import decode_as

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["peerId", "peerDn", "incomingP2PCall", "x"]), inner)
    ),
)


def told(requests: Any) -> Requests | None:
    """Returns what is understood of the field as it is on the wire."""
    return decode_as(AppStateReply, json.dumps({"appState": 4, "requests": requests}).encode()).requests


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
    assert waiting(told({kind: people})) == Waiting(occasion, conference, Person("a@b", "Anna"))
    assert waiting(told({kind: people[0]})) == Waiting(occasion, conference, Person("a@b", "Anna"))


@pytest.mark.parametrize("requests", [None, [], {}, {"incomingRecord": [{"peerId": "a@b"}]}, {"incomingP2PCall": []}])
def test_no_call_is_no_call(requests: object) -> None:
    assert waiting(told(requests)) is None


@given(JSON)
def test_anything_else_is_passed_over(requests: object) -> None:
    found = waiting(told(requests))
    assert found is None or found.peer.peer_id
