"""What a recorded terminal answers: by the request, in the order of the recording."""

from typing import Any

from appliance.simulator.replay.script import Conversation, Script
from appliance.terminal.messages.recording import Recorded


def sent(at: float, **frame: Any) -> Recorded:
    return Recorded(at=at, what="sent", frame=frame)


def heard(at: float, **frame: Any) -> Recorded:
    return Recorded(at=at, what="heard", frame=frame)


RECORDING = (
    sent(0, method="auth", requestId="1", credentials="w1"),
    heard(1, method="auth", requestId="1", result=True, previleges=2),
    heard(2, method="event", event="appStateChanged", appState=4),
    Recorded(at=2, what="heard", length=7),
    sent(3, method="getName", requestId="2", peerId="w2"),
    sent(3, method="getName", requestId="3", peerId="w3"),
    heard(4, method="getName", requestId="3", result=True, name="three"),
    heard(4, method="getName", requestId="2", result=True, name="two"),
    sent(5, method="getState", requestId="4"),
    heard(5, method="getState", requestId="", result=True, state=1),
    sent(6, method="getState", requestId="5"),
    heard(6, method="getState", requestId="", result=False, error="…"),
    heard(9, method="event", event="news"),
)


def conversation() -> Conversation:
    one = Conversation(Script(RECORDING))
    assert one.answer({"method": "auth", "requestId": "a", "credentials": "any"}) == {
        "method": "auth",
        "requestId": "a",
        "result": True,
        "previleges": 2,
    }
    return one


def test_nothing_is_answered_before_the_authorisation() -> None:
    assert Conversation(Script(RECORDING)).answer({"method": "getState"})["result"] is False


def test_a_request_gets_the_reply_to_the_same_request() -> None:
    talk = conversation()
    assert talk.answer({"method": "getname", "requestId": "b", "peerId": "w3"})["name"] == "three"
    assert talk.answer({"method": "getName", "requestId": "c", "peerId": "w2"})["name"] == "two"
    assert talk.answer({"method": "getName", "requestId": "d", "peerId": "w9"})["name"] == "three"
    assert talk.answer({"method": "getName", "requestId": "d"})["requestId"] == "d"


def test_replies_come_in_their_order_and_the_last_again() -> None:
    talk = conversation()
    assert [talk.answer({"method": "getState", "requestId": "x"})["result"] for _ in range(3)] == [True, False, False]
    assert "requestId" not in talk.answer({"method": "getState", "requestId": "x"})


def test_what_was_not_asked_is_refused() -> None:
    assert conversation().answer({"method": "dance", "requestId": "7"}) == {
        "method": "dance",
        "requestId": "7",
        "result": False,
        "error": "not in the recording",
    }


def test_events_come_as_long_after_the_authorisation_as_they_did() -> None:
    assert [(after, event["event"]) for after, event in Script(RECORDING).events] == [
        (1, "appStateChanged"),
        (8, "news"),
    ]


def test_a_recording_without_authorisation_lets_everybody_in() -> None:
    assert Conversation(Script(())).answer({"method": "auth", "requestId": "1"})["result"] is True
