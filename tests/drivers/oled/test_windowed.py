"""Displays of grey and colour, and black and white ones on SPI: what the bytes on the bus show on the glass."""

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from luma.lcd.device import st7789
from luma.oled.device import ssd1322, ssd1327, ssd1351
from PIL import Image, ImageDraw

from drivers.oled.config import OledConfig
from drivers.oled.packing import rgb565
from drivers.oled.panels import PANELS, Driver
from tests.drivers.oled.bus import FakeBus
from tests.drivers.oled.spi import Glass, Pages, Rectangles, SpiBus, as_seen

WINDOWED: tuple[Driver, ...] = ("ssd1322", "ssd1327", "ssd1351", "st7789")
FULL = {"ssd1322": 8192, "ssd1327": 8192, "ssd1351": 32768, "st7789": 115200}


def on_spi(driver: Driver, **changes: Any) -> OledConfig:
    return msgspec.convert({"driver": driver, "spi": "0.0", "dc_pin": 24, **changes}, OledConfig)


def bus_of(config: OledConfig) -> SpiBus:
    if PANELS[config.driver].mode == "1":
        return SpiBus(Pages(config.driver, f"{config.width}x{config.height}"))
    first = (config.h_offset or 0, config.v_offset or 0)
    return SpiBus(Rectangles(config.driver, first if config.driver in ("ssd1351", "st7789") else None))


def blank(config: OledConfig) -> Image.Image:
    return Image.new(config.mode, (config.width, config.height))


def seen(bus: SpiBus) -> Glass:
    assert isinstance(bus.controller, Rectangles)
    return bus.controller.picture()


@st.composite
def touched(draw: st.DrawFn, config: OledConfig) -> Image.Image:
    """A picture with a few boxes and specks of any shade, each in any place, the edges too."""
    image = blank(config)
    pen = ImageDraw.Draw(image)
    for _ in range(draw(st.integers(0, 4))):
        x, y = draw(st.integers(0, image.width - 1)), draw(st.integers(0, image.height - 1))
        shade: Any = (
            tuple(draw(st.binary(min_size=3, max_size=3))) if config.mode == "RGB" else draw(st.integers(0, 255))
        )
        pen.rectangle((x, y, x + draw(st.integers(0, 60)), y + draw(st.integers(0, 30))), fill=shade)
    return image


few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("driver", WINDOWED)
@few
@given(data=st.data())
def test_any_sequence_of_pictures_leaves_the_last_on_the_glass(driver: Driver, data: st.DataObject) -> None:
    turns = data.draw(st.sampled_from((0, 2) if driver == "ssd1322" else (0, 1, 2, 3)))
    config = on_spi(driver, rotate=turns)
    bus = bus_of(config)
    display = bus.connect(config)
    shown = blank(config)
    for picture in data.draw(st.lists(touched(config), min_size=1, max_size=4)):
        display.update(shown, picture)
        shown = picture
        assert seen(bus) == as_seen(shown.rotate(turns * -90, expand=True))


@pytest.mark.parametrize("driver", WINDOWED)
def test_starts_dark_then_blank_whatever_the_memory_had(driver: Driver) -> None:
    config = on_spi(driver)
    bus = bus_of(config)
    chip = bus.controller
    assert isinstance(chip, Rectangles)
    lit: list[bytes] = []
    bus.written = lambda: lit.append(bytes(chip.memory)) if chip.lit else None
    bus.connect(config)
    assert not chip.dark
    assert lit, "it is on in the end"
    assert not any(map(any, seen(bus)))
    assert set(lit) == {bytes(chip.memory)}, "on before its memory was blank"


@pytest.mark.parametrize("driver", WINDOWED)
def test_a_whole_picture_costs_its_bytes_and_a_speck_next_to_nothing(driver: Driver) -> None:
    config = on_spi(driver)
    bus = bus_of(config)
    display = bus.connect(config)
    before = bus.carried()
    display.display(blank(config))
    assert bus.carried() - before - FULL[driver] in range(6, 12)
    speck = blank(config)
    speck.putpixel((101, 33), (255, 255, 255) if config.mode == "RGB" else 255)
    before = bus.carried()
    display.update(blank(config), speck)
    assert bus.carried() - before in range(7, 14)
    before = bus.carried()
    display.update(speck, speck)
    assert bus.carried() == before


