"""The wires of a display: the bus, and the lines beside it, which are pins of ours.

luma's own interface asks RPi.GPIO for the lines, which fails on a Raspberry Pi 5, takes pin 0 for none, and knows a
few speeds only. So this is in its place: what luma's classes call is `command`, `data` and `cleanup`.
"""

import errno
import time
from contextlib import ExitStack
from typing import Any, Final

from gpiozero import OutputDevice
from luma.core.interface.serial import i2c

from drivers.gpio.config import Pin
from drivers.gpio.header import gpio_name
from drivers.gpio.pins import Factory, claimed
from drivers.oled.config import OledConfig
from drivers.spi import OpenBus, Spi

RESET_HOLD: Final = 0.01
"""Seconds for which the reset line is low; the data sheets ask for 3 to 100 µs, cables and capacitors for more."""

RESET_RELEASE: Final = 0.12
"""Seconds after which a controller takes its start sequence (ST7789 data sheet, 9.12: 120 ms before "sleep out")."""


class Wires:
    """An SPI device with the data/command line, and where they are connected the reset and the backlight line.

    OSError: the bus cannot be opened or written to. DeviceMissing: a pin cannot be used.
    """

    def __init__(self, config: OledConfig, pins: Factory, open_bus: OpenBus = Spi) -> None:
        assert config.spi is not None  # noqa: S101  # its configuration says so
        with ExitStack() as stack:
            self._bus = open_bus(config.spi, round(config.speed * 1e6), config.spi_mode)
            stack.callback(self._bus.close)
            self._data_line = _line(stack, pins, "data/command", config.dc_pin, high=False)
            self._reset_line = _line(stack, pins, "reset", config.reset_pin, high=True)
            self._light = _line(stack, pins, "backlight", config.backlight_pin, high=False)
            self._is_data = False
            self.reset()
            self._open = stack.pop_all()

    def reset(self) -> None:
        """Resets the controller, where its reset line is connected; it is off after that, and keeps its picture."""
        if self._reset_line is not None:
            _pulse(self._reset_line)

    def light(self, *, on: bool) -> None:
        """Switches the backlight, where it is connected."""
        if self._light is not None:
            _drive(self._light, high=on)

    def command(self, *codes: int) -> None:
        """Sends a command."""
        self._say(data=False)
        self._bus.write(bytes(codes))

    def data(self, data: Any) -> None:  # noqa: ANN401  # bytes, or what luma makes of them
        """Sends pixels, or the arguments of a command."""
        self._say(data=True)
        self._bus.write(bytes(data))

    def _say(self, *, data: bool) -> None:
        if data is not self._is_data:
            _drive(self._data_line, high=data)
            self._is_data = data

    def cleanup(self) -> None:
        """Gives bus and pins back; the glass goes on showing what it shows. More than once does no harm."""
        self._open.close()


class I2cWires(i2c):  # type: ignore[misc]  # luma ships no types
    """An I2C bus with a reset line. Raises as `Wires`, and luma's errors."""

    def __init__(self, config: OledConfig, pins: Factory, bus: Any = None) -> None:  # noqa: ANN401  # luma has no types
        with ExitStack() as stack:
            self._reset_line = _line(stack, pins, "reset", config.reset_pin, high=True)
            self.reset()
            super().__init__(bus=bus, port=config.bus, address=config.address)
            self._open = stack.pop_all()

    def reset(self) -> None:
        """Resets the controller; it is off after that, and keeps its picture."""
        _pulse(self._reset_line)

    def cleanup(self) -> None:
        """Gives bus and pin back. More than once does no harm."""
        super().cleanup()
        self._open.close()


def _pulse(line: Any) -> None:  # noqa: ANN401  # gpiozero ships no types
    _drive(line, high=False)
    time.sleep(RESET_HOLD)
    _drive(line, high=True)
    time.sleep(RESET_RELEASE)


def _line(stack: ExitStack, pins: Factory, what: str, pin: Pin | None, *, high: bool) -> Any:  # noqa: ANN401  # gpiozero ships no types
    """Returns a pin that is an output until the stack is closed; None where none is connected."""
    if pin is None:
        return None

    def opener() -> OutputDevice:
        return OutputDevice(gpio_name(pin), initial_value=high, pin_factory=pins)

    return stack.enter_context(claimed(f"{what} line of the display", pin, opener, OutputDevice.close)).pin


def _drive(line: Any, *, high: bool) -> None:  # noqa: ANN401  # gpiozero ships no types
    try:
        line.state = high
    except Exception as error:  # lgpio's own error is a bare Exception, and lgpio is not everywhere
        raise OSError(errno.EIO, f"{line!r} cannot be driven: {error}") from error
