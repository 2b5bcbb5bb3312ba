"""Starts the configured controller on its bus."""

from collections.abc import Callable
from functools import partial
from typing import Any

from luma.core.interface.serial import i2c

from drivers.gpio.pins import Factory
from drivers.oled.config import OledConfig
from drivers.oled.mono import Sh1106, Sh1107, Ssd1306
from drivers.oled.panel import Panel
from drivers.oled.windowed import Ssd1322, Ssd1327, Ssd1351, St7789
from drivers.oled.wires import I2cWires, Wires

_CONTROLLERS: dict[str, Any] = {
    "ssd1306": Ssd1306,
    "ssd1309": Ssd1306,
    "sh1106": Sh1106,
    "sh1107": Sh1107,
    "ssd1322": Ssd1322,
    "ssd1327": Ssd1327,
    "ssd1351": Ssd1351,
    "st7789": St7789,
}


def panel(config: OledConfig, serial: Any) -> Panel:  # noqa: ANN401  # luma has no types
    """Returns the configured controller on `serial`: started, on and blank. Its last picture stays on the glass."""
    try:
        opened = _CONTROLLERS[config.driver](serial, config)
    except BaseException:
        serial.cleanup()
        raise
    opened.persist = True  # else cleanup() would blank it
    started: Panel = opened
    return started


def i2c_panel(config: OledConfig) -> Panel:
    """Returns the configured display on the machine's I2C bus."""
    return panel(config, i2c(port=config.bus, address=config.address))


def lined_panel(pins: Factory, config: OledConfig) -> Panel:
    """Returns the configured display on the machine's SPI or I2C bus; `pins` has the lines beside it."""
    return panel(config, I2cWires(config, pins) if config.spi is None else Wires(config, pins))


def wired(config: OledConfig, pins: Callable[[], Factory]) -> Callable[[OledConfig], Panel]:
    """Returns what opens the configured display in a thread; `pins` is called before, by whoever calls this."""
    return i2c_panel if config.spi is None and config.reset_pin is None else partial(lined_panel, pins())