@pytest.mark.parametrize("driver", WINDOWED)
def test_a_digit_of_a_duration_costs_a_digit(driver: Driver) -> None:
    config = on_spi(driver)
    bus = bus_of(config)
    display = bus.connect(config)
    digit = blank(config)
    ImageDraw.Draw(digit).rectangle((57, 20, 69, 35), fill=(255, 255, 255) if config.mode == "RGB" else 255)
    before = bus.carried()
    display.update(blank(config), digit)
    assert bus.carried() - before <= 13 * 16 * (2 if config.mode == "RGB" else 0.7) + 12


@pytest.mark.filterwarnings("ignore:.*getdata:DeprecationWarning")
@pytest.mark.parametrize(("driver", "original"), [("ssd1322", ssd1322), ("ssd1327", ssd1327), ("ssd1351", ssd1351)])
def test_same_bytes_as_lumas_own_driver(driver: Driver, original: Any) -> None:
    config = on_spi(driver)
    ours, lumas = bus_of(config), bus_of(config)
    picture = Image.radial_gradient("L").resize((config.width, config.height)).convert("RGB")
    picture.paste((200, 10, 90), (3, 5, 50, 20))
    ours.connect(config).display(picture.convert(config.mode))
    serial = _Serial(lumas)
    original(serial).display(picture if config.mode == "RGB" else picture.convert("L").convert("RGB"))
    assert isinstance(ours.controller, Rectangles)
    assert isinstance(lumas.controller, Rectangles)
    assert ours.controller.memory == lumas.controller.memory
    assert ours.controller.settings.keys() == lumas.controller.settings.keys()


class _Serial:
    """luma's interface to the same bus."""

    def __init__(self, bus: SpiBus) -> None:
        self._bus = bus

    def command(self, *codes: int) -> None:
        self._bus.controller.command(bytes(codes))

    def data(self, data: Any) -> None:
        self._bus.controller.pixels(bytes(data))


class _BlankLcd(st7789):  # type: ignore[misc]  # luma ships no types
    def clear(self) -> None:
        """Nothing: it would be 24 bits a pixel."""


def test_an_lcd_is_told_what_luma_tells_it_but_for_the_colours_and_when_it_is_switched_on() -> None:
    config = on_spi("st7789")
    ours, lumas = bus_of(config), bus_of(config)
    ours.connect(config)
    _BlankLcd(_Serial(lumas), backlight=lambda _on: None)
    assert isinstance(ours.controller, Rectangles)
    assert isinstance(lumas.controller, Rectangles)
    told, theirs = ours.controller.settings, lumas.controller.settings
    assert {code for code, value in theirs.items() if told[code] != value} == {0x3A}
    assert told.keys() - theirs.keys() == {0x2A, 0x2B, 0x2C}, "and the picture"


@pytest.mark.parametrize("driver", WINDOWED)
def test_restart_brings_back_a_display_that_lost_power(driver: Driver) -> None:
    config = on_spi(driver)
    bus = bus_of(config)
    display = bus.connect(config)
    picture = blank(config)
    picture.paste((250, 250, 250) if config.mode == "RGB" else 250, (3, 3, 90, 50))
    bus.controller.reset()
    display.display(picture)
    assert isinstance(bus.controller, Rectangles)
    assert bus.controller.dark, "a picture alone does not bring it back"
    display.restart(picture, 255, dark=False)
    assert seen(bus) == as_seen(picture)


@pytest.mark.parametrize("driver", WINDOWED)
def test_restart_changes_nothing_visible_on_a_display_that_lost_nothing(driver: Driver) -> None:
    config = on_spi(driver)
    bus = bus_of(config)
    chip = bus.controller
    assert isinstance(chip, Rectangles)
    display = bus.connect(config)
    picture = blank(config)
    picture.paste((250, 250, 250) if config.mode == "RGB" else 250, (3, 3, 90, 50))
    display.contrast(99)
    display.display(picture)
    memory = bytes(chip.memory)
    looks: set[tuple[bool, bool]] = set()
    bus.written = lambda: looks.add((chip.lit, bytes(chip.memory) == memory))
    display.restart(picture, 99, dark=False)
    assert looks == {(True, True)}
    assert 0xA4 not in [data[0] for is_data, data in bus.log[-40:] if not is_data] or driver == "ssd1327"


