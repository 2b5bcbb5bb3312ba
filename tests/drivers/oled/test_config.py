from typing import Any

import msgspec
import pytest

from drivers.oled.config import OledConfig
from drivers.oled.panels import PANELS, SIZES


def test_defaults_suit_the_usual_module() -> None:
    config = msgspec.convert({}, OledConfig)
    assert config == OledConfig(driver="ssd1306", bus=1, address=0x3C, rotate=0)
    assert (config.width, config.height, config.mode) == (128, 64, "1")
    assert config.where == "at 0x3c on I2C bus 1"


@pytest.mark.parametrize(
    "table",
    [
        {"driver": "ssd1305"},
        {"bus": -1},
        {"address": 0x80},
        {"rotate": 4},
        {"width": 128},
        {"address": "0x3C"},
        {"size": "64"},
        {"speed": 0.1},
        {"spi_mode": 1},
    ],
)
def test_wrong_values_are_refused(table: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError, match=next(iter(table))):
        msgspec.convert(table, OledConfig)


ON_SPI: dict[str, Any] = {"spi": "0.0", "dc_pin": 24}


@pytest.mark.parametrize("driver", PANELS)
def test_every_controller_is_drawn_at_its_usual_size_unless_told_otherwise(driver: str) -> None:
    for size in PANELS[driver].sizes:  # type: ignore[index]  # the names are those
        config = msgspec.convert({"driver": driver, "size": size, **ON_SPI}, OledConfig)
        assert f"{config.width}x{config.height}" == size in SIZES
        assert config.where == "on SPI 0.0"
    default = msgspec.convert({"driver": driver, **ON_SPI}, OledConfig)
    assert f"{default.width}x{default.height}" == PANELS[default.driver].sizes[0]


@pytest.mark.parametrize(
    ("table", "key", "words"),
    [
        (
            {"size": "256x64"},
            "size",
            "`ssd1306` has no `256x64`; expected `128x64` or `128x32`; 256x64 is for `ssd1322`",
        ),
        ({"driver": "sh1107", "size": "64x128"}, "size", "`sh1107` has no `64x128`; expected `128x64` or `128x128`"),
        ({"driver": "st7789"}, "driver", "`st7789` is on SPI only; expected `spi` such as `0.0`, and `dc_pin`"),
        ({"spi": "0.0"}, "spi", "a display on SPI needs `dc_pin`, the pin that its D/C line is at"),
        ({"spi": "/dev/spidev0.0", "dc_pin": 24}, "spi", "`/dev/spidev0.0` is no SPI device; expected BUS.DEVICE such"),
        (
            {"backlight_pin": 25},
            "backlight_pin",
            "`backlight_pin` is for displays on SPI; expected `spi` such as `0.0`",
        ),
        ({"rotate": 1}, "rotate", "pages do not stand upright on 128x64; expected 0 or 2"),
        ({"h_offset": 2}, "h_offset", "the glass of `ssd1306` is never off that way; expected no `h_offset`"),
        ({"driver": "st7789", "speed": 2, **ON_SPI}, "speed", "2 MHz is too slow for `st7789`; expected 4 or more"),
        ({"backlight_pin": 18, **ON_SPI}, "backlight_pin", "`ssd1306` has no backlight; expected no `backlight_pin`"),
    ],
)
def test_what_does_not_go_together_is_said_with_what_does(table: dict[str, object], key: str, words: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=words.replace(".", r"\.")) as caught:
        msgspec.convert(table, OledConfig)
    assert getattr(caught.value.__cause__, "key", "") == key


def test_square_glass_may_stand_on_its_side_and_pin_0_is_a_pin() -> None:
    table = {"driver": "st7789", "rotate": 3, "spi": "1.2", "dc_pin": 0, "backlight_pin": "GPIO18", "v_offset": 80}
    config = msgspec.convert(table, OledConfig)
    assert (config.width, config.height, config.mode, config.dc_pin) == (240, 240, "RGB", 0)
