"""The link to the terminal at its worst: cut, lossy, slow, and a terminal that restarts. Lamps say what is known."""

import pytest

from tests.hardware.room import LAMPS, RECEPTION, Room

pytestmark = pytest.mark.hardware


@pytest.fixture
def bad(idle: Room) -> Room:
    """A room in a call whose link the test makes bad; it is good again afterwards."""
    idle.in_a_call()
    return idle


@pytest.fixture(autouse=True)
def well_again(room: Room) -> object:
    yield
    room.guest.on("net", "be_well")


def test_a_link_cut_for_a_minute(bad: Room) -> None:
    room = bad
    began = room.now()
    room.guest.on("net", "be", "loss", "100%")
    room.press("mute")  # before anybody can know
    lost = room.lamp_stays("link", lit=True, seconds=30)
    room.note("link cut (a press at once) -> lamp says so", began, lost)
    room.press("mute")  # while everybody knows
    room.guest.on("gpio", "watch", list(LAMPS.values()))
    room.terminal.peer(RECEPTION, "leave")
    room.wait(60 - (room.now() - began) / 1e9)
    seen = room.guest.on("gpio", "seen")
    lit = {line: sum(each["level"] for each in seen if each["line"] == line) for line in LAMPS.values()}
    longest = room.longest_lit(seen, LAMPS["in_call"])
    assert room.guest.judged(longest) < 0.5, "the lamp of the call claimed to know"
    assert lit[LAMPS["link"]] == 1  # steady
    whole = room.now()
    room.guest.on("net", "be_well")
    room.note("link whole -> lamps right", whole, room.until_linked(60))
    room.lamp_stays("in_call", lit=False)
    room.lamp_stays("muted", lit=False)
    assert not room.terminal.state()["mutes"]["mic"], "a press from before the cut was carried out after it"
    assert room.asked(whole) == []


def test_a_third_of_the_packets_lost(bad: Room) -> None:
    room = bad
    before = room.commands("setMicMute")
    began = room.now()
    room.guest.on("net", "be", "loss", "30%")
    presses = 4
    for _ in range(presses):
        room.press("mute")
        room.settle(2)
    room.guest.on("net", "be_well")
    room.until_linked(60)
    muted = room.terminal.state()["mutes"]["mic"]
    room.lamp_stays("muted", lit=muted)
    room.lamp_stays("in_call", lit=True)
    assert room.commands("setMicMute") - before <= presses
    assert set(room.asked(began)) <= {"setMicMute"}
    assert room.asked(began).count("setMicMute") <= presses


def test_half_a_second_of_delay(bad: Room) -> None:
    room = bad
    room.guest.on("net", "be", "delay", "500ms")
    edge = 0
    for on in (True, False):
        edge = room.press("mute")
        room.sent("setMicMute", after=edge, mute=on)
        lamp = room.lamp("muted", lit=on, seconds=20)
        room.note("500 ms of delay each way: press -> lamp", edge, lamp)
        assert lamp - edge > 1e9
        assert room.guest.judged((lamp - edge) / 1e6 - 1000) < 4000
    room.settle(1.5)
    room.lamp_stays("link", lit=False)
    room.lamp_stays("in_call", lit=True)
    assert room.asked(edge) == ["setMicMute"]


def test_a_terminal_that_restarts(bad: Room) -> None:
    room = bad
    began = room.now()
    room.terminal.post("/faults", restart=True)
    room.lamp("link", lit=True, seconds=20)
    back = room.until_linked(60)
    room.note("terminal restarts -> link back", began, back)
    room.lamp_stays("in_call", lit=False)  # a terminal that restarted is in no call
    assert room.asked(began) == []
    edge = room.press("call")
    room.sent("call", after=edge)
