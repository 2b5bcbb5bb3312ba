"""The headers of a request that say forms and versions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.api.negotiation import accepts, is_json, matches

HEADERS = st.text(alphabet='*/;,=q.01 "W-+', max_size=40) | st.text(max_size=20)


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (None, True),
        ("", True),
        ("*/*", True),
        ("application/json", True),
        ("APPLICATION/JSON;charset=utf-8", True),
        ("application/*;q=0.1", True),
        ("text/html, */*;q=0.5", True),
        ("text/html", False),
        ("application/json;q=0, */*", False),
        ("application/json; q=0", False),
        ("*/*;q=0, application/json", True),
        ("application/json;q=much", False),
        ("nonsense, ,;;, application/json", True),
        ("application/json;q=nan", False),
    ],
)
def test_what_a_client_takes(header: str | None, taken: bool) -> None:
    assert accepts(header, "application/json") is taken


@given(HEADERS, st.sampled_from(["application/json", "text/event-stream", "text/plain; version=0.0.4"]))
def test_no_header_is_too_odd(header: str, media_type: str) -> None:
    accepts(header, media_type)
    is_json(header)
    matches(header, 'W/"1"')
    assert accepts(f"{header},{media_type.partition(';')[0]}", media_type)


@pytest.mark.parametrize(
    ("said", "json"),
    [
        ("application/json", True),
        ("Application/JSON; Charset=UTF-8", True),
        ('application/json; charset="utf-8"', True),
        ("application/json; charset=latin-1", False),
        ("application/merge-patch+json", False),
        ("text/plain", False),
        ("", False),
        (None, False),
    ],
)
def test_what_says_that_it_is_json(said: str | None, json: bool) -> None:
    assert is_json(said) is json


@pytest.mark.parametrize(
    ("given", "same"),
    [
        (None, False),
        ("*", True),
        ('W/"a.1"', True),
        ('"a.1"', True),
        ('"b", W/"a.1"', True),
        ('W/"a.2"', False),
        ("a.1", False),
        ("", False),
    ],
)
def test_which_view_a_client_has(given: str | None, same: bool) -> None:
    assert matches(given, 'W/"a.1"') is same
