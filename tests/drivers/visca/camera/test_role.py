"""The camera that controllers see on any transport: its model, its presets, and those chained to it."""

import errno

import pytest
from trio.testing import MockClock

from drivers.visca.camera.camera import Camera
from drivers.visca.camera.chain import Chain, ChainedCamera
from drivers.visca.camera.joystick import ViscaCamera
from drivers.visca.camera.role import NetworkCamera
from drivers.visca.camera.shared_state import SharedState
from drivers.visca.config import NetworkConfig, SerialConfig
from drivers.visca.model.actions import Action, Drive
from drivers.visca.model.models import Model
from drivers.visca.model.profile import Position
from drivers.visca.model.stored_positions import Presets

HERE = Position(0.5, 0.25, 0.0)
VERSION, SET = "81 09 00 02 FF", "81 01 04 3F 01 05 FF"
STOPS = Drive(0, 0, None, 1.0, 1.0)
BRC_300 = "90 50 00 01 04 0F"


def serial(model: Model = "brc-300", presets: Presets | None = None, *chained: ChainedCamera) -> Camera | Chain:
    return ViscaCamera(SerialConfig(port="/dev/ttyUSB0", model=model), lambda: HERE, presets, chained)._camera()


def network(presets: Presets | None = None, *chained: ChainedCamera, available: bool = True) -> NetworkCamera:
    config = NetworkConfig(transport="tcp", listen="192.0.2.5:5678", allow=("192.0.2.9",), model="brc-300")
    return NetworkCamera(config, lambda: HERE, presets, chained, available=lambda: available)


def says(camera: Camera | Chain, data: str) -> str:
    return camera.feed(bytes.fromhex(data))[0].hex(" ").upper()


def chained(number: int, moved: list[Action], shared: SharedState | None = None) -> ChainedCamera:
    return ChainedCamera(number, lambda: HERE, moved.append, shared or SharedState(), passes_on=number == 3)


async def test_it_is_the_model_of_the_configuration_and_keeps_the_presets_given(autojump_clock: MockClock) -> None:
    for on_a_network in (False, True):
        presets = Presets()
        camera = network(presets)._camera() if on_a_network else serial("brc-300", presets)
        assert says(camera, VERSION).startswith(BRC_300)
        assert says(camera, SET) == "90 41 FF 90 51 FF"
        assert presets.places == {5: HERE}


async def test_on_a_network_every_address_is_its_own(autojump_clock: MockClock) -> None:
    assert says(network()._camera(), "01 00 00 05 00 00 00 07 87 09 04 00 FF") == "90 50 02 FF"
    assert says(serial(), "87 09 04 00 FF") == ""


async def test_on_a_network_all_controllers_share_it(autojump_clock: MockClock) -> None:
    role = network()
    one, other = role._camera(), role._camera()
    one.feed(bytes.fromhex("81 01 06 01 18 14 01 03 FF"))
    assert one.is_driven
    other.feed(bytes.fromhex("81 01 06 01 18 14 03 03 FF"))
    assert not one.is_driven


async def test_a_camera_that_cannot_be_reached_refuses_and_hears_a_stop_all_the_same(autojump_clock: MockClock) -> None:
    camera = network(available=False)._camera()
    replies, actions = camera.feed(bytes.fromhex("81 01 06 01 18 18 03 03 FF"))
    assert (replies, actions) == (bytes.fromhex("90 61 41 FF"), [STOPS])


async def test_a_joystick_is_refused_while_the_camera_cannot_be_reached(autojump_clock: MockClock) -> None:
    config = SerialConfig(port="/dev/ttyUSB0")
    for available in (True, False):
        camera = ViscaCamera(config, lambda: HERE, available=lambda: available)._camera()  # noqa: B023  # called at once
        assert says(camera, "81 01 06 04 FF") == ("90 41 FF" if available else "90 61 41 FF")


async def test_those_chained_to_it_stand_in_the_order_of_their_numbers_and_look_alike(
    autojump_clock: MockClock,
) -> None:
    second, third = list[Action](), list[Action]()
    shared = SharedState()
    others = (chained(3, third), chained(2, second, shared))
    for camera in (serial("brc-300", None, *others), network(None, *others)._camera()):
        assert isinstance(camera, Chain)
        assert says(camera, "82 09 00 02 FF").startswith("A0 50 00 01 04 0F")
        camera.feed(bytes.fromhex("82 01 06 04 FF 82 01 04 3F 01 07 FF 83 01 04 38 02 FF"))
        assert says(camera, "88 30 01 FF") == "88 30 04 FF"
        assert camera.check() == b""
    assert (len(second), [type(action).__name__ for action in third]) == (2, ["PassOn", "PassOn"])
    assert shared.presets.places == {7: HERE}


async def test_on_a_network_and_not_on_a_line_those_chained_hear_past_sonys_header(autojump_clock: MockClock) -> None:
    moved = list[Action]()
    camera = network(None, chained(2, moved))._camera()
    camera.feed(bytes.fromhex("01 00 00 05 00 00 00 07 82 01 06 04 FF"))
    assert (len(moved), camera.dropped) == (1, 0)
    line = serial("brc-300", None, chained(2, moved))
    line.feed(bytes.fromhex("01 00 00 05 00 00 00 07 82 01 06 04 FF"))
    assert (len(moved), line.dropped) == (2, 8)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(errno.EADDRNOTAVAIL, "x"), "this machine does not have that address"),
        (OSError(errno.EADDRINUSE, "x"), "Address already in use"),
        (OSError("something else"), "something else"),
    ],
)
def test_why_nothing_can_listen_is_said_in_words(error: OSError, why: str) -> None:
    assert str(network()._not_listening(error)) == f"visca 192.0.2.5:5678: {why}"
