"""The port in what is passed on: ours, and everything else as it came."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.share.ports import NAME, with_port
from tests.share.test_requests import JSON

PORT = 18765


@given(st.dictionaries(st.text(), JSON, max_size=6), st.sampled_from([8766, "8766"]))
def test_only_the_port_is_another(members: dict[str, Any], told: int | str) -> None:
    frame = json.dumps({**members, NAME: told}).encode()
    assert json.loads(with_port(frame, PORT)) == {**members, NAME: type(told)(PORT)}
    assert with_port(frame, None) == frame


@pytest.mark.parametrize("none", ["0", '"0"', "null"])
def test_none_stays_none(none: str) -> None:
    frame = f'{{"method":"getAppState","{NAME}":{none}}}'.encode()
    assert with_port(frame, PORT) == frame


@pytest.mark.parametrize("frame", ['{"a":{"embeddedHttpPort":1}}', '{"text":"\\"embeddedHttpPort\\":1"}'])
def test_what_is_deeper_is_not_it(frame: str) -> None:
    assert json.loads(with_port(frame.encode(), PORT)) == json.loads(frame)
