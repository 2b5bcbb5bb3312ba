"""What is asked and answered: there and back the same, and nothing but errors of one kind for anything else."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config.toml import Mistake
from appliance.deputy import requests
from appliance.deputy.requests import (
    Backup,
    Configure,
    Conflicting,
    Done,
    File,
    Made,
    Read,
    Refused,
    Restore,
    Wrong,
    answer_in,
    line_of,
    request_in,
)
from appliance.language.text import Text

TEXT = Text("deputy.failed", words=Text("verbatim", words="no"), count=2, share=0.5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["type", "size", "text"]), inner),
)


@pytest.mark.parametrize(
    "answer",
    [
        File("[room]\n", "abc", 12.5, TEXT),
        Done(),
        Made(7),
        Wrong((Mistake(3, "panel.listen", TEXT),)),
        Conflicting("abc", "-a\n+b\n"),
        Refused(TEXT),
    ],
)
def test_an_answer_arrives_as_it_was_sent(answer: requests.Answer) -> None:
    assert answer_in(line_of(answer)) == answer


@pytest.mark.parametrize("request_", [Read(), Configure("a", "b", "c"), Backup("x"), Restore("x", 9)])
def test_a_request_arrives_as_it_was_sent(request_: requests.Request) -> None:
    assert request_in(line_of(request_)) == request_


@pytest.mark.parametrize("asked", [Configure("hush", "m", "w"), Backup("hush"), Restore("hush", 1), File("hush", "m")])
def test_no_repr_has_a_secret(asked: object) -> None:
    assert "hush" not in repr(asked)


@pytest.mark.parametrize("size", [0, -1, requests.LARGEST + 1])
def test_a_backup_has_a_size_that_one_may_have(size: int) -> None:
    with pytest.raises(ValueError, match="expected 1 to"):
        request_in(line_of(Restore("x", size)))


def test_an_answer_cannot_announce_more_than_a_backup() -> None:
    with pytest.raises(ValueError, match="expected at most"):
        answer_in(line_of(Made(requests.LARGEST + 1)))


def test_texts_in_one_another_have_an_end() -> None:
    text = TEXT
    for _ in range(20):
        text = Text("deputy.failed", words=text)
    with pytest.raises(ValueError, match="not a text"):
        answer_in(line_of(Refused(text)))


def test_a_message_that_is_too_long_is_not_sent() -> None:
    with pytest.raises(ValueError, match="expected at most"):
        line_of(Configure("x" * requests.LONGEST, "", ""))


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_anything_else_is_a_value_error(line: bytes) -> None:
    with contextlib.suppress(ValueError):
        request_in(line)
    with contextlib.suppress(ValueError):
        answer_in(line)


@given(JSON)
def test_a_refusal_of_anything_is_a_text_or_an_error(value: object) -> None:
    try:
        answer = answer_in(json.dumps({"type": "Refused", "text": value}).encode())
    except ValueError:
        return
    assert isinstance(answer, Refused)
    assert isinstance(str(answer.text), str)