@pytest.mark.parametrize("driver", [*WINDOWED, "sh1106", "sh1107", "ssd1306"])
def test_hidden_is_dark_and_wakes_by_its_reset_line(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    config = on_spi(driver, reset_pin=25)
    bus = bus_of(config)
    display = bus.connect(config)
    reset = bus.pins.pin("GPIO25")
    assert [state.state for state in reset.states[-3:]] == [True, False, True]
    assert slept[:2] == [0.01, 0.12]
    display.hide()
    chip = bus.controller.chip if isinstance(bus.controller, Pages) else bus.controller
    assert isinstance(chip, Rectangles | FakeBus)
    assert not chip.lit
    count = len(reset.states)
    display.restart(blank(config), None, dark=True)
    assert [state.state for state in reset.states[count:]] == [False, True]
    assert chip.lit


def test_backlight_is_off_until_there_is_a_picture_and_while_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    config = on_spi("st7789", backlight_pin=0)
    bus = bus_of(config)
    light = bus.pins.pin("GPIO0")
    chip = bus.controller
    assert isinstance(chip, Rectangles)
    shone: list[bool] = []
    bus.written = lambda: shone.append(bool(light.state and not chip.lit))
    display = bus.connect(config)
    assert light.state
    display.hide()
    assert not light.state
    assert not any(shone)
    display.restart(blank(config), None, dark=True)
    assert light.state


def test_an_lcd_is_dimmed_by_darker_colours() -> None:
    config = on_spi("st7789")
    bus = bus_of(config)
    display = bus.connect(config)
    white = Image.new("RGB", (240, 240), (255, 255, 255))
    display.update(blank(config), white)
    assert [set(colour) for colour in seen(bus)] == [{31}, {63}, {31}]
    display.contrast(0)
    dim = seen(bus)
    assert 8 < dim[0][0] < 16
    display.update(white, blank(config))
    display.update(blank(config), white)
    assert seen(bus) == dim
    before = bus.carried()
    display.contrast(0)
    assert bus.carried() == before


@pytest.mark.parametrize(("driver", "offsets"), [("st7789", (0, 80)), ("ssd1351", (0, 0)), ("st7789", (0, 40))])
def test_glass_that_is_off_the_beginning_of_the_memory(driver: Driver, offsets: tuple[int, int]) -> None:
    config = on_spi(driver, h_offset=offsets[0], v_offset=offsets[1])
    bus = bus_of(config)
    display = bus.connect(config)
    picture = blank(config)
    picture.paste((250, 0, 0), (0, 0, 5, 9))
    display.update(blank(config), picture)
    assert seen(bus) == as_seen(picture)


@pytest.mark.parametrize(
    "config", [on_spi(driver, size=size) for driver in ("ssd1306", "sh1106", "sh1107") for size in PANELS[driver].sizes]
)
def test_black_and_white_glass_works_on_spi_as_on_i2c(config: OledConfig) -> None:
    bus = bus_of(config)
    display = bus.connect(config)
    picture = blank(config)
    ImageDraw.Draw(picture).rectangle((3, 5, 50, 20), fill=1)
    display.update(blank(config), picture)
    assert isinstance(bus.controller, Pages)
    assert bus.controller.chip.picture().tobytes() == picture.tobytes()


@given(st.binary(min_size=3 * 64, max_size=3 * 64), st.floats(0.4, 1))
def test_packed_colours_are_those_of_the_plain_way(pixels: bytes, brightness: float) -> None:
    image = Image.frombytes("RGB", (8, 8), pixels)
    words = []
    for start in range(0, len(pixels), 3):
        red, green, blue = (round(value * brightness) for value in pixels[start : start + 3])
        words.append((red >> 3) << 11 | (green >> 2) << 5 | blue >> 3)
    assert rgb565(image, brightness).tobytes() == b"".join(word.to_bytes(2) for word in words)
