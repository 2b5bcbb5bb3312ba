"""Nobody is left in what is recorded: secrets are planted everywhere, and none is found."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.terminal.messages import decode
from appliance.terminal.recording.anonymous import Anonymiser
from tests.terminal.messages import printed

SECRET = "Zyxwvu7"
FIELDS = ["peerId", "peerDn", "pin", "newThing", "error", "message", "symbol", "settings", "name", "token", "language"]
PLANTED = st.sampled_from(
    [SECRET, f"{SECRET}@meet.{SECRET}.com", f"https://{SECRET}.example/c/{SECRET}", f"\\c\\{SECRET}", f"a {SECRET}: b"]
)
JSON = st.recursive(
    PLANTED | st.none() | st.booleans() | st.integers(-5, 5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_a_planted_word_is_nowhere(frame: dict[str, Any]) -> None:
    assert SECRET.lower() not in json.dumps(Anonymiser().frame({"method": "event", **frame})).lower()


KEYED = st.recursive(
    PLANTED | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLANTED | st.sampled_from(FIELDS), inner, max_size=3),
    max_leaves=10,
)


@given(KEYED, st.sampled_from(["newThing", "language", "peerId", "message", "pin"]))
def test_a_planted_word_is_no_key_either(value: Any, field: str) -> None:
    assert SECRET.lower() not in json.dumps(Anonymiser().frame({"event": "neverHeardOf", field: value})).lower()


def test_names_that_are_keys_of_what_nobody_knows_are_replaced_as_in_texts() -> None:
    anonymiser = Anonymiser()
    told = {
        "whoIsIn": {"Anna": {"since": 5, "peerId": "boris@x"}, "Boris": True},
        "peerDn": "anna",
        "mood": [{"Boris": 1}],
    }
    assert anonymiser.frame(told) == {
        "whoIsIn": {"w1": {"w2": 5, "peerId": "w3@w4"}, "w3": True},
        "peerDn": "w1",
        "mood": [{"w3": 1}],
    }


def test_new_fields_of_what_the_interface_knows_keep_their_names() -> None:
    participants = {"participants": [{"peerId": "anna", "mood": 1, "raisedHands": {"anna": 1}}]}
    assert Anonymiser().frame(participants) == {
        "participants": [{"peerId": "w1", "mood": 1, "raisedHands": {"w1": 1}}],
    }


@given(st.text(min_size=1), st.sampled_from(FIELDS))
def test_any_text_is_replaced_or_made_of_signs(text: str, field: str) -> None:
    anonymiser = Anonymiser()
    new = anonymiser.frame({field: text})[field]
    assert not any(char.isalnum() and char in new for char in text if not char.isascii())
    assert anonymiser.frame({field: text})[field] == new


@pytest.mark.parametrize("number", [4711, 49301234567, 4711.5, 1700000000])
def test_a_number_that_may_be_somebodys_is_replaced(number: float) -> None:
    for field in ("pin", "confNumber", "newThing"):
        assert str(int(number)) not in json.dumps(Anonymiser(-700_000_000).frame({field: number}))


def test_a_small_number_in_a_secret_is_replaced() -> None:
    assert Anonymiser().frame({"pin": 123, "volume": 123})["volume"] == 123
    assert "123" not in json.dumps(Anonymiser().frame({"pin": 123}))


def test_the_same_person_stays_the_same_and_ids_keep_their_shape() -> None:
    anonymiser = Anonymiser()
    first = anonymiser.frame({"peerId": "anna@meet.example.com", "peerDn": "Анна Петрова"})
    second = anonymiser.frame({"abook": [{"peerId": "Anna@meet.example.com/1f2e"}], "confId": "x@meet.example.com#vcs"})
    assert first == {"peerId": "w1@w2.w3.w4", "peerDn": "w5 w6"}
    assert second == {"abook": [{"peerId": "w1@w2.w3.w4/w7"}], "confId": "w8@w2.w3.w4#vcs"}
    assert anonymiser.frame({"anna": 1, "Boris@meet.example.com": 2}) == {"w1": 1, "w9@w2.w3.w4": 2}


def test_what_the_interface_itself_says_stays() -> None:
    frame = {
        "method": "getConferences",
        "requestId": "7",
        "result": True,
        "confState": 0,
        "direction": "incoming",
        "duration": 12345,
        "volume": 0.25,
    }
    assert Anonymiser().frame(frame) == frame
    settings = {"settings": [{"name": "audioPlayLevel", "value": 0.5}, {"name": "language", "value": "ru"}]}
    assert Anonymiser().frame(settings)["settings"][0] == {"name": "audioPlayLevel", "value": 0.5}
    assert Anonymiser().frame({"event": "neverHeardOf"}) == {"event": "neverHeardOf"}
    assert Anonymiser().frame({"event": "Anna Petrova"}) != {"event": "Anna Petrova"}


def test_times_move_together() -> None:
    call = Anonymiser(-1000).frame({"calls": [{"startTime": 1700000000, "duration": 60}], "lastView": 1700000500})
    assert call == {"calls": [{"startTime": 1699999000, "duration": 60}], "lastView": 1699999500}
    assert Anonymiser(-1).frame({"timestamp": 1700000000123}) == {"timestamp": 1699999999123}


def test_keys_pressed_and_what_people_write_leave_no_shape() -> None:
    frame = Anonymiser().frame({"symbol": "7", "message": "see you at 8", "error": "no such user anna"})
    assert frame == {"symbol": "0", "message": "…", "error": "…"}


@pytest.mark.parametrize(("name", "event"), printed.EVENTS, ids=lambda value: value if isinstance(value, str) else "-")
def test_events_are_still_the_same_events(name: str, event: dict[str, Any]) -> None:
    before = decode(json.dumps({"method": "event", **printed.as_meant(name, event)}))
    after = decode(json.dumps(Anonymiser().frame({"method": "event", **printed.as_meant(name, event)})))
    assert type(after) is type(before)


def test_a_secret_made_of_signs_leaves_no_shape_and_no_sign_of_it() -> None:
    anonymiser = Anonymiser()
    for secret in ("#?&=%+-", "*#*", "tr0ub#self", "*#06#"):
        for name in ("pin", "credentials", "password"):
            (said,) = anonymiser.frame({name: secret}).values()
            assert said.isalnum()


def test_words_of_the_interface_stay_whoever_wrote_them_in_a_text() -> None:
    anonymiser = Anonymiser()
    anonymiser.frame({"topic": "Event result method status"})
    assert set(anonymiser.frame({"method": "event", "event": "appStateChanged", "result": True})) == {
        "method",
        "event",
        "result",
    }


def test_what_others_have_stored_leaves_nothing_whatever_its_shape() -> None:
    for stored in ({"ivanov": {"code": 123}}, [1, 2, 3, 4], 5, "ivanov"):
        assert Anonymiser().frame({"data": stored}) == {"data": "…"}
