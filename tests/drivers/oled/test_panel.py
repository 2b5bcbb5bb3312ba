import atexit
import errno
from typing import Literal

import luma.core.error
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from luma.core.interface.serial import i2c
from luma.oled.device import sh1106, sh1107, ssd1306, ssd1309
from PIL import Image, ImageChops, ImageDraw

from drivers.oled.config import OledConfig
from drivers.oled.connect import panel
from drivers.oled.panel import Panel
from drivers.oled.panels import PANELS
from tests.drivers.oled.bus import FakeBus

Driver = Literal["ssd1306", "ssd1309", "sh1106", "sh1107"]

DRIVERS: tuple[Driver, ...] = ("ssd1306", "ssd1309", "sh1106", "sh1107")
KINDS = [OledConfig(driver=driver, size=size) for driver in DRIVERS for size in PANELS[driver].sizes]


def pictures(config: OledConfig) -> st.SearchStrategy[Image.Image]:
    size = config.width * config.height // 8
    data = st.binary(min_size=size, max_size=size)
    return data.map(lambda data: Image.frombytes("1", (config.width, config.height), data))


def blank(config: OledConfig) -> Image.Image:
    return Image.new("1", (config.width, config.height))


def corner(config: OledConfig | None = None) -> Image.Image:
    """A picture that is different whichever way it is turned or mirrored."""
    image = blank(config or OledConfig())
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 40, 10), fill=1)
    draw.line((0, image.height - 1, 9, image.height - 14), fill=1)
    return image


def bus_of(config: OledConfig) -> FakeBus:
    return FakeBus(config.driver, f"{config.width}x{config.height}")


def started(bus: FakeBus, config: OledConfig) -> Panel:
    return panel(config, i2c(bus=bus))


def name(config: OledConfig) -> str:
    return f"{config.driver}-{config.width}x{config.height}"


def same(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one.convert("L"), other.convert("L")).getbbox() is None


@pytest.mark.parametrize("config", KINDS, ids=name)
@settings(max_examples=15)
@given(data=st.data())
def test_any_picture_arrives_on_the_glass(config: OledConfig, data: st.DataObject) -> None:
    bus = bus_of(config)
    picture = data.draw(pictures(config))
    started(bus, config).display(picture)
    assert same(bus.picture(), picture)


@pytest.mark.parametrize("config", KINDS, ids=name)
@settings(max_examples=15)
@given(data=st.data())
def test_any_sequence_of_pictures_leaves_the_last_on_the_glass(config: OledConfig, data: st.DataObject) -> None:
    turns = (0, 1, 2, 3) if config.width == config.height else (0, 2)
    turned = msgspec.structs.replace(config, rotate=data.draw(st.sampled_from(turns)))
    bus = bus_of(config)
    shown = blank(config)
    display = started(bus, turned)
    for picture in data.draw(st.lists(pictures(config), min_size=1, max_size=4)):
        display.update(shown, picture)
        shown = picture
        assert same(bus.picture(), shown.rotate(turned.rotate * -90))


@st.composite
def touched(draw: st.DrawFn, config: OledConfig) -> Image.Image:
    """A picture that differs from a dark one in a few places, as pages of the room differ from each other."""
    image = blank(config)
    for _ in range(draw(st.integers(0, 4))):
        x, y = draw(st.integers(0, image.width - 1)), draw(st.integers(0, image.height - 1))
        ImageDraw.Draw(image).rectangle((x, y, x + draw(st.integers(0, 40)), y + draw(st.integers(0, 20))), fill=1)
    return image


@pytest.mark.slow  # a hundred sequences of pictures, each on two emulated displays
@pytest.mark.parametrize("config", KINDS, ids=name)
@given(data=st.data())
def test_pictures_that_differ_a_little_arrive_and_never_cost_more_than_whole_ones(
    config: OledConfig, data: st.DataObject
) -> None:
    bus, whole = bus_of(config), bus_of(config)
    display, other = (started(each, config) for each in (bus, whole))
    shown = blank(config)
    for picture in data.draw(st.lists(touched(config), min_size=1, max_size=6)):
        before, before_whole = bus.carried, whole.carried
        display.update(shown, picture)
        other.display(picture)
        shown = picture
        assert bus.memory == whole.memory
        assert same(bus.picture(), shown)
        assert bus.carried - before <= whole.carried - before_whole


