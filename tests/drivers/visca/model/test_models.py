"""Every model, byte for byte where the manuals give an example, and within its own limits everywhere."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.visca.camera.camera import Camera
from drivers.visca.model.actions import Action, Drive, DriveTo
from drivers.visca.model.models import MODELS, Model
from drivers.visca.model.profile import Position
from drivers.visca.wire.commands import COMMANDS, PanTiltAbsolute, PanTiltAbsoluteLong
from drivers.visca.wire.layout import encode

NAMES = sorted(MODELS)


def camera(model: Model, position: Position) -> Camera:
    return Camera(1, lambda: position, clock=lambda: 0.0, profile=MODELS[model])


def ask(camera: Camera, data: str) -> tuple[str, list[Action]]:
    replies, actions = camera.feed(bytes.fromhex(data))
    return replies.hex(" ").upper(), actions


def test_every_name_of_the_configuration_is_a_model() -> None:
    assert set(MODELS) == set(get_args(Model))


@pytest.mark.parametrize(
    ("model", "left_top", "right_bottom"),
    [
        ("evi-d70", "0F 07 02 05 00 04 0B 00", "00 08 0D 0B 0F 0E 07 00"),
        ("evi-d80", "0E 01 0E 05 00 0F 0F 00", "01 0E 01 0B 0F 0C 07 05"),
        ("evi-d100", "0F 0A 06 00 00 01 06 08", "00 05 0A 00 0F 0E 09 08"),
        ("brc-h700", "00 08 0A 05 08 04 09 03 0D", "0F 07 05 0A 08 0E 07 09 06"),
        ("brc-x400", "0D 0E 00 00 01 02 00 00", "02 02 00 00 0F 0C 00 00"),
        ("ptzoptics", "0F 06 07 00 00 05 01 00", "00 09 09 00 0F 0E 05 00"),
    ],
)
def test_the_ends_of_each_axis_as_the_manuals_have_them(model: Model, left_top: str, right_bottom: str) -> None:
    for position, units in ((Position(0.0, 1.0, 0.0), left_top), (Position(1.0, 0.0, 0.0), right_bottom)):
        device = camera(model, position)
        assert ask(device, "81 09 06 12 FF")[0] == f"90 50 {units} FF"
        assert ask(device, f"81 01 06 02 18 00 {units} FF")[1] == [DriveTo(position.pan, position.tilt)]


@pytest.mark.parametrize("model", NAMES)
def test_left_is_left_whichever_way_a_model_counts(model: Model) -> None:
    profile = MODELS[model]
    device = camera(model, Position(0.5, 0.5, 0.0))
    assert ask(device, "81 01 06 01 01 01 01 03 FF")[1][0] == Drive(
        -1, 0, None, 1 / profile.pan_speed, 1 / profile.tilt_speed
    )
    step = "00 00 00 00 0A" if profile.long_pan else "00 00 00 0A"
    moved = ask(device, f"81 01 06 03 18 00 {step} 00 00 00 00 FF")[1][0]
    assert isinstance(moved, DriveTo)
    assert moved.pan is not None
    assert (moved.pan < 0.5) is (profile.pan.low > profile.pan.high)


@pytest.mark.parametrize(
    ("model", "position"), [("evi-d70", "00 00 00 00 00"), ("brc-300", "00 00 00 00")], ids=["five", "four"]
)
@pytest.mark.parametrize("kind", ["02", "03"])
def test_a_position_in_the_units_of_another_model_is_refused(model: Model, position: str, kind: str) -> None:
    device = camera(model, Position(0.5, 0.5, 0.0))
    assert ask(device, f"81 01 06 {kind} 18 00 {position} 00 00 00 00 FF") == ("90 61 41 FF", [])


@given(st.integers(-0x80000, 0x7FFFF), st.integers(-0x8000, 0x7FFF))
def test_positions_of_five_nibbles_there_and_back(pan: int, tilt: int) -> None:
    command = PanTiltAbsoluteLong(pan_speed=1, tilt_speed=0, pan=pan, tilt=tilt)
    assert COMMANDS.decode(encode(command)) == command


def test_four_and_five_nibbles_are_told_apart_by_their_number() -> None:
    short = COMMANDS.decode(bytes.fromhex("01 06 02 18 14 00 00 00 01 00 00 00 02"))
    assert type(short) is PanTiltAbsolute
    long = COMMANDS.decode(bytes.fromhex("01 06 02 18 00 0F 07 05 0A 08 00 00 00 02"))
    assert long == PanTiltAbsoluteLong(pan_speed=0x18, tilt_speed=0, pan=-0x8A58, tilt=2)
