"""Buttons that move a camera beside the terminal's."""

import pytest

from appliance.room.bindings.bindings import Bindings, bind, button_source, key_name, key_source
from appliance.room.inputs import Home, Input, Pressed, Released, SourceGone
from appliance.room.intents.base import Intent
from appliance.room.intents.camera import HomeCamera, HomeLocalCamera, Move, MoveLocalCamera
from appliance.room.intents.media import MuteMic
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.reduce.reduce import reduce
from appliance.room.respond import respond
from appliance.room.state import RoomState
from tests.room.rooms import room

BINDINGS = Bindings(
    buttons={
        "left": bind("camera left", camera="back"),
        "right": bind("camera right", camera="back"),
        "in": bind("camera in", camera="back"),
        "home": bind("camera home", camera="back"),
        "mute": bind("mute on", camera="back"),
        "side": bind("camera left", camera="side"),
        "own": bind("camera left"),
    }
)


def wanted(state: RoomState, *given: Input) -> list[Intent]:
    intents: list[Intent] = []
    for one in given:
        state, orders = respond(one, state, BINDINGS, 0.0)
        intents += [order.intent for order in orders]
        assert not [order for order in orders if isinstance(order.intent, MoveLocalCamera) and order.plan.commands]
    return intents


@pytest.mark.parametrize("phase", LinkPhase)
def test_it_moves_from_the_press_to_the_release_whatever_the_link(phase: LinkPhase) -> None:
    state = RoomState(link=Link(phase))
    assert wanted(state, Pressed("left"), Released("left")) == [
        MoveLocalCamera("back", pan=-1),
        MoveLocalCamera("back", pan=0),
    ]


def test_axes_and_cameras_do_not_disturb_each_other() -> None:
    given = Pressed("left"), Pressed("in"), Pressed("side"), Pressed("own"), Released("left")
    assert wanted(room(), *given) == [
        MoveLocalCamera("back", pan=-1),
        MoveLocalCamera("back", zoom=1),
        MoveLocalCamera("side", pan=-1),
        Move(pan=-1),
        MoveLocalCamera("back", pan=0),
    ]


def test_a_button_that_was_overruled_stops_nothing() -> None:
    given = Pressed("left"), Pressed("right"), Released("left"), Released("right")
    assert wanted(room(), *given) == [
        MoveLocalCamera("back", pan=-1),
        MoveLocalCamera("back", pan=1),
        MoveLocalCamera("back", pan=0),
    ]


def test_a_button_that_is_gone_lets_go_of_what_it_moves_and_of_nothing_else() -> None:
    side, own = SourceGone(button_source("side")), SourceGone(button_source("own"))
    assert wanted(room(), Pressed("side"), Pressed("own"), side, own, side, own) == [
        MoveLocalCamera("side", pan=-1),
        Move(pan=-1),
        MoveLocalCamera("side", pan=0),
        Move(),
    ]


def test_a_button_that_is_gone_before_it_was_pressed_stops_nothing() -> None:
    assert wanted(room(), Pressed("own"), SourceGone(button_source("side"))) == [Move(pan=-1)]


def test_a_press_that_waits_for_its_release_means_nothing_once_the_button_is_gone() -> None:
    bindings = Bindings(buttons={"call": bind("call", "redial")})
    state, orders = respond(Pressed("call"), room(), bindings, 0.0)
    assert (state.held, orders) == ({"call"}, ())
    state, orders = respond(SourceGone(button_source("call")), state, bindings, 0.1)
    assert (state.held, orders) == (frozenset(), ())


def test_a_joystick_that_is_gone_stops_no_camera_of_a_button() -> None:
    assert wanted(room(), Pressed("side"), SourceGone("joystick")) == [MoveLocalCamera("side", pan=-1)]


def test_a_keypad_that_is_gone_lets_go_as_buttons_do() -> None:
    key = key_name("pad", "KEY_F1")
    bindings = Bindings(buttons={key: bind("camera left", camera="back"), "call": bind("call", "redial")})
    state, _ = respond(Pressed(key), room(held=frozenset({"call"})), bindings, 0.0)
    assert state.held == {"call", key}
    state, orders = respond(SourceGone(key_source("pad")), state, bindings, 0.0)
    assert [order.intent for order in orders] == [MoveLocalCamera("back", 0, 0, 0)]
    assert state.held == {"call"}


def test_a_button_that_is_gone_leaves_others_and_keys_held() -> None:
    key = key_name("pad", "KEY_F1")
    state, _ = respond(SourceGone(button_source("call")), room(held=frozenset({"call", key})), BINDINGS, 0.0)
    assert state.held == {key}


def test_what_moves_is_remembered_while_the_link_is_lost() -> None:
    state, _ = respond(Pressed("side"), room(), BINDINGS, 0.0)
    lost = reduce(state, LinkChanged(Link(LinkPhase.DOWN)), 0.0)
    assert wanted(lost, SourceGone(button_source("side"))) == [MoveLocalCamera("side", pan=0)]


def test_home_and_what_is_not_about_a_camera() -> None:
    assert wanted(room(), Pressed("home"), Pressed("mute"), Home()) == [
        HomeLocalCamera("back"),
        MuteMic(True),
        HomeCamera(),
    ]


def test_a_camera_on_its_way_home_does_not_move_otherwise() -> None:
    state, _ = respond(Pressed("home"), room(local_motion={"back": (1, -1, 1)}), BINDINGS, 0.0)
    assert state.local_motion.get("back", (0, 0, 0)) == (0, 0, 0)
