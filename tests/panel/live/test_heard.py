"""What pages say, by kind."""

import json
from collections.abc import Mapping

import msgspec
import pytest

from appliance.language.catalogue import ENGLISH
from appliance.panel.live.heard import Asking, Hears, Page, heard
from appliance.panel.live.touch import Touch
from appliance.room.actions import Action, Mute

NOW = 100.0


class Kind:
    """Says what it has heard."""

    def __init__(self, name: str) -> None:
        self._name = name

    def hear(self, page: Page, said: bytes) -> Mapping[str, object]:
        return {self._name: json.loads(said)}

    def left(self, page: Page) -> None:
        raise AssertionError


@pytest.fixture
def asked() -> list[Action]:
    return []


@pytest.fixture
def kinds(asked: list[Action]) -> dict[str, Hears]:
    return {"hold": Kind("held"), "do": Asking(Touch(asked.append, lambda: NOW))}


def page(*, may_touch: bool = True) -> Page:
    return Page(ENGLISH.say, may_touch=may_touch)


def test_the_first_kind_of_the_table_hears_it(kinds: dict[str, Hears], asked: list[Action]) -> None:
    assert heard(kinds, page(), b'{"do": "mute on", "hold": 1}') == {"held": {"do": "mute on", "hold": 1}}
    assert asked == []


def test_a_beat_is_heard_by_nobody(kinds: dict[str, Hears]) -> None:
    assert heard(kinds, page(), b"{}") is None
    assert heard(kinds, page(), b'{"later": "kind"}') is None


def test_what_is_asked_for_is_done_and_answered(kinds: dict[str, Hears], asked: list[Action]) -> None:
    assert heard(kinds, page(), b'{"do": "mute on", "id": 7, "seen": 100000}') == {"did": 7, "why": ""}
    assert asked == [Mute("mic", on=True)]


def test_a_page_that_may_not_touch_asks_in_vain(kinds: dict[str, Hears], asked: list[Action]) -> None:
    answer = heard(kinds, page(may_touch=False), b'{"do": "mute on", "id": 7, "seen": 100000}')
    assert answer == {"did": 7, "why": "This screen only shows the room"}
    assert asked == []


def test_nothing_is_done_twice(kinds: dict[str, Hears], asked: list[Action]) -> None:
    one, other = page(), page()
    first, second = (b'{"do": "mute %s", "id": %d, "seen": 100000}' % each for each in ((b"on", 7), (b"off", 8)))
    assert [heard(kinds, one, said) for said in (first, first, second)] == [{"did": n, "why": ""} for n in (7, 7, 8)]
    assert heard(kinds, one, first) is None
    assert asked == [Mute("mic", on=True), Mute("mic", on=False)]
    heard(kinds, other, first)  # another page counts for itself
    assert len(asked) == 3
    kinds["do"].left(one)
    assert heard(kinds, one, first) == {"did": 7, "why": ""}


def test_what_was_refused_may_be_asked_for_again(kinds: dict[str, Hears], asked: list[Action]) -> None:
    one = page()
    for seen, why in ((1, True), (100000, False)):
        answer = heard(kinds, one, b'{"do": "mute on", "id": 7, "seen": %d}' % seen)
        assert answer is not None
        assert bool(answer["why"]) is why
    assert len(asked) == 1


@pytest.mark.parametrize(
    "said", [b"[]", b'{"do": "mute on"}', b'{"do": "mute on", "id": 0}', b"nothing", b'{"do": 1}', b'"do"', b"3", b""]
)
def test_what_makes_no_sense(kinds: dict[str, Hears], said: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        heard(kinds, page(), said)
