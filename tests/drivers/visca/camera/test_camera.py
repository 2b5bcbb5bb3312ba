"""The camera's side of VISCA, byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.visca.camera.camera import ECHO_WINDOW, MOVE_TIMEOUT, Camera
from drivers.visca.camera.executor import Abilities
from drivers.visca.camera.shared_state import SharedState
from drivers.visca.model.actions import Action, Drive, DriveTo, Home, PassOn
from drivers.visca.model.profile import Position
from drivers.visca.wire.layout import encode

MIDDLE = Position(pan=0.5, tilt=0.25, zoom=0.0)  # what the profile counts as 0, 0, 0
DONE = "90 41 FF 90 51 FF"
NOT_EXECUTABLE = "90 61 41 FF"
SYNTAX_ERROR = "90 60 02 FF"


class Bench:
    """A camera, a clock and the place where it is; bytes as in the manuals."""

    def __init__(
        self, position: Position = MIDDLE, address: int = 1, *, available: bool = True, passes_on: bool = False
    ) -> None:
        self.position = position
        self.now = 0.0
        self.available = available
        self.shared = SharedState()
        abilities = Abilities(available=lambda: self.available, passes_on=passes_on)
        self.camera = Camera(
            address, lambda: self.position, clock=lambda: self.now, shared=self.shared, abilities=abilities
        )

    def says(self, data: str) -> str:
        return self.feed(data)[0]

    def does(self, data: str) -> list[Action]:
        return self.feed(data)[1]

    def feed(self, data: str) -> tuple[str, list[Action]]:
        replies, actions = self.camera.feed(bytes.fromhex(data))
        return replies.hex(" ").upper(), actions

    def later(self, seconds: float) -> str:
        self.now += seconds
        return self.camera.check().hex(" ").upper()


DRIVES = [
    ("81 01 06 01 18 14 01 03 FF", Drive(-1, 0, None, 1.0, 1.0)),
    ("81 01 06 01 18 14 02 03 FF", Drive(1, 0, None, 1.0, 1.0)),
    ("81 01 06 01 0C 0A 03 01 FF", Drive(0, 1, None, 0.5, 0.5)),
    ("81 01 06 01 0C 0A 03 02 FF", Drive(0, -1, None, 0.5, 0.5)),
    ("81 01 06 01 18 14 01 01 FF", Drive(-1, 1, None, 1.0, 1.0)),
    ("81 01 06 01 18 14 02 01 FF", Drive(1, 1, None, 1.0, 1.0)),
    ("81 01 06 01 18 14 01 02 FF", Drive(-1, -1, None, 1.0, 1.0)),
    ("81 01 06 01 18 14 02 02 FF", Drive(1, -1, None, 1.0, 1.0)),
    ("81 01 06 01 40 17 02 01 FF", Drive(1, 1, None, 1.0, 1.0)),  # too fast is fast
    ("81 01 06 01 18 00 02 03 FF", Drive(1, 0, None, 1.0, 1 / 20)),  # the axis at rest has speed 0
    ("81 01 06 01 00 00 02 03 FF", Drive(1, 0, None, 1 / 24, 1 / 20)),  # 0 is slow
    # stops, with whatever speeds controllers put there
    ("81 01 06 01 18 14 03 03 FF", Drive(0, 0, None, 1.0, 1.0)),
    ("81 01 06 01 00 00 03 03 FF", Drive(0, 0, None, 1 / 24, 1 / 20)),
    ("81 01 06 01 03 03 03 03 FF", Drive(0, 0, None, 3 / 24, 3 / 20)),
    ("81 01 04 07 00 FF", Drive(zoom=0)),
    ("81 01 04 07 02 FF", Drive(zoom=1)),
    ("81 01 04 07 03 FF", Drive(zoom=-1)),
    ("81 01 04 07 20 FF", Drive(zoom=1, zoom_speed=1 / 8)),
    ("81 01 04 07 27 FF", Drive(zoom=1, zoom_speed=1.0)),
    ("81 01 04 07 2F FF", Drive(zoom=1, zoom_speed=1.0)),
    ("81 01 04 07 33 FF", Drive(zoom=-1, zoom_speed=0.5)),
]
HOMES = ["81 01 06 04 FF", "81 01 06 05 FF"]


@pytest.mark.parametrize(("command", "action"), DRIVES)
def test_a_drive_is_acknowledged_done_and_acted_on(command: str, action: Action) -> None:
    assert Bench().feed(command) == (DONE, [action])


MOVES = [
    ("81 01 06 02 18 14 0F 07 02 05 0F 0E 07 00 FF", DriveTo(0.0, 0.0)),
    ("81 01 06 02 18 14 00 08 0D 0B 00 04 0B 00 FF", DriveTo(1.0, 1.0)),
    ("81 01 06 02 18 00 00 00 00 00 00 00 00 00 FF", DriveTo(0.5, 0.25)),
    ("81 01 06 02 18 14 07 0F 0F 0F 08 00 00 00 FF", DriveTo(1.0, 0.0)),  # beyond the ends
    ("81 01 06 03 18 14 00 08 0D 0B 00 01 09 00 FF", DriveTo(1.0, 0.5)),
    ("81 01 06 03 18 14 0F 07 02 05 0F 0E 07 00 FF", DriveTo(0.0, 0.0)),
    ("81 01 06 03 18 14 00 00 00 00 00 00 00 00 FF", DriveTo(0.5, 0.25)),
    ("81 01 04 47 04 00 00 00 FF", DriveTo(zoom=1.0)),
    ("81 01 04 47 02 00 00 00 FF", DriveTo(zoom=0.5)),
    ("81 01 04 47 07 0A 0C 00 FF", DriveTo(zoom=1.0)),  # digital zoom ends where optical zoom does
    ("81 01 04 47 01 00 00 00 01 00 00 00 FF", DriveTo(zoom=0.25)),  # focus looks after itself
]

FAR_LEFT, FAR_RIGHT, ZOOM_IN = MOVES[0][0], MOVES[1][0], MOVES[7][0]


@pytest.mark.parametrize(("command", "action"), MOVES)
def test_a_move_is_acknowledged_and_done_when_the_camera_is_there(command: str, action: DriveTo) -> None:
    bench = Bench()
    assert bench.feed(command) == ("90 41 FF", [action])
    assert bench.camera.under_way
    bench.position = Position(
        MIDDLE.pan if action.pan is None else action.pan,
        MIDDLE.tilt if action.tilt is None else action.tilt,
        MIDDLE.zoom if action.zoom is None else action.zoom,
    )
    assert bench.later(0.05) == "90 51 FF"
    assert not bench.camera.under_way


DONE_ALREADY = [
    "81 01 04 00 02 FF",  # power on
    "81 01 06 06 03 FF",  # menu off
    "81 01 04 06 03 FF",  # digital zoom off
    "81 01 04 38 02 FF",  # focus automatic
    "81 01 04 08 00 FF",  # focus stop
]


@pytest.mark.parametrize("command", DONE_ALREADY)
def test_what_is_so_already_is_done_at_once(command: str) -> None:
    assert Bench().feed(command) == (DONE, [])


CANNOT = [
    "81 01 04 00 03 FF",  # standby
    "81 01 06 06 02 FF",  # menu on
    "81 01 04 06 02 FF",  # digital zoom on
    "81 01 04 38 03 FF",  # focus by hand
    "81 01 04 38 10 FF",
    "81 01 04 08 02 FF",
    "81 01 04 08 37 FF",
    "81 01 04 48 01 00 00 00 FF",
    "81 01 04 18 01 FF",
    "81 01 04 18 02 FF",
    "81 01 04 3F 02 00 FF",  # go to a position that was not stored
    "81 01 04 35 05 FF",  # white balance by hand
    "81 01 04 10 05 FF",
    "81 01 04 03 02 FF",  # red gain
    "81 01 04 43 00 00 05 05 FF",
    "81 01 04 04 03 FF",  # blue gain
    "81 01 04 44 00 00 05 05 FF",
    "81 01 04 0C 02 FF",  # gain
    "81 01 04 4C 00 00 00 05 FF",
    "81 01 04 39 03 FF",  # exposure by hand
    "81 01 04 0B 02 FF",  # iris
    "81 01 04 4B 00 00 00 05 FF",
    "81 01 04 0A 02 FF",  # shutter
    "81 01 04 33 02 FF",  # backlight
    "81 01 7E 01 0A 00 02 FF",  # tally
    "81 01 7E 01 0A 00 03 FF",
    "81 01 06 07 00 01 00 00 00 01 00 00 00 01 FF",  # limits
    "81 01 06 07 01 00 07 0F 0F 0F 07 0F 0F 0F FF",
]


@pytest.mark.parametrize("command", CANNOT)
def test_what_we_cannot_do_is_said_to_be_so(command: str) -> None:
    assert Bench().feed(command) == (NOT_EXECUTABLE, [])


INQUIRIES = [
    ("81 09 00 02 FF", "90 50 00 01 04 0E 00 01 02 FF"),
    ("81 09 04 00 FF", "90 50 02 FF"),
    ("81 09 04 47 FF", "90 50 02 00 00 00 FF"),
    ("81 09 04 38 FF", "90 50 02 FF"),
    ("81 09 04 48 FF", SYNTAX_ERROR),
    ("81 09 04 3F FF", SYNTAX_ERROR),
    ("81 09 04 22 FF", "90 50 00 00 00 00 FF"),
    ("81 09 06 06 FF", "90 50 03 FF"),
    ("81 09 06 10 FF", "90 50 20 05 FF"),
    ("81 09 06 11 FF", "90 50 18 14 FF"),
    ("81 09 06 12 FF", "90 50 0F 07 02 05 00 04 0B 00 FF"),
    ("81 09 7E 7E 00 FF", "90 50 02 00 00 00 00 00 00 00 00 00 00 01 00 FF"),
    ("81 09 7E 7E 01 FF", "90 50 00 00 00 00 00 00 00 00 00 00 00 00 00 FF"),
    ("81 09 7E 7E 02 FF", "90 50 01 00 00 00 00 00 00 00 00 00 00 00 00 FF"),
    ("81 09 7E 7E 03 FF", "90 50 00 00 00 00 00 00 00 00 00 00 00 00 00 FF"),
    ("81 09 7E 7E 04 FF", SYNTAX_ERROR),
    ("81 09 7E 7E 05 FF", SYNTAX_ERROR),
    ("81 09 04 35 FF", "90 50 00 FF"),  # white balance: automatic
    ("81 09 04 39 FF", "90 50 00 FF"),  # exposure: automatic
    ("81 09 04 33 FF", "90 50 03 FF"),  # backlight: off
    ("81 09 04 43 FF", SYNTAX_ERROR),
    ("81 09 7E 01 0A FF", "90 50 03 FF"),  # tally: off
]


@pytest.mark.parametrize(("inquiry", "answer"), INQUIRIES)
def test_inquiries_are_answered_at_once(inquiry: str, answer: str) -> None:
    assert Bench(Position(pan=0.0, tilt=1.0, zoom=0.5)).feed(inquiry) == (answer, [])


@pytest.mark.parametrize(
    ("position", "inquiry", "answer"),
    [
        (Position(), "81 09 06 12 FF", SYNTAX_ERROR),
        (Position(pan=0.5), "81 09 06 12 FF", SYNTAX_ERROR),
        (Position(pan=0.5, tilt=0.5), "81 09 04 47 FF", SYNTAX_ERROR),
        (Position(pan=0.5, tilt=0.5), "81 09 7E 7E 00 FF", SYNTAX_ERROR),
        (Position(), "81 09 06 10 FF", "90 50 21 10 FF"),
        (Position(pan=1.0, tilt=0.0), "81 09 06 10 FF", "90 50 20 0A FF"),
    ],
)
def test_a_place_that_is_not_known_is_not_told(position: Position, inquiry: str, answer: str) -> None:
    assert Bench(position).says(inquiry) == answer


@pytest.mark.parametrize(
    ("position", "command", "expected"),
    [
        (Position(), "81 01 06 02 18 14 00 00 00 00 00 00 00 00 FF", (NOT_EXECUTABLE, [])),
        (Position(), "81 01 06 03 18 14 00 00 00 00 00 00 00 00 FF", (NOT_EXECUTABLE, [])),
        (Position(), "81 01 04 47 04 00 00 00 FF", (NOT_EXECUTABLE, [])),
        (Position(), "81 01 06 01 18 14 01 03 FF", (DONE, [Drive(-1, 0, None, 1.0, 1.0)])),
        (Position(pan=0.5), "81 01 06 02 18 14 00 00 00 00 00 00 00 00 FF", ("90 41 FF", [DriveTo(pan=0.5)])),
    ],
)
def test_an_axis_without_a_place_is_driven_and_not_sent_to_one(
    position: Position, command: str, expected: tuple[str, list[Action]]
) -> None:
    assert Bench(position).feed(command) == expected


@pytest.mark.parametrize(
    "body", ["01 99", "01 06 01 18 14 00 03", "09 06 99", "7E", "01 06 02 18 14 00 00 00 00 00 00"]
)
def test_what_is_not_understood_is_a_syntax_error(body: str) -> None:
    bench = Bench()
    assert bench.feed(f"81 {body} FF") == (SYNTAX_ERROR, [])
    assert bench.camera.not_understood == 1


def test_several_commands_in_one_read_are_answered_in_order() -> None:
    replies, actions = Bench().feed("81 01 06 01 18 14 01 03 FF 81 09 04 00 FF 81 01 06 01 18 14 03 03 FF 81 01")
    assert replies == f"{DONE} 90 50 02 FF {DONE}"
    assert [action.pan for action in actions if isinstance(action, Drive)] == [-1, 0]


def test_the_start_of_the_obs_plugin() -> None:
    blocks = " ".join(f"81 09 7E 7E 0{block} FF" for block in range(6))
    replies = Bench().says(f"88 01 00 10 FF 81 09 00 02 FF 81 09 04 00 FF 81 09 06 12 FF {blocks}")
    starts = [reply[:11] for reply in replies.split(" FF ")]
    answered = ["88 01 00 01", "90 50 00 01", "90 50 02", *(3 * ["90 50 00 00"]), "90 50 01 00", "90 50 00 00"]
    assert starts == [*answered, "90 60 02", "90 60 02 FF"]


class TestAddresses:
    def test_address_set_gives_us_an_address_and_goes_on_with_the_next(self) -> None:
        bench = Bench()
        assert bench.says("88 30 01 FF") == "88 30 02 FF"
        assert bench.says("88 30 01 FF") == "88 30 02 FF"  # libvisca says it twice
        assert bench.says(PAN_TILT_STOP) == DONE
        assert bench.says("88 30 04 FF") == "88 30 05 FF"
        assert bench.feed(PAN_TILT_STOP) == ("", [])
        assert bench.says(PAN_TILT_STOP.replace("81", "84", 1)) == "C0 41 FF C0 51 FF"

    def test_no_address_is_left(self) -> None:
        bench = Bench()
        assert bench.says("88 30 08 FF") == ""
        assert bench.camera.address == 1

    def test_the_configured_address_counts_until_another_is_given(self) -> None:
        bench = Bench(address=7)
        assert bench.says("81 09 04 00 FF") == ""
        assert bench.says("87 09 04 00 FF") == "F0 50 02 FF"

    @pytest.mark.parametrize(
        "heard",
        ["90 41 FF", "90 51 FF", "90 60 02 FF", "A0 50 02 FF", "91 01 06 04 FF", "82 01 06 04 FF", "88 01 06 04 FF"],
    )
    def test_our_own_replies_and_what_is_for_others_is_not_answered(self, heard: str) -> None:
        bench = Bench()
        assert bench.feed(heard) == ("", [])
        assert bench.camera.not_understood == 0

    @pytest.mark.parametrize("broadcast", ["88 30 01 FF", "88 01 00 01 FF"])
    def test_a_line_that_gives_back_what_we_say_gets_no_second_answer(self, broadcast: str) -> None:
        bench = Bench()
        echo = bench.says(broadcast)
        assert bench.says(echo) == ""
        assert bench.camera.address == 1
        bench.now += ECHO_WINDOW * 2
        assert bench.says(broadcast) == echo

    def test_an_echo_is_one_however_long_the_appliance_has_been_running(self) -> None:
        bench = Bench()
        bench.now = 1000.0
        assert bench.says("88 01 00 01 FF") == "88 01 00 01 FF"
        bench.now += ECHO_WINDOW / 2
        assert bench.says("88 01 00 01 FF") == ""

    def test_the_same_again_later_is_no_echo(self) -> None:
        bench = Bench()
        assert bench.says("88 01 00 01 FF") == "88 01 00 01 FF"
        bench.now += ECHO_WINDOW * 2
        assert bench.says("88 01 00 01 FF") == "88 01 00 01 FF"

    def test_the_last_address_can_be_assigned_and_none_behind_it(self) -> None:
        bench = Bench()
        assert (bench.says("88 30 07 FF"), bench.camera.address) == ("88 30 08 FF", 7)
        assert (bench.says("88 30 08 FF"), bench.camera.address) == ("", 7)

    def test_what_is_not_understood_is_counted(self) -> None:
        bench = Bench()
        bench.says("81 01 7E 01 18 02 FF 81 77 FF")
        assert bench.camera.not_understood == 2

    def test_on_a_line_sonys_header_is_garbage(self) -> None:
        bench = Bench()
        assert bench.says("01 00 00 05 00 00 00 07 81 09 04 00 FF") == "90 50 02 FF"
        assert bench.camera.dropped == 8

    def test_twice_in_one_read_is_no_echo(self) -> None:
        assert Bench().says("88 01 00 01 FF 88 01 00 01 FF") == "88 01 00 01 FF 88 01 00 01 FF"


class TestInterfaceClear:
    @pytest.mark.parametrize(("clear", "reply"), [("88 01 00 01 FF", "88 01 00 01 FF"), ("81 01 00 01 FF", "90 50 FF")])
    def test_nothing_to_clear(self, clear: str, reply: str) -> None:
        assert Bench().feed(clear) == (reply, [])

    @pytest.mark.parametrize("moving", ["81 01 06 01 18 14 01 03 FF", "81 01 04 07 02 FF", FAR_LEFT])
    def test_whatever_moves_is_stopped_and_forgotten(self, moving: str) -> None:
        bench = Bench()
        bench.feed(moving)
        assert bench.feed("81 01 00 01 FF") == ("90 50 FF", [Drive(pan=0, tilt=0, zoom=0)])
        assert bench.feed("81 01 00 01 FF") == ("90 50 FF", [])
        assert bench.later(60) == ""


PAN_TILT_STOP, ZOOM_STOP = "81 01 06 01 18 14 03 03 FF", "81 01 04 07 00 FF"


class TestSockets:
    def test_two_moves_take_two_sockets_and_end_in_any_order(self) -> None:
        bench = Bench()
        assert bench.says(FAR_LEFT) == "90 41 FF"
        assert bench.says(ZOOM_IN) == "90 42 FF"
        bench.position = Position(0.5, 0.25, 1.0)
        assert bench.later(0.1) == "90 52 FF"
        bench.position = Position(0.0, 0.0, 1.0)
        assert bench.later(0.1) == "90 51 FF"

    def test_what_replaces_neither_finds_the_buffer_full_while_two_different_things_run(self) -> None:
        bench = Bench()
        bench.feed(FAR_LEFT + ZOOM_IN)
        assert bench.feed("81 01 04 3F 01 02 FF") == ("90 60 03 FF", [])
        bench.position = Position(0.0, 0.0, 0.0)
        bench.later(0.1)
        assert bench.says("81 01 04 3F 01 02 FF") == DONE

    def test_what_finds_the_buffer_full_changes_nothing(self) -> None:
        bench = Bench()
        bench.says("81 01 04 3F 01 02 FF")
        bench.says("81 01 06 02 18 14 0F 07 02 05 0F 0E 07 00 FF")
        bench.says("81 01 04 47 04 00 00 00 FF")
        for command in ("81 01 04 3F 01 05 FF", "81 01 04 3F 00 02 FF", "81 01 06 01 0C FF", "81 01 7E 01 0B 02 0C FF"):
            assert bench.feed(command) == ("90 60 03 FF", [])
        assert bench.shared.presets.recall(5) is None
        assert bench.shared.presets.recall(2) is not None
        assert bench.shared.speed_of(2) is None

    def test_an_inquiry_needs_no_socket(self) -> None:
        bench = Bench()
        assert bench.says(FAR_LEFT + ZOOM_IN + "81 09 04 00 FF") == "90 41 FF 90 42 FF 90 50 02 FF"

    def test_a_stop_completes_the_move_of_its_axes_and_is_done(self) -> None:
        bench = Bench()
        bench.feed(FAR_LEFT + ZOOM_IN)
        assert bench.feed(PAN_TILT_STOP) == (f"90 51 FF {DONE}", [Drive(0, 0, None, 1.0, 1.0)])
        assert bench.feed(ZOOM_STOP) == ("90 52 FF " + DONE, [Drive(zoom=0)])
        assert not bench.camera.under_way

    @pytest.mark.parametrize(
        ("command", "action", "answer"),
        [*((*move, "90 41 FF") for move in MOVES[:7]), *((*drive, DONE) for drive in DRIVES[:14])],
    )
    def test_a_new_move_completes_the_old_one_and_wins(self, command: str, action: Action, answer: str) -> None:
        bench = Bench()
        bench.feed(FAR_LEFT)
        assert bench.feed(command) == (f"90 51 FF {answer}", [action])

    def test_a_slider_is_answered_each_time_and_ends_at_its_last_value(self) -> None:
        bench = Bench()
        for step in range(1, 17):
            replies, actions = bench.feed(f"81 01 04 47 0{step // 4} 0{step % 4 * 4:X} 00 00 FF")
            assert replies == ("90 41 FF" if step == 1 else "90 51 FF 90 41 FF")
            assert actions == [DriveTo(zoom=step / 16)]
            bench.position = Position(0.5, 0.25, step / 32)  # it cannot keep up
            assert bench.later(0.1) == ""
        bench.position = Position(0.5, 0.25, 1.0)
        assert bench.later(0.1) == "90 51 FF"

    @pytest.mark.parametrize("home", HOMES)
    def test_the_way_home_completes_every_move_and_itself_where_the_camera_rests(self, home: str) -> None:
        bench = Bench(Position(0.1, 0.2, 0.3))
        bench.feed(FAR_LEFT + ZOOM_IN)
        assert bench.feed(home) == ("90 51 FF 90 52 FF 90 41 FF", [Home()])
        for part in range(1, 5):
            bench.position = Position(0.1 + part / 10, 0.2, 0.3)
            assert bench.later(0.4) == ""
        assert bench.later(0.5) == "90 51 FF"

    @pytest.mark.parametrize("home", HOMES)
    def test_a_camera_that_is_at_home_or_tells_no_position_completes_all_the_same(self, home: str) -> None:
        bench = Bench()
        assert bench.feed(home) == ("90 41 FF", [Home()])
        assert bench.later(1.9) == ""
        assert bench.later(0.1) == "90 51 FF"
        assert Bench(Position()).feed(home) == (DONE, [Home()])

    def test_a_drive_of_one_axis_leaves_the_move_of_another(self) -> None:
        bench = Bench()
        bench.feed(ZOOM_IN)
        assert bench.says(PAN_TILT_STOP) == "90 42 FF 90 52 FF"
        assert bench.camera.under_way

    @pytest.mark.parametrize(
        ("move", "stop"), [(FAR_LEFT, Drive(pan=0, tilt=0)), (ZOOM_IN, Drive(zoom=0))], ids=["pan-tilt", "zoom"]
    )
    def test_cancel_stops_the_move_and_says_so(self, move: str, stop: Drive) -> None:
        bench = Bench()
        bench.feed(move)
        assert bench.feed("81 21 FF") == ("90 61 04 FF", [stop])
        assert bench.later(60) == ""

    @pytest.mark.parametrize(("cancel", "reply"), [("81 21 FF", "90 61 05 FF"), ("81 22 FF", "90 62 05 FF")])
    def test_cancel_of_an_empty_socket(self, cancel: str, reply: str) -> None:
        assert Bench().feed(cancel) == (reply, [])


class TestPresets:
    SET, RECALL, RESET, LAST = (
        f"81 {body} FF" for body in ("01 04 3F 01 0F", "01 04 3F 02 0F", "01 04 3F 00 0F", "09 04 3F")
    )

    def test_a_place_is_stored_and_gone_to(self) -> None:
        bench = Bench(Position(0.1, 0.2, 0.3))
        assert bench.feed(self.SET) == (DONE, [])
        bench.position = MIDDLE
        assert bench.feed(self.RECALL) == ("90 41 FF", [DriveTo(0.1, 0.2, 0.3, preset=15)])
        assert bench.later(0.1) == ""
        bench.position = Position(0.1, 0.2, 0.3)
        assert bench.later(0.1) == "90 51 FF"

    def test_the_last_that_was_used_is_told(self) -> None:
        bench = Bench()
        assert bench.says(self.LAST) == SYNTAX_ERROR
        bench.says("81 01 04 3F 01 02 FF" + self.SET)
        assert bench.says(self.LAST) == "90 50 0F FF"
        bench.says("81 01 04 3F 02 02 FF")
        assert bench.says(self.LAST) == "90 50 02 FF"
        bench.says("81 01 04 3F 02 03 FF")  # there is none
        assert bench.says(self.LAST) == "90 50 02 FF"

    def test_a_place_that_is_forgotten_is_not_gone_to(self) -> None:
        bench = Bench()
        bench.says(self.SET)
        assert bench.feed(self.RESET) == (DONE, [])
        assert bench.feed(self.RECALL) == (NOT_EXECUTABLE, [])

    def test_a_camera_whose_place_is_not_known_stores_none(self) -> None:
        bench = Bench(Position())
        assert bench.feed(self.SET) == (NOT_EXECUTABLE, [])
        assert bench.feed(self.RECALL) == (NOT_EXECUTABLE, [])

    def test_an_axis_that_went_away_is_left_out(self) -> None:
        bench = Bench()
        bench.says(self.SET)
        bench.position = Position(zoom=0.5)
        assert bench.does(self.RECALL) == [DriveTo(zoom=0.0, preset=15)]
        bench.position = Position()
        assert bench.feed(self.RECALL) == ("90 62 41 FF", [])

    @pytest.mark.parametrize(("end", "answer"), [(PAN_TILT_STOP, DONE), (ZOOM_STOP, DONE), (HOMES[0], "90 41 FF")])
    def test_moving_any_of_its_axes_ends_it(self, end: str, answer: str) -> None:
        bench = Bench(Position(0.1, 0.2, 0.3))
        bench.says(self.SET)
        bench.position = MIDDLE
        bench.says(self.RECALL)
        assert bench.says(end) == f"90 51 FF {answer}"

    def test_cancel_stops_all_of_it(self) -> None:
        bench = Bench(Position(0.1, 0.2, 0.3))
        bench.says(self.SET)
        bench.position = MIDDLE
        bench.says(self.RECALL)
        assert bench.feed("81 21 FF") == ("90 61 04 FF", [Drive(pan=0, tilt=0, zoom=0)])


class TestTheEndOfAMove:
    def test_it_is_not_done_while_the_camera_is_on_its_way(self) -> None:
        bench = Bench()
        bench.feed(FAR_LEFT)
        for tilt in (0.2, 0.15, 0.1, 0.05):
            bench.position = Position(0.0, tilt, 0.0)
            assert bench.later(1.9) == ""

    def test_a_camera_that_rests_near_the_place_is_there(self) -> None:
        bench = Bench()
        bench.feed(FAR_LEFT)
        bench.position = Position(0.04, 0.04, 0.0)
        assert bench.later(0.1) == ""
        assert bench.later(1.9) == ""
        assert bench.later(0.1) == "90 51 FF"

    def test_a_camera_that_rests_elsewhere_has_ended_its_move(self) -> None:
        bench = Bench()
        bench.feed(FAR_LEFT)
        bench.position = Position(0.3, 0.25, 0.0)
        assert bench.later(1.0) == ""
        assert bench.later(2.0) == "90 51 FF"

    def test_a_camera_that_never_began_to_move_is_not_said_to_have_moved(self) -> None:
        bench = Bench()
        bench.feed(FAR_LEFT)
        assert bench.later(5.0) == ""
        assert not bench.camera.under_way
        assert bench.says(FAR_LEFT) == "90 41 FF"

    def test_a_camera_that_never_rests_ends_its_move_at_last(self) -> None:
        bench = Bench()
        bench.feed(FAR_LEFT)
        said = []
        for second in range(1, int(MOVE_TIMEOUT) + 1):
            bench.position = Position(pan=0.5 + second / 1000, tilt=0.25, zoom=0.0)
            said.append(bench.later(1.0))
        assert said == [""] * (int(MOVE_TIMEOUT) - 1) + ["90 51 FF"]

    def test_another_controllers_command_completes_it(self) -> None:
        bench = Bench()
        other = Camera(1, lambda: bench.position, clock=lambda: bench.now, shared=bench.shared)
        bench.feed(FAR_LEFT)
        assert bench.later(0.1) == ""
        other.feed(bytes.fromhex(PAN_TILT_STOP))
        assert bench.later(0.1) == "90 51 FF"


class TestWithoutALink:
    """The camera cannot be reached; where it looked last is known."""

    COMMANDS = (*(command for command, _ in DRIVES + MOVES), *HOMES, *CANNOT, *DONE_ALREADY, "81 01 04 3F 01 02 FF")

    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_is_refused_alike(self, command: str) -> None:
        bench = Bench(available=False)
        replies, actions = bench.feed(command)
        assert replies == NOT_EXECUTABLE
        assert all(isinstance(action, Drive) and action.stops for action in actions)  # a stop may still be heard

    @pytest.mark.parametrize(("inquiry", "answer"), INQUIRIES)
    def test_every_inquiry_is_answered_as_before(self, inquiry: str, answer: str) -> None:
        assert Bench(Position(pan=0.0, tilt=1.0, zoom=0.5), available=False).says(inquiry) == answer

    def test_a_stop_is_passed_on_as_it_may_still_be_heard(self) -> None:
        bench = Bench(available=False)
        assert bench.does("81 01 06 01 18 14 03 03 FF") == [Drive(0, 0, None, 1.0, 1.0)]
        assert bench.does("81 01 04 07 00 FF") == [Drive(zoom=0)]
        assert bench.does("81 01 06 01 18 14 01 03 FF") == []

    def test_a_move_is_not_said_to_have_ended_where_the_camera_was_last_seen(self) -> None:
        bench = Bench()
        bench.feed(FAR_LEFT)
        bench.available, bench.position = False, Position(0.0, 0.0, 0.0)
        assert bench.later(0.1) == ""

    def test_a_move_that_was_under_way_is_not_said_to_have_ended(self) -> None:
        bench = Bench()
        bench.feed(FAR_LEFT)
        bench.available = False
        assert bench.later(0.1) == ""
        bench.available = True
        assert bench.later(60) == ""

    def test_nothing_is_stored(self) -> None:
        bench = Bench(available=False)
        bench.feed("81 01 04 3F 01 02 FF")
        assert bench.shared.presets.places == {}


class TestACameraThatDoesNotAcceptEverything:
    def test_it_is_asked_about_each_action_and_never_about_a_stop(self) -> None:
        asked = list[Action]()

        def accepts(action: Action) -> bool:
            asked.append(action)
            return isinstance(action, Home)

        camera = Camera(1, lambda: MIDDLE, clock=lambda: 0.0, abilities=Abilities(accepts=accepts))
        frames = ("81 01 06 01 18 14 01 03 FF", "81 01 06 04 FF", "81 01 06 01 18 14 03 03 FF")
        replies = [camera.feed(bytes.fromhex(frame))[0].hex(" ").upper() for frame in frames]
        assert replies[:2] == ["90 61 41 FF", "90 41 FF"]
        assert replies[2].endswith(DONE)
        assert asked == [Drive(-1, 0, None, 1.0, 1.0), Home()]


class TestACameraWithFunctionsOfItsOwn:
    @pytest.mark.parametrize(
        "command", [command for command in CANNOT if command[6:11] not in {"04 00", "06 06", "04 3F", "06 07"}]
    )
    def test_commands_to_its_picture_are_passed_on(self, command: str) -> None:
        bench = Bench(passes_on=True)
        replies, (action,) = bench.feed(command)
        assert replies == DONE
        assert isinstance(action, PassOn)
        assert encode(action.message) == bytes.fromhex(command)[1:-1]

    def test_its_movements_are_the_terminals(self) -> None:
        assert Bench(passes_on=True).does("81 01 06 01 18 14 01 03 FF") == [Drive(-1, 0, None, 1.0, 1.0)]
        assert Bench(passes_on=True).does("81 01 06 04 FF") == [Home()]

    @pytest.mark.parametrize("inquiry", ["04 38", "04 35", "04 39", "04 33", "7E 7E 01", "7E 7E 03", "7E 01 0A"])
    def test_what_its_picture_is_set_to_is_not_invented(self, inquiry: str) -> None:
        assert Bench(passes_on=True).says(f"81 09 {inquiry} FF") == SYNTAX_ERROR


class TestRecallSpeed:
    @pytest.mark.parametrize(("speed", "fraction"), [("01", 1 / 24), ("0C", 0.5), ("18", 1.0)])
    def test_it_is_that_of_the_moves_to_presets(self, speed: str, fraction: float) -> None:
        bench = Bench(Position(0.1, 0.2, 0.3))
        bench.feed("81 01 04 3F 01 FE FF")
        bench.position = MIDDLE
        assert bench.feed(f"81 01 06 01 {speed} FF") == (DONE, [])
        assert bench.does("81 01 04 3F 02 FE FF") == [DriveTo(0.1, 0.2, 0.3, preset=254, speed=fraction)]

    def test_one_preset_may_have_its_own(self) -> None:
        bench = Bench(Position(0.1, 0.2, 0.3))
        bench.feed("81 01 04 3F 01 03 FF 81 01 04 3F 01 04 FF 81 01 06 01 18 FF")
        assert bench.feed("81 01 7E 01 0B 03 06 FF") == (DONE, [])
        assert [action.speed for action in bench.does("81 01 04 3F 02 03 FF 81 01 04 3F 02 04 FF")] == [0.25, 1.0]  # type: ignore[union-attr]

    @pytest.mark.parametrize("speed", ["00", "19"])
    def test_a_speed_that_there_is_not_is_a_syntax_error(self, speed: str) -> None:
        assert Bench().says(f"81 01 06 01 {speed} FF") == SYNTAX_ERROR


@pytest.mark.parametrize(
    ("before", "moving"),
    [
        ("", False),
        ("81 01 06 01 18 14 01 03 FF", True),
        ("81 01 06 01 18 14 03 01 FF", True),
        ("81 01 06 01 18 14 01 03 FF 81 01 06 01 18 14 03 03 FF", False),
        ("81 01 06 01 18 14 01 03 FF 81 01 06 04 FF", True),
        ("81 01 04 07 02 FF", False),  # the status is that of pan and tilt
        (FAR_LEFT, True),
        (ZOOM_IN, False),
    ],
)
def test_the_status_says_whether_pan_or_tilt_moves(before: str, moving: bool) -> None:
    bench = Bench()
    bench.feed(before)
    assert bench.says("81 09 06 10 FF") == ("90 50 24 00 FF" if moving else "90 50 20 00 FF")


@given(
    st.lists(st.sampled_from([command for command, _ in DRIVES + MOVES] + HOMES + CANNOT + DONE_ALREADY), max_size=8)
)
def test_every_command_to_us_is_acknowledged_or_refused_once(commands: list[str]) -> None:
    replies = Bench().says(" ".join(commands)).split(" FF")
    firsts = [reply.strip() for reply in replies if reply]
    first = [said for said in firsts if said.startswith("90 4") or said.endswith((" 41", " 60 03"))]
    assert len(first) == len(commands)


@given(st.binary(max_size=100))
def test_whatever_comes_nothing_breaks(data: bytes) -> None:
    bench = Bench()
    replies, _ = bench.camera.feed(data)
    assert len(replies) <= 16 * len(data)
    bench.later(60)
    assert bench.says("FF" + "8" + str(bench.camera.address) + "09 04 00 FF").endswith("50 02 FF")
