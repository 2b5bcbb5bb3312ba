import math
from collections.abc import Iterable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.room.bindings.bindings import Bindings, bind
from appliance.room.bindings.resolve import resolve
from appliance.room.decide.camera import place
from appliance.room.inputs import Drive, DriveTo, Home, Input, Pressed, Released, SourceGone
from appliance.room.intents.base import Intent
from appliance.room.intents.camera import Move, MoveTo
from appliance.room.intents.shown import Explain
from appliance.room.motion import STILL, movement
from appliance.room.orders.commands import plan
from appliance.room.parts.camera import Camera
from appliance.room.respond import respond
from appliance.room.state import RoomState
from appliance.room.texts import CAMERA_UNKNOWN, no_axis
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.devices import (
    Axis,
    PtzDown,
    PtzLeft,
    PtzRight,
    PtzStop,
    PtzUp,
    PtzZoomIn,
    PtzZoomOut,
)
from tests.room.rooms import CAMERA, PAN, room

MOTIONS = [(pan, tilt, zoom) for pan, tilt, zoom in product((-1, 0, 1), repeat=3)]
BINDINGS = Bindings(buttons={way: bind(f"camera {way}") for way in ("left", "right", "up", "down", "in", "out")})
ZOOM_ONLY = Camera(zoom=CAMERA.zoom)


class Motor:
    """A camera as the terminal drives it: a start for each direction, one stop for all."""

    STARTS = {  # noqa: RUF012  # a table
        PtzLeft: (0, -1),
        PtzRight: (0, 1),
        PtzDown: (1, -1),
        PtzUp: (1, 1),
        PtzZoomOut: (2, -1),
        PtzZoomIn: (2, 1),
    }

    def __init__(self, motion: tuple[int, int, int]) -> None:
        self.motion = list(motion)

    def obey(self, commands: Iterable[Command]) -> None:
        for command in commands:
            if isinstance(command, PtzStop):
                self.motion = [0, 0, 0]
            else:
                axis, sign = self.STARTS[type(command)]
                assert self.motion[axis] == 0, f"{command} upon a movement that goes on: {self.motion}"
                self.motion[axis] = sign


@pytest.mark.parametrize("before", MOTIONS)
def test_the_commands_make_every_movement_of_another(before: tuple[int, int, int]) -> None:
    for wanted in MOTIONS:
        motor = Motor(before)
        motor.obey(movement(before, wanted))
        assert tuple(motor.motion) == wanted


@pytest.mark.parametrize("motion", [motion for motion in MOTIONS if motion != STILL])
def test_the_same_movement_again_sends_nothing(motion: tuple[int, int, int]) -> None:
    assert movement(motion, motion) == ()


@pytest.mark.parametrize("before", MOTIONS)
def test_a_stop_is_one_stop_and_always_sent(before: tuple[int, int, int]) -> None:
    assert movement(before, STILL) == (PtzStop(),)


def test_only_what_ends_needs_a_stop() -> None:
    assert movement((1, 0, 0), (1, 1, 0)) == (PtzUp(),)
    assert movement((1, 1, 0), (1, 0, 0)) == (PtzStop(), PtzRight())
    assert movement((1, 0, 0), (-1, 0, 0)) == (PtzStop(), PtzLeft())


def test_plans_with_a_stop_are_urgent() -> None:
    assert plan(Move(), room()).urgent
    assert plan(Move(pan=-1), room(motion=(1, 0, 0))).urgent
    assert not plan(Move(pan=1), room()).urgent


@pytest.mark.parametrize(
    ("given", "motion"),
    [
        (Drive(pan=1), (1, 1, 0)),
        (Drive(pan=-7, zoom=5), (-1, 1, 1)),
        (Drive(tilt=0), (0, 0, 0)),
        (Drive(pan=0, tilt=0, zoom=0), (0, 0, 0)),
    ],
)
def test_a_joystick_moves_the_axes_that_it_names(given: Drive, motion: tuple[int, int, int]) -> None:
    assert resolve(given, room(motion=(0, 1, 0), camera=CAMERA), BINDINGS) == (Move(*motion),)


def test_a_joystick_moves_a_camera_that_the_terminal_has_not_told() -> None:
    assert resolve(Drive(pan=1), room(), BINDINGS) == (Move(pan=1),)


def test_an_axis_that_the_camera_lacks_is_explained_and_the_others_move() -> None:
    state = room(camera=ZOOM_ONLY)
    for axis in ("pan", "tilt"):
        assert resolve(Drive(**{axis: 1}), state, BINDINGS) == (Explain(no_axis(axis)),)
    assert resolve(Drive(pan=1, zoom=1), state, BINDINGS) == (Move(zoom=1),)
    assert resolve(Drive(pan=0, tilt=0), state, BINDINGS) == (Move(),)


