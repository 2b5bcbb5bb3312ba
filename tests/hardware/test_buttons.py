"""Contacts on GPIO lines become commands; lamps on GPIO lines follow the terminal."""

from collections.abc import Iterator

import pytest

from tests.hardware.room import ANNA, BUTTONS, IDLE, IN_CALL, KNOB, Room

pytestmark = pytest.mark.hardware

STEADY = 0.6  # of the debounce: what lasts no longer is well below it


def test_a_press_calls(idle: Room) -> None:
    for _ in range(5):
        edge = idle.press("call")
        frame = idle.sent("call", after=edge)
        took = idle.note("button pressed -> call (2 ms of it the glitch filter)", edge, frame)
        assert idle.guest.judged(took) < 500
        idle.until(lambda state: state["appState"] != IDLE)
        edge = idle.press("hangup")
        idle.note("button pressed -> hangUp (2 ms of it the glitch filter)", edge, idle.sent("hangUp", after=edge))
        idle.until_idle()
        assert idle.asked(edge) == ["hangUp"]


def test_a_button_held_is_held_once_and_at_its_time(idle: Room) -> None:
    idle.in_a_call()
    edge = idle.press("slow", 0.3)
    idle.settle(1.0)
    assert idle.asked(edge) == []
    edge = idle.press("slow", 1.8)
    held = idle.note("button held for 1 s -> toneDial", edge, idle.sent("toneDial", after=edge))
    assert held > 1000
    assert idle.guest.judged(held - 1000) < 500
    assert idle.asked(edge) == ["toneDial"]


def storm(room: Room, edges: int, pause: float, ends: int) -> tuple[dict[str, int], list[str]]:
    """A bounce storm in which no level lasted as long as a debounce, and what was sent for it.

    Where this machine stumbles in the middle, a level was steady for too long: then that was no storm, and another one
    is made.
    """
    for _ in range(25):
        before = room.guest.on("gpio", "level", BUTTONS["bouncing"])
        made: dict[str, int] = room.guest.on("gpio", "bounce", BUTTONS["bouncing"], edges, pause, ends)
        room.settle(0.4)
        took = (made["last"] - made["first"]) / 1e6
        print(f"bounce storm: {edges} edges in {took:.0f} ms, the longest level {made['longest'] / 1e6:.1f} ms")
        if made["longest"] < STEADY * room.debounce * 1e9:
            return made, room.asked(made["first"])
        room.guest.on("gpio", "pull", BUTTONS["bouncing"], before)
        room.settle(0.4)
    raise AssertionError("this machine is too busy to make a bounce storm")


@pytest.fixture
def let_go(room: Room) -> Iterator[None]:
    """Whatever a storm leaves behind, the button is up in the end."""
    yield
    room.touch("bouncing", down=False)


@pytest.mark.usefixtures("let_go")
@pytest.mark.parametrize("pause", [0.0, 0.0005, 0.002])
def test_two_hundred_edges_are_one_press(idle: Room, pause: float) -> None:
    press, asked = storm(idle, 199, pause, 0)  # it ends pressed
    assert asked == ["setMicMute"]
    sent = idle.sent("setMicMute", after=press["first"])
    took = idle.note("last edge of a bounce storm -> setMicMute", press["last"], sent)
    assert idle.guest.judged(took) < 500
    _, asked = storm(idle, 199, pause, 1)
    assert asked == []


@pytest.mark.parametrize("pause", [0.0, 0.0005])
def test_a_storm_that_ends_where_it_began_is_no_press(idle: Room, pause: float) -> None:
    _, asked = storm(idle, 200, pause, 1)
    assert asked == []


@pytest.mark.parametrize(("contacts", "step"), [(KNOB, 0.05), (KNOB[::-1], -0.05)])
def test_a_knob_turned_quickly_counts_every_detent(idle: Room, contacts: tuple[int, int], step: float) -> None:
    before, began = idle.terminal.state()["volume"], idle.now()
    idle.guest.on("gpio", "turn", *contacts, 6, 0.004)
    idle.until(lambda state: state["volume"] == pytest.approx(before + 6 * step))
    assert set(idle.asked(began)) == {"setSettings"}


def test_lamps_follow_the_terminal_on_the_kernels_lines(idle: Room) -> None:
    began = idle.now()
    idle.terminal.peer(ANNA, "call")
    told = idle.told("appStateChanged", after=began)
    idle.note("event: ringing -> lamp", told, idle.lamp("ringing", lit=True))
    idle.lamp("ringing", lit=False)  # it blinks
    edge = idle.press("call")
    idle.note("button pressed -> accept (2 ms of it the glitch filter)", edge, idle.sent("accept", after=edge))
    told = idle.told("appStateChanged", after=edge, appState=IN_CALL)
    idle.note("event: in a call -> lamp", told, idle.lamp("in_call", lit=True))
    idle.lamp_stays("in_call", lit=True)
    idle.lamp_stays("ringing", lit=False)
    ended = idle.now()
    idle.terminal.peer(ANNA, "leave")
    idle.lamp_stays("in_call", lit=False)
    assert idle.asked(ended) == []


def test_the_mute_lamp_shows_what_the_terminal_says(idle: Room) -> None:
    edge = idle.press("mute")
    idle.sent("setMicMute", after=edge, mute=True)
    told = idle.told("audioCapturerMute", after=edge)
    idle.note("event: muted -> lamp", told, idle.lamp("muted", lit=True))
    edge = idle.press("mute")
    idle.sent("setMicMute", after=edge, mute=False)
    idle.lamp_stays("muted", lit=False)


def test_a_camera_moves_for_as_long_as_its_button_is_down(idle: Room) -> None:
    edge = idle.touch("left", down=True)
    idle.note("button pressed -> ptzLeft (2 ms of it the glitch filter)", edge, idle.sent("ptzLeft", after=edge))
    edge = idle.touch("left", down=False)
    idle.note("button let go -> ptzStop (20 ms of it debounce)", edge, idle.sent("ptzStop", after=edge))
