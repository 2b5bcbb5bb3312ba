"""Several cameras behind one line, byte for byte."""

import pytest

from drivers.visca.camera.camera import Camera
from drivers.visca.camera.chain import Chain, ChainedCamera
from drivers.visca.camera.shared_state import SharedState
from drivers.visca.model.actions import Action, Drive, Home
from drivers.visca.model.profile import Position

MIDDLE = Position(0.5, 0.25, 0.0)
SET = "88 30 01 FF"


class Bench:
    """Our camera and two beside it."""

    def __init__(self, *, point_to_point: bool = False) -> None:
        self.now = 0.0
        self.second, self.third = list[Action](), list[Action]()
        own = Camera(1, lambda: MIDDLE, clock=self.clock, point_to_point=point_to_point)
        others = [(self.camera(2), self.second.append), (self.camera(3), self.third.append)]
        self.chain = Chain(own, others, clock=self.clock, point_to_point=point_to_point)

    def clock(self) -> float:
        return self.now

    def camera(self, number: int) -> Camera:
        return Camera(number, lambda: MIDDLE, clock=self.clock, shared=SharedState())

    def feed(self, data: str) -> tuple[str, list[Action]]:
        replies, actions = self.chain.feed(bytes.fromhex(data))
        return replies.hex(" ").upper(), actions


def test_each_camera_does_and_answers_what_it_is_told() -> None:
    bench = Bench()
    assert bench.feed("81 01 06 04 FF") == ("90 41 FF", [Home()])
    assert bench.feed("82 01 06 01 18 14 01 03 FF") == ("A0 41 FF A0 51 FF", [])
    assert bench.feed("83 01 06 04 FF") == ("B0 41 FF", [])
    assert bench.feed("84 01 06 04 FF") == ("", [])
    assert (bench.second, bench.third) == ([Drive(-1, 0, None, 1.0, 1.0)], [Home()])


def test_addresses_are_assigned_in_the_order_of_the_line() -> None:
    bench = Bench()
    assert bench.feed(SET) == ("88 30 04 FF", [])
    assert bench.feed("88 30 04 FF") == ("", [])  # our own word comes back on a two-wire line
    bench.now += 1
    assert bench.feed("88 30 03 FF") == ("88 30 06 FF", [])
    assert bench.feed("84 01 06 04 FF") == ("C0 41 FF", [])
    assert bench.second == [Home()]


@pytest.mark.parametrize("first", [6, 7])
def test_a_line_with_too_many_cameras_has_no_first_free_address(first: int) -> None:
    bench = Bench()
    assert bench.feed(f"88 30 0{first} FF") == ("", [])
    assert bench.chain.address == first


def test_our_own_word_comes_back_however_long_the_appliance_has_been_running() -> None:
    bench = Bench()
    bench.now = 1000.0
    assert bench.feed(SET) == ("88 30 04 FF", [])
    assert bench.feed("88 30 04 FF") == ("", [])


def test_all_that_one_read_asks_is_done() -> None:
    left, stop = "81 01 06 01 18 14 01 03 FF", "81 01 06 01 18 14 03 03 FF"
    assert Bench().feed(left + stop)[1] == [Drive(-1, 0, None, 1.0, 1.0), Drive(0, 0, None, 1.0, 1.0)]


def test_interface_clear_reaches_all() -> None:
    bench = Bench()
    bench.feed("81 01 06 01 18 14 01 03 FF 83 01 04 07 02 FF")
    assert bench.feed("88 01 00 01 FF") == ("88 01 00 01 FF", [Drive(0, 0, 0)])
    assert bench.third[1:] == [Drive(0, 0, 0)]
    assert bench.second == []


def test_moves_of_all_are_completed() -> None:
    bench = Bench()
    assert bench.feed("82 01 06 02 18 14 00 00 00 00 00 00 00 00 FF")[0] == "A0 41 FF"
    assert bench.chain.under_way
    assert bench.chain.check() == bytes.fromhex("A0 51 FF")
    assert not bench.chain.under_way


def test_a_controller_that_goes_leaves_no_camera_moving() -> None:
    bench = Bench()
    bench.feed("81 01 04 07 02 FF 82 01 06 01 18 14 01 03 FF")
    assert bench.chain.leave() == [Drive(zoom=0)]
    assert bench.second[1:] == [Drive(pan=0)]
    assert bench.third == []


def test_on_a_network_addresses_without_a_camera_are_ours() -> None:
    bench = Bench(point_to_point=True)
    assert bench.feed("80 09 04 00 FF")[0] == "90 50 02 FF"
    assert bench.feed("87 09 04 00 FF")[0] == "90 50 02 FF"
    assert bench.feed("82 09 04 00 FF")[0] == "A0 50 02 FF"
    assert bench.feed(SET)[0] == "88 30 04 FF"


def test_on_a_network_sonys_header_may_be_in_front_and_on_a_line_it_is_garbage() -> None:
    header = "01 00 00 05 00 00 00 07"
    for point_to_point, dropped in ((True, 0), (False, 8)):
        bench = Bench(point_to_point=point_to_point)
        assert bench.feed(f"{header} 82 09 04 00 FF")[0] == "A0 50 02 FF"
        assert bench.chain.dropped == dropped
    chain = Chain(Camera(1, lambda: MIDDLE, clock=lambda: 0.0), [], clock=lambda: 0.0)
    assert chain.feed(bytes.fromhex(f"{header} 81 09 04 00 FF"))[0] == bytes.fromhex("90 50 02 FF")
    assert chain.dropped == 8


def test_moves_of_several_are_completed_one_after_the_other() -> None:
    bench = Bench()
    move = "01 06 02 18 14 00 00 00 00 00 00 00 00 FF"
    assert bench.feed(f"81 {move} 82 {move}")[0] == "90 41 FF A0 41 FF"
    assert bench.chain.check() == bytes.fromhex("90 51 FF A0 51 FF")


def test_a_chained_camera_can_what_it_is_said_to_can() -> None:
    shared, moved = SharedState(), list[Action]()
    camera = ChainedCamera(
        2, lambda: MIDDLE, moved.append, shared, lambda _: False, available=lambda: False, passes_on=True
    )
    assert (camera.number, camera.position(), camera.shared) == (2, MIDDLE, shared)
    abilities = camera.abilities
    assert (abilities.accepts(Home()), abilities.available(), abilities.passes_on) == (False, False, True)
    plain = ChainedCamera(2, lambda: MIDDLE, moved.append, shared).abilities
    assert (plain.accepts(Home()), plain.available(), plain.passes_on) == (True, True, False)
    camera.act(Home())
    assert moved == [Home()]


def test_garbage_is_counted_once_and_kept_from_all() -> None:
    bench = Bench()
    assert bench.feed("00 01 02 81 99 FF 82 77 FF 90 41 FF") == ("90 60 02 FF A0 60 02 FF", [])
    assert (bench.chain.dropped, bench.chain.not_understood) == (3, 2)
