"""Server-sent events as a client reads them, however the bytes fall."""

import json
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.api.client.items import LONGEST, Items, Told, TooLongError
from appliance.api.following.events import _event
from appliance.api.following.stream import Item

LINES = (
    b'retry: 2000\n\nevent: view\nid: a.1\ndata: {"x":1}\n\n:\n\n'
    b'event: lost\r\nid: a.2\r\ndata: {"events":\r\ndata: null}\r\n\r\n'
)
TOLD = [Told("view", "a.1", {"x": 1}), Told("lost", "a.2", {"events": None})]


@given(st.lists(st.integers(0, len(LINES))))
def test_it_does_not_matter_where_the_bytes_are_cut(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(LINES)]
    items = Items()
    assert [each for a, b in pairwise(places) for each in items.feed(LINES[a:b])] == TOLD


@given(st.sampled_from(["view", "change", "happened", "lost"]), st.dictionaries(st.text(), st.text() | st.integers()))
def test_what_the_server_says_is_what_is_read(kind: str, data: dict[str, object]) -> None:
    said = _event(Item(kind, "8f2a01c4.2.1.0", json.dumps(data).encode()))  # type: ignore[arg-type]  # one of them
    assert [*Items().feed(said)] == [Told(kind, "8f2a01c4.2.1.0", data)]


@given(st.binary())
def test_any_bytes_are_items_or_a_value_error(said: bytes) -> None:
    with suppress(ValueError):
        assert all(isinstance(each, Told) for each in Items().feed(said))


def test_an_item_without_an_end_is_an_error() -> None:
    with pytest.raises(TooLongError):
        list(Items().feed(b"data: " + b"x" * LONGEST))
