"""The controller's side, byte for byte, against a camera that answers as each test says."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.visca.controller.controller import DEAD_MAN, ONE_WAY_STOPS, STOP_REFUSALS, TRIES, Controller
from drivers.visca.controller.exchange import ANSWER_WITHIN, Outcome
from drivers.visca.model.actions import Drive, DriveTo, Home
from drivers.visca.model.models import BRC_300, BRC_X400, EVI_D70
from drivers.visca.wire.commands import COMMANDS, Memory, MemoryAction, PanTiltDrive
from drivers.visca.wire.inquiries import PanTiltInquiry, PowerInquiry, VersionInquiry

FIELD: dict[str, Any] = tomllib.loads(Path(__file__).parents[1].joinpath("field.toml").read_text())
LATE: list[dict[str, Any]] = FIELD["late"]
STOP, ZOOM_STOP = "81 01 06 01 01 01 03 03 FF", "81 01 04 07 00 FF"
ADDRESS_SET, CLEAR = "88 30 01 FF", "88 01 00 01 FF"
LEFT, RIGHT = "81 01 06 01 0C 0A 01 03 FF", "81 01 06 01 0C 0A 02 03 FF"
TELE = "81 01 04 07 23 FF"
ACK, DONE = "90 41 FF", "90 51 FF"
GO_LEFT, GO_RIGHT, HALT = Drive(pan=-1, tilt=0), Drive(pan=1, tilt=0), Drive(pan=0, tilt=0)


class Bench:
    def __init__(self, *, chained: bool = True, profile: object = EVI_D70) -> None:
        self.now = 100.0
        self.controller = Controller(profile, clock=lambda: self.now, chained=chained)  # type: ignore[arg-type]

    def sends(self) -> list[str]:
        return frames(self.controller.due())

    def hears(self, data: str) -> list[str]:
        """What is sent when the camera has said this."""
        self.controller.feed(bytes.fromhex(data))
        return self.sends()

    def later(self, seconds: float) -> list[str]:
        self.now += seconds
        return self.sends()

    def runs(self, seconds: float) -> list[str]:
        """What is sent within this time, by a camera that says nothing; deadlines alone make things happen."""
        end, sent = self.now + seconds, self.sends()
        while self.controller.deadline <= end:
            self.now = max(self.now, self.controller.deadline)
            sent += self.sends()
        self.now = end
        return sent

    def drives(self, action: Drive) -> list[str]:
        self.controller.drive(action)
        return self.sends()


def frames(data: bytes) -> list[str]:
    return [frame.hex(" ").upper() + " FF" for frame in data.split(b"\xff")[:-1]]


def ready(**options: object) -> Bench:
    """A camera that answered everything so far."""
    bench = Bench(**options)  # type: ignore[arg-type]
    bench.controller.connected()
    bench.sends()
    bench.hears("90 41 FF 90 51 FF 90 41 FF 90 51 FF")
    bench.hears("88 30 02 FF" if options.get("chained", True) else "90 50 FF")
    bench.hears(CLEAR if options.get("chained", True) else "")
    assert bench.controller.idle
    return bench


class TestTheStart:
    def test_the_first_word_is_stop_then_the_line_is_set_up(self) -> None:
        bench = Bench()
        bench.controller.connected()
        assert bench.sends() == [STOP, ZOOM_STOP, ADDRESS_SET]
        assert bench.hears("88 30 03 FF") == [CLEAR]
        assert bench.controller.cameras == 2
        assert bench.hears(CLEAR) == []

    def test_a_camera_that_has_no_address_yet_hears_the_stop_again_when_it_has_one(self) -> None:
        bench = Bench()
        bench.controller.connected()
        bench.sends()
        bench.hears("88 30 02 FF")
        bench.hears(CLEAR)
        assert bench.later(0.05) == [STOP, ZOOM_STOP]
        assert bench.hears(ACK + ACK) == []
        assert bench.runs(10) == []

    def test_a_network_assigns_no_addresses(self) -> None:
        bench = Bench(chained=False)
        bench.controller.connected()
        assert bench.sends() == [STOP, ZOOM_STOP, "81 01 00 01 FF"]
        assert bench.hears("90 41 FF 90 51 FF 90 42 FF 90 52 FF 90 50 FF") == []
        assert bench.controller.idle

    def test_a_camera_that_refuses_to_be_cleared_is_driven_all_the_same(self) -> None:
        bench = Bench(chained=False)
        bench.controller.connected()
        bench.sends()
        bench.controller.drive(GO_LEFT)
        assert bench.hears("90 41 FF 90 51 FF 90 42 FF 90 52 FF 90 60 02 FF") == [LEFT]

    def test_the_same_again_after_a_reconnect_and_nothing_older(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.controller.send(PowerInquiry())
        bench.controller.connected()
        assert bench.sends() == [STOP, ZOOM_STOP, ADDRESS_SET]
        assert bench.hears(ACK + ACK + "88 30 02 FF" + CLEAR) == [CLEAR]
        assert bench.runs(5).count(LEFT) == 0


class TestDriving:
    @pytest.mark.parametrize(
        ("action", "expected"),
        [
            (GO_LEFT, LEFT),
            (Drive(pan=1, tilt=1, pan_speed=1.0, tilt_speed=1.0), "81 01 06 01 18 14 02 01 FF"),
            (Drive(tilt=-1, pan_speed=0.0, tilt_speed=0.0), "81 01 06 01 01 01 03 02 FF"),
            (Drive(pan=-1, pan_speed=9.0), "81 01 06 01 18 0A 01 03 FF"),
            (Drive(zoom=1), TELE),
            (Drive(zoom=1, zoom_speed=1.0), "81 01 04 07 27 FF"),
            (Drive(zoom=-1, zoom_speed=0.01), "81 01 04 07 30 FF"),
        ],
    )
    def test_speeds_are_at_least_one_on_both_axes(self, action: Drive, expected: str) -> None:
        assert ready().drives(action) == [expected]

    def test_an_axis_that_is_not_named_goes_on(self) -> None:
        bench = ready()
        bench.drives(Drive(pan=-1))
        bench.hears(ACK)
        assert bench.drives(Drive(tilt=1)) == ["81 01 06 01 0C 0A 01 01 FF"]
        bench.hears(ACK)
        assert bench.drives(Drive(pan=0)) == ["81 01 06 01 0C 0A 03 01 FF"]
        bench.hears(ACK)
        assert bench.drives(Drive(tilt=0)) == [STOP]

    def test_the_latest_wins_while_the_camera_has_not_answered(self) -> None:
        bench = ready()
        assert bench.drives(GO_LEFT) == [LEFT]
        for action in (GO_RIGHT, GO_LEFT, GO_RIGHT):
            assert bench.drives(action) == []
        assert bench.hears(ACK) == [RIGHT]
        assert bench.hears("90 51 FF" + ACK) == []

    def test_pan_and_zoom_do_not_displace_each_other(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        assert bench.drives(Drive(zoom=1)) == bench.drives(GO_RIGHT) == []
        assert bench.hears(ACK) == [TELE]
        assert bench.hears("90 42 FF") == [RIGHT]

    def test_a_drive_that_got_lost_is_sent_again(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        assert bench.later(ANSWER_WITHIN) == [LEFT]
        assert bench.hears(ACK) == []

    def test_a_drive_that_got_lost_is_not_sent_again_over_a_newer_one(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.drives(GO_RIGHT)
        assert bench.later(ANSWER_WITHIN) == [RIGHT]


class TestStopping:
    def test_it_waits_for_no_answer(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        assert bench.drives(HALT) == [STOP]

    def test_it_overtakes_and_forgets_what_waits_to_move(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.controller.send(PowerInquiry())
        bench.controller.go(Home())
        bench.controller.send(Memory(action=MemoryAction.RECALL, number=1))
        bench.drives(GO_RIGHT)
        assert bench.drives(HALT) == [STOP]
        assert bench.hears(ACK + "90 42 FF") == ["81 09 04 00 FF"]
        assert bench.hears("90 50 02 FF") == []
        assert bench.controller.idle

    def test_it_is_repeated_until_it_is_acknowledged(self) -> None:
        bench = ready()
        bench.drives(HALT)
        assert bench.later(0.05) == [STOP]
        assert bench.later(0.1) == [STOP]
        assert bench.later(0.1) == []
        assert bench.hears(ACK) == []
        assert bench.runs(10) == []

    def test_the_late_answer_to_a_drive_is_not_taken_for_its_own(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.now += ANSWER_WITHIN + 0.01
        assert STOP in bench.drives(HALT)
        bench.hears(ACK)  # the drive's
        assert bench.later(0.05) == [STOP]

    def test_a_new_drive_ends_it(self) -> None:
        bench = ready()
        bench.drives(HALT)
        bench.controller.drive(GO_LEFT)
        assert bench.hears(ACK) == [LEFT]
        assert bench.hears(ACK) == []
        assert STOP not in bench.runs(DEAD_MAN / 2)

    def test_where_the_buffer_is_full_both_sockets_are_emptied_first(self) -> None:
        bench = ready()
        bench.drives(HALT)
        assert bench.hears("90 60 03 FF") == ["81 21 FF", "81 22 FF", STOP]
        assert bench.hears("90 61 04 FF 90 62 05 FF" + ACK + DONE) == []
        assert bench.controller.idle

    def test_a_camera_that_refuses_to_stop_is_believed_at_last(self) -> None:
        bench = ready()
        assert bench.drives(HALT) == [STOP]
        for _ in range(STOP_REFUSALS - 1):
            assert bench.hears("90 61 41 FF") == []
            assert bench.later(1.0) == [STOP]
        assert bench.hears("90 61 41 FF") == []
        assert bench.runs(10) == []

    def test_a_movement_whose_source_is_gone_ends_after_a_second(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.drives(Drive(zoom=1))
        assert bench.hears(ACK) == [TELE]
        bench.hears("90 42 FF")
        for _ in range(5):
            bench.now += DEAD_MAN * 0.9
            bench.controller.stay()
            assert bench.sends() == []
        assert bench.controller.deadline == bench.now + DEAD_MAN
        assert bench.later(DEAD_MAN) == [STOP, ZOOM_STOP]
        bench.hears(ACK + "90 42 FF")
        assert bench.runs(10) == []
        assert not bench.controller.moving

    @pytest.mark.parametrize("full", ["90 60 03 FF", "90 41 FF 90 61 03 FF"])
    @pytest.mark.parametrize("silent", [False, True])
    def test_a_move_that_the_camera_had_no_room_for_does_not_begin_after_it(self, full: str, silent: bool) -> None:
        bench = ready()
        if silent:
            bench.controller._exchange.one_way = True
        bench.controller.go(Home())
        assert bench.sends() == ["81 01 06 04 FF"]
        assert bench.drives(HALT) == [STOP]
        bench.hears(full + "90 42 FF 90 52 FF")
        assert "81 01 06 04 FF" not in bench.runs(10)

    def test_a_zoom_that_the_camera_had_no_room_for_begins_after_pan_and_tilt_have_stopped(self) -> None:
        bench = ready()
        bench.controller.go(DriveTo(zoom=0.5))
        (move,) = bench.sends()
        assert bench.drives(HALT) == [STOP]
        bench.hears("90 60 03 FF 90 42 FF 90 52 FF")
        assert bench.runs(1) == [move]

    def test_a_move_that_a_newer_one_replaces_does_not_come_again(self) -> None:
        bench = ready()
        bench.controller.go(Home())
        bench.sends()
        bench.controller.go(DriveTo(0.5, 0.5))
        bench.hears("90 60 03 FF")
        assert [frame[3:11] for frame in bench.runs(1)] == ["01 06 02"]


class TestAwkwardCameras:
    def test_acknowledged_and_never_completed(self) -> None:
        bench = ready()
        for _ in range(10):
            assert bench.drives(GO_LEFT) == [LEFT]
            assert bench.hears(ACK) == []
        assert bench.runs(0.9) == []

    @pytest.mark.parametrize("completion", ["90 50 FF", "90 51 FF", "90 52 FF"])
    def test_completed_and_never_acknowledged(self, completion: str) -> None:
        bench = ready()
        assert bench.drives(GO_LEFT) == [LEFT]
        assert bench.drives(GO_RIGHT) == []
        assert bench.hears(completion) == [RIGHT]

    def test_acknowledged_with_socket_0(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.controller.drive(GO_RIGHT)
        assert bench.hears("90 40 FF") == [RIGHT]

    @pytest.mark.parametrize("stray", ["90 41 FF", "90 51 FF", "90 50 FF", "90 60 02 FF", "90 61 04 FF", "90 61 05 FF"])
    def test_an_answer_to_nothing_changes_nothing(self, stray: str) -> None:
        bench = ready()
        assert bench.hears(stray) == []
        assert bench.drives(GO_LEFT) == [LEFT]

    def test_a_full_buffer_is_tried_again_with_the_latest(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.drives(GO_RIGHT)
        assert bench.hears("90 60 03 FF") == []
        assert bench.runs(0.1) == [RIGHT]

    def test_completions_out_of_order_and_overlapping_replies(self) -> None:
        bench = ready()
        bench.controller.go(DriveTo(0.0, 0.0, 1.0))
        assert bench.sends() == ["81 01 06 02 18 14 0F 07 02 05 0F 0E 07 00 FF"]
        assert bench.hears("90 41 FF") == ["81 01 04 47 04 00 00 00 FF"]
        heard = bench.controller.feed(bytes.fromhex("90 42 FF 90 52 FF 90 51 FF"))
        kinds = [type(reply.item.message).__name__ for reply in heard if reply.item]
        assert kinds == ["ZoomDirect", "ZoomDirect", "PanTiltAbsolute"]
        assert [reply.outcome for reply in heard] == [Outcome.TAKEN, Outcome.DONE, Outcome.DONE]

    @pytest.mark.parametrize("error", ["90 60 02 FF", "90 60 FF", "90 60 00 FF", "90 61 41 FF", "90 60 01 FF"])
    def test_an_error_where_an_acknowledgement_was_due(self, error: str) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.controller.send(PowerInquiry())
        assert bench.hears(error) == ["81 09 04 00 FF"]

    @pytest.mark.parametrize("address", ["80", "A0", "F0"])
    def test_an_answer_from_another_address(self, address: str) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.controller.drive(GO_RIGHT)
        sent = bench.hears(f"{address} 41 FF")
        assert sent == ([] if address == "80" else [RIGHT])  # 80 is ourselves

    @pytest.mark.parametrize("change", ["90 38 FF", "A0 38 FF", "88 38 FF", "80 38 FF"])
    def test_a_network_change_sets_the_line_up_and_goes_on(self, change: str) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.now += 5
        bench.controller.stay()
        bench.hears(ACK)
        assert bench.hears(change) == [ADDRESS_SET]
        assert bench.hears(change) == []  # because of the answer
        assert bench.hears("88 30 02 FF") == [CLEAR]
        assert bench.hears(CLEAR) == [LEFT]

    def test_a_network_change_while_an_answer_is_due(self) -> None:
        bench = ready()
        bench.now += 5
        bench.drives(GO_LEFT)
        assert bench.hears("90 38 FF 90 41 FF") == [ADDRESS_SET]

    def test_our_own_words_come_back_on_a_line_with_an_echo(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.controller.drive(GO_RIGHT)
        assert bench.hears(LEFT) == []
        assert bench.hears(LEFT + ACK) == [RIGHT]
        assert bench.controller.feed(bytes.fromhex(ADDRESS_SET)) == []

    def test_replies_in_pieces_and_with_noise(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.controller.drive(GO_RIGHT)
        assert [bench.hears(piece) for piece in ("00 7F 90", "41", "FF")] == [[], [], [RIGHT]]


class TestLateCameras:
    """Some acknowledge a move only seconds later."""

    @pytest.mark.parametrize("move", [Home(), DriveTo(0.5, 0.5), DriveTo(zoom=0.5)])
    def test_a_move_is_sent_once_and_waited_for(self, move: Home | DriveTo) -> None:
        bench = ready()
        bench.controller.go(move)
        assert len(bench.sends()) == 1
        bench.controller.send(PowerInquiry())
        assert bench.runs(3.1) == []
        assert bench.hears(ACK + DONE) == ["81 09 04 00 FF"]
        assert not bench.controller.one_way

    @pytest.mark.parametrize("case", LATE, ids=[case["name"] for case in LATE])
    def test_those_of_the_field(self, case: dict[str, Any]) -> None:
        move = COMMANDS.decode(bytes.fromhex(case["move"])[1:-1])
        assert move is not None
        bench = ready()
        bench.controller.send(move)
        assert bench.sends() == [case["move"]]
        bench.controller.send(PowerInquiry())
        assert bench.runs(case["acknowledged_after"]) == []
        assert bench.hears(case["replies"]) == ["81 09 04 00 FF"]
        assert bench.runs(10).count(case["move"]) == 0

    def test_a_move_that_is_never_acknowledged_is_given_up(self) -> None:
        bench = ready()
        bench.controller.go(Home())
        assert bench.runs(30) == ["81 01 06 04 FF"]
        assert bench.controller.idle
        assert not bench.controller.one_way

    def test_people_can_move_it_meanwhile(self) -> None:
        bench = ready()
        bench.controller.go(Home())
        bench.sends()
        assert bench.drives(GO_LEFT) == []
        assert bench.runs(0.3)[:1] == [LEFT]
        assert STOP in bench.drives(HALT)

    def test_a_move_ends_the_stop_that_was_not_acknowledged_yet(self) -> None:
        bench = ready()
        assert bench.drives(HALT) == [STOP]
        bench.controller.go(Home())
        assert bench.runs(3.0) == ["81 01 06 04 FF"]

    def test_a_move_of_one_axis_leaves_the_others(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.controller.go(DriveTo(0.5, 0.5))
        bench.controller.go(DriveTo(zoom=0.5))
        sent = bench.hears(ACK + DONE)
        sent += bench.hears(ACK)
        assert [frame[3:11] for frame in sent] == ["01 06 02", "01 04 47"]


class TestZoomWithoutSpeeds:
    @pytest.mark.parametrize("error", ["90 60 02 FF", "90 61 41 FF", "90 60 01 FF"])
    def test_a_camera_that_refuses_them_zooms_at_its_standard_speed(self, error: str) -> None:
        bench = ready()
        assert bench.drives(Drive(zoom=1)) == [TELE]
        assert bench.hears(error) == ["81 01 04 07 02 FF"]
        assert bench.hears(ACK + DONE) == []
        assert bench.drives(Drive(zoom=-1)) == ["81 01 04 07 03 FF"]
        assert bench.hears(error) == []  # that was all there is to try

    def test_a_zoom_that_was_stopped_meanwhile_does_not_begin_again(self) -> None:
        bench = ready()
        bench.drives(Drive(zoom=1))
        assert bench.drives(Drive(zoom=0)) == [ZOOM_STOP]
        assert bench.hears("90 60 02 FF") == []


class TestOneWayLines:
    def silent(self) -> Bench:
        bench = Bench()
        bench.controller.connected()
        bench.runs(5)
        assert bench.controller.one_way
        return bench

    def test_a_camera_that_never_answers_is_set_up_and_stopped_a_few_times(self) -> None:
        bench = Bench()
        bench.controller.connected()
        sent = bench.runs(30)
        assert ONE_WAY_STOPS <= sent.count(STOP) <= ONE_WAY_STOPS + 2
        assert 1 <= sent.count(ADDRESS_SET) <= TRIES
        assert 1 <= sent.count(CLEAR) <= TRIES
        assert bench.controller.idle

    def test_nothing_is_waited_for_and_nothing_is_too_fast(self) -> None:
        bench = self.silent()
        assert bench.drives(GO_LEFT) == [LEFT]
        assert bench.drives(GO_RIGHT) == []
        assert bench.drives(GO_LEFT) == []
        assert bench.later(0.05) == [LEFT]
        assert bench.runs(0.5) == []

    def test_the_stop_comes_three_times(self) -> None:
        bench = self.silent()
        bench.drives(GO_LEFT)
        assert bench.drives(HALT) == [STOP]
        assert bench.runs(10) == [STOP] * (ONE_WAY_STOPS - 1)

    def test_a_camera_that_answers_after_all_is_waited_for_again(self) -> None:
        bench = self.silent()
        bench.drives(GO_LEFT)
        bench.hears(ACK)
        assert not bench.controller.one_way
        bench.now += 1
        assert bench.drives(GO_RIGHT) == [RIGHT]
        assert bench.drives(GO_LEFT) == []


class TestOtherCommands:
    def test_inquiries_are_answered_whatever_is_going_on(self) -> None:
        bench = ready()
        bench.drives(GO_LEFT)
        bench.controller.send(VersionInquiry())
        bench.controller.send(PanTiltInquiry())
        assert bench.hears(ACK) == ["81 09 00 02 FF"]
        heard = bench.controller.feed(bytes.fromhex("90 51 FF 90 50 00 01 04 0E 00 01 02 FF"))
        assert [reply.outcome for reply in heard] == [Outcome.DONE, Outcome.ANSWERED]
        assert heard[1].item is not None
        assert heard[1].item.message == VersionInquiry()
        assert heard[1].body == bytes.fromhex("50 00 01 04 0E 00 01 02")

    def test_what_is_never_answered_is_given_up(self) -> None:
        bench = ready()
        bench.controller.send(PowerInquiry())
        assert bench.runs(30) == ["81 09 04 00 FF"] * TRIES

    def test_too_much_is_refused(self) -> None:
        bench = ready()
        assert [bench.controller.send(PowerInquiry()) for _ in range(17)] == [True] * 16 + [False]

    def test_places_in_the_units_of_the_model(self) -> None:
        bench = ready(profile=BRC_300)
        bench.controller.go(DriveTo(0.0, 1.0))
        assert bench.sends() == ["81 01 06 02 18 00 00 08 0A 05 08 04 09 03 0D FF"]
        bench = ready(profile=BRC_X400)
        bench.controller.go(DriveTo(0.0, 1.0))
        assert bench.sends() == ["81 01 06 02 18 00 0D 0E 00 00 01 02 00 00 FF"]

    def test_visca_cannot_pan_to_a_place_alone(self) -> None:
        with pytest.raises(ValueError, match="pan and tilt together"):
            ready().controller.go(DriveTo(pan=0.5))


EVENTS = st.one_of(
    st.sampled_from([GO_LEFT, GO_RIGHT, HALT, Drive(zoom=1), Drive(zoom=0)]),
    st.sampled_from(
        [bytes.fromhex(data) for data in (ACK, DONE, "90 60 03 FF", "90 38 FF", "90 50 02 FF", "90 62 41 FF")]
    ),
    st.floats(0.01, 1.5),
    st.binary(max_size=4),
)


@given(st.lists(EVENTS, max_size=30))
def test_whatever_happens_a_camera_that_answers_then_is_stopped(events: list[Drive | bytes | float]) -> None:
    bench = Bench()
    bench.controller.connected()
    bench.sends()
    for event in events:
        if isinstance(event, Drive):
            bench.drives(event)
        elif isinstance(event, bytes):
            bench.controller.feed(event)
            bench.sends()
        else:
            bench.runs(event)
    bench.controller.feed(b"\xff")
    bench.controller.drive(GO_LEFT)
    bench.runs(DEAD_MAN * 2)
    last = bench.drives(HALT)
    assert STOP in last
    for frame in last:
        command = COMMANDS.decode(bytes.fromhex(frame)[1:-1])
        if isinstance(command, PanTiltDrive):
            assert command.pan_speed >= 1
            assert command.tilt_speed >= 1