def test_a_joystick_that_is_gone_lets_go() -> None:
    assert resolve(SourceGone("joystick"), room(motion=(0, 0, 1)), BINDINGS) == (Move(),)
    assert resolve(SourceGone("joystick"), room(), BINDINGS) == ()


def play(state: RoomState, *given: Input) -> list[Intent]:
    intents: list[Intent] = []
    for one in given:
        state, orders = respond(one, state, BINDINGS, 0.0)
        intents += [order.intent for order in orders]
    return intents


@pytest.mark.parametrize(
    ("way", "move"),
    [
        ("left", Move(pan=-1)),
        ("right", Move(pan=1)),
        ("up", Move(tilt=1)),
        ("down", Move(tilt=-1)),
        ("in", Move(zoom=1)),
        ("out", Move(zoom=-1)),
    ],
)
def test_a_camera_button_moves_while_it_is_down(way: str, move: Move) -> None:
    assert play(room(), Pressed(way), Released(way)) == [move, Move()]


def test_a_camera_on_its_way_home_moves_again_when_asked() -> None:
    state, _ = respond(Home(), room(motion=(1, 0, 0)), BINDINGS, 0.0)
    _, (order,) = respond(Drive(pan=1), state, BINDINGS, 0.0)
    assert order.plan.commands == (PtzRight(),)


def test_two_buttons_move_two_axes() -> None:
    assert play(room(), Pressed("left"), Pressed("up"), Released("left"), Released("up")) == [
        Move(pan=-1),
        Move(pan=-1, tilt=1),
        Move(tilt=1),
        Move(),
    ]


def test_a_button_that_another_has_overruled_no_longer_counts() -> None:
    assert play(room(), Pressed("left"), Pressed("right"), Released("left"), Released("right")) == [
        Move(pan=-1),
        Move(pan=1),
        Move(),
    ]


def test_a_button_let_go_after_the_link_was_lost_and_found_stops_the_camera() -> None:
    assert resolve(Released("left"), room(held=frozenset({"left"})), BINDINGS) == (Move(),)


@pytest.mark.parametrize(
    ("part", "at"), [(0.0, -170.0), (1.0, 170.0), (0.5, 0.0), (0.501, 0.0), (0.502, 1.0), (-3.0, -170.0), (9.0, 170.0)]
)
def test_a_part_of_an_axis_is_a_place_on_a_step(part: float, at: float) -> None:
    assert place(PAN, part) == at


def test_an_axis_that_ends_between_two_steps_reaches_its_end() -> None:
    assert place(Axis(support=True, min_value=1, max_value=5, step=4), 1.0) == 5.0
    assert place(Axis(support=True, min_value=0, max_value=10, step=6), 1.0) == 10.0
    assert place(Axis(support=True, min_value=0, max_value=10, step=6), 0.4) == 6.0


def test_an_axis_without_a_sensible_step_is_not_rounded() -> None:
    assert place(Axis(support=True, min_value=0, max_value=1, step=0), 0.3) == 0.3


@given(
    st.builds(
        Axis,
        *[],
        min_value=st.floats(allow_nan=False, allow_infinity=False),
        max_value=st.floats(allow_nan=False, allow_infinity=False),
        step=st.floats(allow_nan=False, allow_infinity=False),
    ),
    st.floats(allow_nan=False),
)
def test_no_axis_leads_out_of_its_range(axis: Axis, part: float) -> None:
    at = place(axis, part)
    assert math.isfinite(at)
    assert min(axis.min_value, axis.max_value) <= at <= max(axis.min_value, axis.max_value)


def test_a_place_is_given_in_the_units_of_the_terminal() -> None:
    state = room(camera=CAMERA)
    assert resolve(DriveTo(pan=0.5, tilt=0.25, zoom=1.0), state, BINDINGS) == (MoveTo(0.0, 0.0, 12.0),)
    assert resolve(DriveTo(zoom=0.0), state, BINDINGS) == (MoveTo(zoom=1.0),)


def test_a_place_on_an_axis_that_the_camera_lacks_is_explained() -> None:
    state = room(camera=ZOOM_ONLY)
    assert resolve(DriveTo(pan=0.5), state, BINDINGS) == (Explain(no_axis("pan")),)
    assert resolve(DriveTo(0.5, 0.5, 0.0), state, BINDINGS) == (MoveTo(zoom=1.0), Explain(no_axis("pan")))
    assert resolve(DriveTo(pan=0.5, zoom=0.0), state, BINDINGS) == (MoveTo(zoom=1.0), Explain(no_axis("pan")))
    assert resolve(DriveTo(pan=0.5), room(), BINDINGS) == (Explain(CAMERA_UNKNOWN),)
