"""Requests and replies as text: whatever is passed on is what came, but for the id."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from appliance.share.requests import WHOLE, NoRequest, passed_on, read
from appliance.terminal.messages import ReplyFrame, encode

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON, max_size=6), st.text(min_size=1))
def test_what_is_sent_on_is_what_was_sent(parameters: dict[str, Any], method: str) -> None:
    members = {**parameters, "method": method, "requestId": "theirs"}
    request = read(json.dumps(members))
    assert (request.method, request.id) == (method, "theirs")
    assert json.loads(encode(request.command, "ours")) == {**members, "requestId": "ours"}


@given(st.text() | st.binary())
def test_anything_is_a_request_or_none(frame: str | bytes) -> None:
    try:
        request = read(frame)
    except NoRequest:
        return
    assert isinstance(json.loads(frame), dict)
    assert request.method == json.loads(frame)["method"]


@given(st.dictionaries(st.text(), JSON, max_size=6), st.text())
def test_what_comes_back_is_what_came(members: dict[str, Any], request_id: str) -> None:
    for padding in (0, WHOLE):
        replied = {"requestId": "17", **members, "result": True, "filler": "x" * padding}
        raw = json.dumps({**replied, "requestId": "17"}, separators=(",", ":"))
        for text in (raw, raw.encode()):
            frame = ReplyFrame("getAbook", "17", result=True, error="", text=text)
            assert json.loads(passed_on(frame, request_id)) == {**replied, "requestId": request_id}


def test_an_id_that_is_inside_of_a_long_reply_as_well() -> None:
    inner = [{"requestId": "17"}, '"requestId":"17"']
    raw = json.dumps({"list": inner, "requestId": "17", "filler": "x" * WHOLE}, separators=(",", ":"))
    reply = json.loads(passed_on(ReplyFrame("get", "17", result=True, error="", text=raw), "mine"))
    assert reply["list"] == inner
    assert reply["requestId"] == "mine"


def test_a_terminal_that_echoes_no_id() -> None:
    raw = json.dumps({"method": "get", "result": True, "filler": "x" * WHOLE})
    reply = json.loads(passed_on(ReplyFrame("get", "", result=True, error="", text=raw), "mine"))
    assert reply["requestId"] == "mine"


def test_the_last_of_two_members_of_one_name_counts_for_everybody() -> None:
    request = read('{"method":"getAppState","method":"hangUp","a":1,"a":2}')
    assert request.method == "hangUp"
    assert json.loads(encode(request.command, "1")) == {"requestId": "1", "method": "hangUp", "a": 2}