@pytest.mark.parametrize("config", KINDS, ids=name)
def test_the_same_picture_sends_nothing(config: OledConfig) -> None:
    bus = bus_of(config)
    display = started(bus, config)
    before = bus.carried
    display.update(corner(config), corner(config))
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


@pytest.mark.parametrize("config", KINDS, ids=name)
def test_upside_down(config: OledConfig) -> None:
    bus = bus_of(config)
    started(bus, msgspec.structs.replace(config, rotate=2)).display(corner(config))
    assert same(bus.picture(), corner(config).rotate(180))


@pytest.mark.parametrize("turns", [1, 3])
def test_square_glass_is_turned_clockwise(turns: Literal[1, 3]) -> None:
    config = OledConfig(driver="sh1107", size="128x128", rotate=turns)
    bus = bus_of(config)
    started(bus, config).display(corner(config))
    assert same(bus.picture(), corner(config).rotate(turns * -90))


@pytest.mark.filterwarnings("ignore:.*getdata:DeprecationWarning")
@pytest.mark.parametrize("config", KINDS, ids=name)
def test_same_bytes_as_lumas_own_driver(config: OledConfig) -> None:
    ours, lumas = bus_of(config), bus_of(config)
    started(ours, config).display(corner(config))
    original = {"ssd1306": ssd1306, "ssd1309": ssd1309, "sh1106": sh1106, "sh1107": sh1107}[config.driver]
    if name(config) == "sh1107-128x64":  # luma has it upright only: 64 by 128
        original(i2c(bus=lumas), rotate=1).display(corner(config))
    else:
        original(i2c(bus=lumas), config.width, config.height).display(corner(config))
    assert ours.memory == lumas.memory
    assert ours.commands == lumas.commands


def test_glass_of_an_sh1106_that_is_not_in_the_middle_has_its_first_column_where_it_says() -> None:
    config = OledConfig(driver="sh1106", h_offset=0)
    bus = FakeBus("sh1106")
    bus.chip = bus.chip._replace(first=0)
    display = started(bus, config)
    display.update(blank(config), corner(config))
    assert same(bus.picture(), corner(config))


@pytest.mark.parametrize("config", KINDS, ids=name)
def test_restart_brings_back_a_display_that_lost_power(config: OledConfig) -> None:
    bus = bus_of(config)
    display = started(bus, config)
    bus.lose_power()
    display.display(corner(config))
    assert bus.dark, "a picture alone does not bring it back"
    display.restart(corner(config), 99, dark=False)
    assert same(bus.picture(), corner(config))
    assert bus.contrast == 99


@pytest.mark.parametrize("config", KINDS, ids=name)
def test_restart_changes_nothing_visible_on_a_display_that_lost_nothing(config: OledConfig) -> None:
    bus = bus_of(config)
    display = started(bus, config)
    display.contrast(99)
    display.display(corner(config))
    settings = dict(bus.settings)
    seen: list[tuple[bool, int, bool]] = []
    bus.written = lambda: seen.append((bus.dark, bus.contrast, bus.settings == settings))
    display.restart(corner(config), 99, dark=False)
    assert set(seen) == {(False, 99, True)}
    assert same(bus.picture(), corner(config))


def test_starts_blank_and_awake() -> None:
    bus = FakeBus()
    panel(OledConfig(), i2c(bus=bus))
    assert not bus.dark
    assert bus.picture().getbbox() is None
    assert bus.commands[-1] == b"\xaf"


@pytest.mark.parametrize("config", KINDS, ids=name)
def test_comes_on_only_once_its_memory_is_blank(config: OledConfig) -> None:
    bus = bus_of(config)
    lit: list[bool] = []
    bus.written = lambda: lit.append(bus.picture().getbbox() is not None)
    started(bus, config)
    assert not any(lit), "noise of the memory is never seen"


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
