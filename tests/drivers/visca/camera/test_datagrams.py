"""Controllers that send datagrams, byte for byte as Sony's manuals have it, and as real controllers get it wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.visca.camera.camera import Camera
from drivers.visca.camera.datagrams import Bare, Sony
from drivers.visca.camera.shared_state import SharedState
from drivers.visca.model.actions import Action, Drive
from drivers.visca.model.profile import Position
from drivers.visca.wire.sony_packet import Kind, Packet, pack, unpack

LEFT, STOP, HOME = "81 01 06 01 18 14 01 03 FF", "81 01 06 01 18 14 03 03 FF", "81 01 06 04 FF"
STEP, RECALL = "81 01 06 03 18 14 00 00 01 00 00 00 00 00 FF", "81 01 04 3F 02 02 FF"
ZOOM_STOP = "81 01 04 07 00 FF"
FAR_LEFT, ZOOM_IN = "81 01 06 02 18 14 0F 07 02 05 0F 0E 07 00 FF", "81 01 04 47 04 00 00 00 FF"
POWER = "81 09 04 00 FF"
RESET = "02 00 00 01 00 00 00 00 01"
GOES_LEFT, STOPS = Drive(-1, 0, None, 1.0, 1.0), Drive(0, 0, None, 1.0, 1.0)
ABNORMAL = "02 01 00 02 {} 0F 01"


class Bench:
    def __init__(self) -> None:
        self.position = Position(0.5, 0.25, 0.0)
        self.now = 0.0
        camera = Camera(1, lambda: self.position, clock=lambda: self.now, point_to_point=True)
        self.sony = Sony(camera, lambda: self.now)

    def ask(self, sequence: int, payload: str, kind: int = Kind.COMMAND) -> tuple[list[str], list[Action]]:
        return self.feed(pack(Packet(kind, sequence, bytes.fromhex(payload))).hex())

    def feed(self, datagram: str) -> tuple[list[str], list[Action]]:
        replies, actions = self.sony.receive(bytes.fromhex(datagram))
        return [reply.hex(" ").upper() for reply in replies], actions

    def later(self, seconds: float) -> list[str]:
        self.now += seconds
        return [reply.hex(" ").upper() for reply in self.sony.check()]


def reply(sequence: int, payload: str) -> str:
    data = bytes.fromhex(payload)
    return f"01 11 00 {len(data):02X} 00 00 00 {sequence:02X} {payload}"


def test_each_reply_is_a_datagram_with_the_number_of_what_it_answers() -> None:
    bench = Bench()
    assert bench.ask(7, LEFT) == ([reply(7, "90 41 FF"), reply(7, "90 51 FF")], [GOES_LEFT])
    assert bench.ask(8, POWER, Kind.INQUIRY) == ([reply(8, "90 50 02 FF")], [])


def test_a_move_is_completed_with_its_own_number_whatever_was_said_since() -> None:
    bench = Bench()
    assert bench.ask(1, FAR_LEFT)[0] == [reply(1, "90 41 FF")]
    assert bench.ask(2, ZOOM_IN)[0] == [reply(2, "90 42 FF")]
    bench.ask(3, POWER)
    bench.position = Position(0.0, 0.0, 1.0)
    assert sorted(bench.later(0.1)) == [reply(1, "90 51 FF"), reply(2, "90 52 FF")]


def test_a_frame_for_every_address_is_one_without_a_header_too() -> None:
    assert Bench().feed("80 09 04 00 FF") == (["90 50 02 FF"], [])


def test_without_a_header_a_move_is_completed_without_one() -> None:
    bench = Bench()
    bare = Bare(bench.sony.camera)
    assert bare.receive(bytes.fromhex(FAR_LEFT))[0] == [bytes.fromhex("90 41 FF")]
    assert bare.check() == []
    bench.position = Position(0.0, 0.0, 0.0)
    assert bare.check() == [bytes.fromhex("90 51 FF")]


def test_a_move_that_another_command_replaces_is_completed_with_its_own_number() -> None:
    bench = Bench()
    bench.ask(1, FAR_LEFT)
    answers = bench.ask(2, STOP)[0]
    assert answers == [reply(1, "90 51 FF"), reply(2, "90 41 FF"), reply(2, "90 51 FF")]


@pytest.mark.parametrize("sequence", ["00 00 00 00", "00 00 00 01"])
def test_reset_is_answered_and_counting_begins_anew(sequence: str) -> None:
    bench = Bench()
    bench.ask(5, LEFT)
    assert bench.feed(f"02 00 00 01 {sequence} 01") == ([f"02 01 00 01 {sequence} 01"], [])
    assert bench.ask(5, LEFT)[1] == [GOES_LEFT]
    assert bench.ask(1, HOME)[1] == []
    bench.feed(RESET)
    assert bench.ask(1, HOME)[1] != []


def test_a_message_that_comes_again_is_not_executed_twice() -> None:
    bench = Bench()
    assert bench.ask(1, HOME)[1] != []
    assert bench.ask(1, HOME) == ([ABNORMAL.format("00 00 00 01")], [])
    bench.ask(2, LEFT)
    assert bench.ask(1, HOME)[1] == []


def test_an_inquiry_that_comes_again_is_answered_again() -> None:
    bench = Bench()
    assert bench.ask(1, POWER) == bench.ask(1, POWER) == ([reply(1, "90 50 02 FF")], [])


def test_a_movement_that_its_stop_has_overtaken_does_not_begin() -> None:
    bench = Bench()
    assert bench.ask(6, STOP)[1] == [STOPS]
    assert bench.ask(5, LEFT) == ([ABNORMAL.format("00 00 00 05")], [])


def test_a_stop_stops_even_where_it_was_overtaken() -> None:
    bench = Bench()
    bench.ask(6, LEFT)
    assert bench.ask(5, STOP)[1] == [STOPS]
    assert bench.ask(4, ZOOM_STOP)[1] == [Drive(zoom=0)]


def test_numbers_begin_again_with_nought() -> None:
    bench = Bench()
    assert bench.ask(0xFFFFFFFF, LEFT)[1] == [GOES_LEFT]
    assert bench.ask(0, STOP)[1] == [STOPS]
    assert bench.ask(0xFFFFFFFF, LEFT)[1] == []


def test_a_controller_that_always_sends_the_same_number_is_obeyed() -> None:
    bench = Bench()
    commands = [LEFT, STOP, LEFT, LEFT, HOME, HOME]
    assert [len(bench.ask(0, command)[1]) for command in commands] == [1] * 6


@pytest.mark.parametrize(("number", "command"), [(1, STEP), (0, RECALL)])
def test_a_controller_that_always_sends_the_same_number_is_obeyed_after_a_pause_too(number: int, command: str) -> None:
    bench = Bench()
    bench.ask(5, "81 01 04 3F 01 02 FF")
    bench.feed(RESET)
    for pause in (10, 3, 0.3, 0.3, 0.3):
        bench.later(pause)
        assert bench.ask(number, command)[1] != []


def test_a_controller_that_begins_anew_without_a_word_is_obeyed() -> None:
    bench = Bench()
    for number in range(1, 5):
        bench.ask(number, HOME)
    bench.now += 3
    assert bench.ask(1, HOME)[1] != []


@pytest.mark.parametrize("kind", [Kind.COMMAND, Kind.INQUIRY, Kind.DEVICE_SETTING])
@pytest.mark.parametrize(("said", "answer"), [(POWER, "90 50 02 FF"), ("81 01 00 01 FF", "90 50 FF")])
def test_a_wrong_payload_type_makes_no_difference(kind: Kind, said: str, answer: str) -> None:
    assert Bench().ask(1, said, kind)[0] == [reply(1, answer)]


@pytest.mark.parametrize("header", ["80", "81", "82", "87"])
def test_whatever_address_is_named_we_are_meant(header: str) -> None:
    assert Bench().ask(1, f"{header} 09 04 00 FF")[0] == [reply(1, "90 50 02 FF")]


def test_what_comes_without_a_header_is_answered_without_one() -> None:
    bench = Bench()
    assert bench.feed(LEFT) == (["90 41 FF", "90 51 FF"], [GOES_LEFT])
    bench.feed(FAR_LEFT)
    bench.ask(1, POWER)
    bench.position = Position(0.0, 0.0, 0.0)
    assert bench.later(0.1) == ["90 51 FF"]


def test_a_length_that_is_wrong_is_not_believed() -> None:
    bench = Bench()
    assert bench.feed("01 00 00 03 00 00 00 01 " + LEFT)[1] == [GOES_LEFT]
    assert bench.feed("01 00 00 10 00 00 00 02 " + STOP)[1] == [STOPS]


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("02 00 00 01 00 00 00 09 7E", ["02 01 00 02 00 00 00 09 0F 02"]),
        ("03 33 00 01 00 00 00 09 01", ["02 01 00 02 00 00 00 09 0F 02"]),
        ("01 11 00 03 00 00 00 09 90 41 FF", []),  # a reply: two cameras must not talk to each other for ever
        ("02 01 00 01 00 00 00 09 01", []),
        ("01 00 00 00 00 00 00 09", []),
        ("01", []),
        ("", []),
    ],
)
def test_what_is_no_message_to_a_camera(said: str, answers: list[str]) -> None:
    assert Bench().feed(said) == (answers, [])


def test_a_frame_without_an_end_is_not_continued_by_the_next_datagram() -> None:
    bench = Bench()
    assert bench.ask(1, "81 01 06 01 18 14") == ([], [])
    assert bench.ask(2, "01 03 FF")[1] == []
    assert bench.ask(3, STOP)[1] == [STOPS]


def test_broadcasts_leave_us_our_address() -> None:
    bench = Bench()
    assert bench.ask(1, "88 30 01 FF")[0] == [reply(1, "88 30 02 FF")]
    assert bench.ask(2, "88 30 04 FF")[0] == [reply(2, "88 30 02 FF")]
    assert bench.ask(3, "88 01 00 01 FF")[0] == [reply(3, "88 01 00 01 FF")]
    assert bench.ask(4, "88 01 00 01 FF")[0] == [reply(4, "88 01 00 01 FF")]  # no echo
    assert bench.ask(5, POWER)[0] == [reply(5, "90 50 02 FF")]


class TestTwoControllers:
    def test_who_leaves_takes_along_only_what_it_moves_itself(self) -> None:
        body = SharedState()
        pan, zoom = (
            Bare(Camera(1, lambda: Position(0.5, 0.5, 0.5), clock=lambda: 0.0, point_to_point=True, shared=body))
            for _ in range(2)
        )
        pan.receive(bytes.fromhex(LEFT))
        zoom.receive(bytes.fromhex("81 01 04 07 02 FF"))
        assert pan.camera.leave() == [Drive(pan=0)]
        assert pan.camera.leave() == []
        assert zoom.camera.leave() == [Drive(zoom=0)]

    def test_what_another_has_stopped_needs_no_stop(self) -> None:
        body = SharedState()
        one, other = (Bare(Camera(1, Position, clock=lambda: 0.0, point_to_point=True, shared=body)) for _ in range(2))
        one.receive(bytes.fromhex(LEFT))
        assert other.receive(bytes.fromhex("81 09 06 10 FF"))[0] == [bytes.fromhex("90 50 25 10 FF")]
        other.receive(bytes.fromhex(STOP))
        assert one.camera.leave() == []


@given(st.binary(max_size=64))
def test_whatever_comes_nothing_breaks(datagram: bytes) -> None:
    bench = Bench()
    replies, _ = bench.sony.receive(datagram)
    assert sum(map(len, replies)) <= 16 * max(len(datagram), 1)
    assert bench.ask(0x7FFF0000, STOP)[1] == [STOPS]


@given(st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF), st.binary(min_size=1, max_size=16))
def test_packets_there_and_back(kind: int, sequence: int, payload: bytes) -> None:
    packet = Packet(kind, sequence, payload)
    assert unpack(pack(packet)) == packet
