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


@given(st.lists(pictures, min_size=1, max_size=4), st.sampled_from(DRIVERS), st.sampled_from((0, 2)))
def test_any_sequence_of_pictures_leaves_the_last_on_the_glass(
    sequence: list[Image.Image], driver: Driver, rotate: Literal[0, 2]
) -> None:
    bus = FakeBus(driver)
    shown = Image.new("1", (128, 64))
    display = panel(OledConfig(driver=driver, rotate=rotate), i2c(bus=bus))
    for picture in sequence:
        display.update(shown, picture)
        shown = picture
        assert same(bus.picture(), shown.rotate(rotate * 90))


@st.composite
def touched(draw: st.DrawFn) -> Image.Image:
    """A picture that differs from a dark one in a few places, as pages of the room differ from each other."""
    image = Image.new("1", (128, 64))
    for _ in range(draw(st.integers(0, 4))):
        x, y = draw(st.integers(0, 127)), draw(st.integers(0, 63))
        ImageDraw.Draw(image).rectangle((x, y, x + draw(st.integers(0, 40)), y + draw(st.integers(0, 20))), fill=1)
    return image


@pytest.mark.slow  # a hundred sequences of pictures, each on two emulated displays
@given(st.lists(touched(), min_size=1, max_size=6), st.sampled_from(DRIVERS))
def test_pictures_that_differ_a_little_arrive_and_never_cost_more_than_whole_ones(
    sequence: list[Image.Image], driver: Driver
) -> None:
    bus, whole = FakeBus(driver), FakeBus(driver)
    display, other = (panel(OledConfig(driver=driver), i2c(bus=each)) for each in (bus, whole))
    shown = Image.new("1", (128, 64))
    for picture in sequence:
        before, before_whole = bus.carried, whole.carried
        display.update(shown, picture)
        other.display(picture)
        shown = picture
        assert bus.memory == whole.memory
        assert same(bus.picture(), shown)
        assert bus.carried - before <= whole.carried - before_whole


@pytest.mark.parametrize("driver", DRIVERS)
def test_the_same_picture_sends_nothing(driver: Driver) -> None:
    bus = FakeBus(driver)
    display = panel(OledConfig(driver=driver), i2c(bus=bus))
    before = bus.carried
    display.update(corner(), corner())
    assert bus.carried == before


def test_a_change_of_a_corner_is_one_window() -> None:
    bus = FakeBus()
    display = panel(OledConfig(), i2c(bus=bus))
    mark = Image.new("1", (128, 64))
    ImageDraw.Draw(mark).rectangle((100, 4, 107, 11), fill=1)  # rows of two pages
    bus.commands.clear()
    before = bus.carried
    display.update(Image.new("1", (128, 64)), mark)
    assert bus.commands == [bytes((0x21, 100, 107, 0x22, 0, 1))]
    assert bus.carried - before == 16 + 10


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
