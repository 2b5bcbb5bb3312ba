import atexit
import errno
from collections.abc import Callable
from functools import partial
from typing import Any, Literal

import luma.core.error
import pytest
from hypothesis import given
from hypothesis import strategies as st
from luma.core.interface.serial import i2c
from luma.oled.device import sh1106, sh1107, ssd1306, ssd1309
from PIL import Image, ImageChops, ImageDraw

from drivers.oled.config import OledConfig
from drivers.oled.panel import panel
from tests.drivers.oled.bus import FakeBus

Driver = Literal["ssd1306", "ssd1309", "sh1106", "sh1107"]

pictures = st.binary(min_size=1024, max_size=1024).map(lambda data: Image.frombytes("1", (128, 64), data))
DRIVERS: tuple[Driver, ...] = ("ssd1306", "ssd1309", "sh1106", "sh1107")


def corner() -> Image.Image:
    """A picture that is different whichever way it is turned or mirrored."""
    image = Image.new("1", (128, 64))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 40, 10), fill=1)
    draw.line((0, 63, 9, 50), fill=1)
    return image


def same(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one.convert("L"), other.convert("L")).getbbox() is None


@given(pictures, st.sampled_from(DRIVERS))
def test_any_picture_arrives_on_the_glass(picture: Image.Image, driver: Driver) -> None:
    bus = FakeBus(driver)
    panel(OledConfig(driver=driver), i2c(bus=bus)).display(picture)
    assert same(bus.picture(), picture)


@pytest.mark.parametrize("driver", DRIVERS)
def test_upside_down(driver: Driver) -> None:
    bus = FakeBus(driver)
    panel(OledConfig(driver=driver, rotate=2), i2c(bus=bus)).display(corner())
    assert same(bus.picture(), corner().rotate(180))


@pytest.mark.filterwarnings("ignore:.*getdata:DeprecationWarning")
@pytest.mark.parametrize(
    ("driver", "original"),
    [
        ("ssd1306", ssd1306),
        ("ssd1309", ssd1309),
        ("sh1106", sh1106),
        ("sh1107", partial(sh1107, rotate=1)),  # luma has it upright only: 64 by 128
    ],
)
def test_same_bytes_as_lumas_own_driver(driver: Driver, original: Callable[[i2c], Any]) -> None:
    ours, lumas = FakeBus(driver), FakeBus(driver)
    panel(OledConfig(driver=driver), i2c(bus=ours)).display(corner())
    original(i2c(bus=lumas)).display(corner())
    assert ours.memory == lumas.memory
    assert ours.commands == lumas.commands


@pytest.mark.parametrize("driver", DRIVERS)
def test_restart_brings_back_a_display_that_lost_power(driver: Driver) -> None:
    bus = FakeBus(driver)
    display = panel(OledConfig(driver=driver), i2c(bus=bus))
    bus.lose_power()
    display.display(corner())
    assert bus.dark, "a picture alone does not bring it back"
    display.restart(corner(), 99)
    assert same(bus.picture(), corner())
    assert bus.contrast == 99


@pytest.mark.parametrize("driver", DRIVERS)
def test_restart_changes_nothing_visible_on_a_display_that_lost_nothing(driver: Driver) -> None:
    bus = FakeBus(driver)
    display = panel(OledConfig(driver=driver), i2c(bus=bus))
    display.contrast(99)
    display.display(corner())
    settings = dict(bus.settings)
    seen: list[tuple[bool, int, bool]] = []
    bus.written = lambda: seen.append((bus.dark, bus.contrast, bus.settings == settings))
    display.restart(corner(), 99)
    assert set(seen) == {(False, 99, True)}
    assert same(bus.picture(), corner())


def test_starts_blank_and_awake() -> None:
    bus = FakeBus()
    panel(OledConfig(), i2c(bus=bus))
    assert not bus.dark
    assert bus.picture().getbbox() is None
    assert bus.commands[-1] == b"\xaf"


def test_last_picture_stays_when_let_go() -> None:
    bus = FakeBus()
    display = panel(OledConfig(), i2c(bus=bus))
    display.display(corner())
    display.cleanup()
    assert same(bus.picture(), corner())
    assert bus.commands[-1] != b"\xae"


def test_nothing_is_left_to_run_at_exit() -> None:
    before = atexit._ncallbacks()  # the only way to see them
    panel(OledConfig(), i2c(bus=FakeBus()))
    assert atexit._ncallbacks() == before


@pytest.mark.parametrize("code", [errno.EREMOTEIO, errno.EIO, errno.ENODEV, errno.ETIMEDOUT])
def test_failed_start_lets_go_of_the_bus(code: int) -> None:
    released: list[bool] = []

    class Serial(i2c):  # type: ignore[misc]  # luma ships no types
        def cleanup(self) -> None:
            released.append(True)

    bus = FakeBus()
    bus.fails_with = code
    with pytest.raises((OSError, luma.core.error.Error)):
        panel(OledConfig(), Serial(bus=bus))
    assert released == [True]
