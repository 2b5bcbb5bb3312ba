"""Buttons that the configuration puts on the panel: which are there, and what of them is lit."""

import re
from typing import get_args

import msgspec
import pytest

from appliance.language.catalogue import ENGLISH
from appliance.panel.buttons import Buttons, lit
from appliance.panel.config import Icon, ShownButton
from appliance.panel.view import Viewed
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.situation import Situation
from appliance.room.state import Phase, RoomState
from tests.panel.test_scripts import STATIC

IDLE = RoomState(link=Link(LinkPhase.UP), phase=Phase.IDLE, mic_muted=False)
IN_CALL = msgspec.structs.replace(IDLE, phase=Phase.IN_CALL)
NO_LINK = RoomState(link=Link(LinkPhase.DOWN), outputs={"relay lights": True})


def test_only_those_that_the_state_has_are_there() -> None:
    always, in_call = ShownButton(label="A"), ShownButton(label="B", only=(Situation.IN_CALL, Situation.RINGING))
    buttons = Buttons({"a": always, "b": in_call})
    assert [button.name for button in buttons(IDLE)] == ["a"]
    assert [button.name for button in buttons(IN_CALL)] == ["a", "b"]
    assert (buttons.there(IDLE), buttons.there(IN_CALL)) == ({"a"}, {"a", "b"})


def test_they_come_in_their_order_and_then_as_in_the_file() -> None:
    orders = {"a": 1, "b": 0, "c": -1, "d": 0}
    buttons = Buttons({name: ShownButton(label=name, order=order) for name, order in orders.items()})
    assert [button.name for button in buttons(IDLE)] == ["c", "b", "d", "a"]


@pytest.mark.parametrize(
    ("by", "state", "shown"),
    [
        (None, IDLE, "none"),
        ("muted", IDLE, "off"),
        ("muted", msgspec.structs.replace(IDLE, mic_muted=True), "on"),
        ("muted", msgspec.structs.replace(IDLE, mic_muted=None), "unknown"),
        ("muted", NO_LINK, "unknown"),
        ("ringing", msgspec.structs.replace(IDLE, phase=Phase.RINGING), "blink"),
        ("relay lights", IDLE, "offline"),
        ("relay lights", msgspec.structs.replace(IDLE, outputs={"relay lights": True}), "on"),
        ("relay lights", msgspec.structs.replace(IDLE, outputs={"relay lights": False}), "off"),
        ("screen wall", msgspec.structs.replace(IDLE, outputs={"screen wall": None}), "unknown"),
        ("relay lights", NO_LINK, "on"),
    ],
)
def test_what_is_lit_is_what_was_confirmed(by: str | None, state: RoomState, shown: str) -> None:
    assert lit(by, state) == shown


def test_only_a_screen_that_may_touch_is_told_of_them() -> None:
    buttons = Buttons({"a": ShownButton(label="A", lit="relay lights")})
    assert Viewed("Neptune", ENGLISH, titles=True)(IDLE).buttons == ()
    touched = Viewed("Neptune", ENGLISH, titles=True, peers=True, buttons=buttons)
    assert [button.lit for button in touched(IDLE).buttons] == ["offline"]
    assert [button.lit for button in touched(NO_LINK).buttons] == ["on"]


def test_every_symbol_is_drawn() -> None:
    drawn = re.findall(r'^  (\w+): "M', (STATIC / "icons.js").read_text(), re.MULTILINE)
    assert drawn == sorted(get_args(Icon))
