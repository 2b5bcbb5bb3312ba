"""What pages say, by kind."""

import json
from collections.abc import Mapping

import msgspec
import pytest

from appliance.language.catalogue import ENGLISH
from appliance.panel.heard import Asking, Hears, Page, heard
from appliance.panel.touch import Touch
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


@pytest.mark.parametrize("said", [b"[]", b"nothing", b'{"do": 1}', b'"do"', b"3", b""])
def test_what_makes_no_sense(kinds: dict[str, Hears], said: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        heard(kinds, page(), said)
