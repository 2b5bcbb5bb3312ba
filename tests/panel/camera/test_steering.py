"""What is held down on a page, as a movement of a camera."""

import pytest

from appliance.language.catalogue import ENGLISH
from appliance.language.text import NOTHING, Text
from appliance.panel.camera.steering import Movement, Steering, held_name
from appliance.room.bindings.bindings import FAR_END, Bindings
from appliance.room.inputs import Drive, HomeOther, Input
from appliance.room.intents.camera import HomeLocalCamera, MoveLocalCamera
from appliance.room.parts.camera import Camera
from appliance.room.parts.closed import Locked
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.respond import Order, respond
from appliance.room.state import RoomState
from appliance.terminal.messages.devices import Axis

AXIS = Axis(support=True, min_value=-10, max_value=10)
UP = RoomState(link=Link(LinkPhase.UP), camera=Camera(AXIS, AXIS, AXIS))


class Room:
    """A room that answers as it does, without anything that would carry its orders out."""

    def __init__(self, state: RoomState = UP) -> None:
        self.state = state
        self.given: list[Input] = []
        self.orders: list[Order] = []
        self.moves: set[str] = set()
        self.steering = Steering(self.put, lambda: self.state, {"stage", FAR_END}, self.moves.__contains__)

    def put(self, given: Input) -> None:
        self.given.append(given)
        self.state, orders = respond(given, self.state, Bindings(), 0.0)
        self.orders += orders

    def movement(self, words: str) -> Movement:
        found = self.steering.find(words)
        assert isinstance(found, Movement)
        return found


@pytest.mark.parametrize(
    ("words", "motion"),
    [
        ("camera left", (-1, 0, 0)),
        ("camera right", (1, 0, 0)),
        ("camera up", (0, 1, 0)),
        ("camera down", (0, -1, 0)),
        ("camera in", (0, 0, 1)),
        ("camera out", (0, 0, -1)),
        ("camera left up", (-1, 1, 0)),
        ("camera down right", (1, -1, 0)),
    ],
)
def test_it_moves_from_the_beginning_to_the_end(words: str, motion: tuple[int, int, int]) -> None:
    room = Room()
    movement = room.movement(words)
    assert movement.begin() == NOTHING
    assert room.state.motion == motion
    movement.end()
    assert room.state.motion == (0, 0, 0)
    assert [order.plan.urgent for order in room.orders] == [False, True]


@pytest.mark.parametrize(
    "words",
    [
        *("", "camera", "camera home", "camera left right", "camera left left", "camera left up in", "mute on"),
        *("camera left of", "camera left of cellar", "camera left of stage of stage", "cameraleft", "camera Left"),
        "camera left" + " " * 300,
    ],
)
def test_what_is_no_movement_is_held_by_nobody(words: str) -> None:
    assert Room().steering.find(words) == Text("touch.not_allowed")


@pytest.mark.parametrize("camera", ["stage", FAR_END])
def test_another_camera_is_moved_by_its_name_without_the_terminal(camera: str) -> None:
    room = Room(RoomState())
    movement = room.movement(f"camera left up of {camera}")
    assert movement.name == held_name(camera)
    assert movement.begin() == NOTHING
    movement.end()
    assert [order.intent for order in room.orders] == [
        MoveLocalCamera(camera, -1, 1, None),
        MoveLocalCamera(camera, 0, 0, None),
    ]


def test_a_page_sends_another_camera_home() -> None:
    room = Room()
    room.put(HomeOther("stage"))
    assert [order.intent for order in room.orders] == [HomeLocalCamera("stage")]


def test_who_moves_it_already_keeps_it() -> None:
    room = Room()
    room.put(Drive(pan=1))
    assert ENGLISH.say(room.movement("camera up").begin()) == "In use by a controller in the room"
    assert room.state.motion == (1, 0, 0)
    assert room.movement("camera up of stage").begin() == NOTHING


def test_a_controller_that_moves_the_boxs_own_camera_keeps_it() -> None:
    room = Room()
    room.moves.add("stage")
    assert room.movement("camera up of stage").begin() == Text("touch.used_by_controller")
    assert room.given == []


def test_what_a_joystick_has_turned_round_is_left_to_it() -> None:
    room = Room()
    movement = room.movement("camera left up")
    movement.begin()
    room.put(Drive(pan=1))
    movement.end()
    assert room.state.motion == (1, 0, 0)
    other = room.movement("camera in")
    room.put(Drive(pan=0))
    other.begin()
    room.put(Drive(zoom=-1))
    other.end()
    assert room.state.motion == (0, 0, -1)


def test_a_stop_is_sent_even_if_nothing_is_believed_to_move() -> None:
    room = Room()
    movement = room.movement("camera left")
    movement.begin()
    room.state = UP  # the link was lost, and is back
    movement.end()
    assert [order.plan.urgent for order in room.orders] == [False, True]


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (RoomState(), "No link to the terminal"),
        (RoomState(link=UP.link, camera=Camera(zoom=AXIS)), "The camera has no pan"),
        (RoomState(link=UP.link, camera=UP.camera, locked=Locked()), "Locked"),
    ],
)
def test_why_it_does_not_move(state: RoomState, why: str) -> None:
    room = Room(state)
    assert why in ENGLISH.say(room.movement("camera left").begin())
    assert room.state.motion == (0, 0, 0)
