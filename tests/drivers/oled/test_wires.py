"""A display on SPI whose bus or pins fail, and pins that are given back."""

import errno
from collections.abc import Callable
from typing import Any

import luma.core.error
import msgspec
import pytest
from gpiozero import GPIOPinInUse, OutputDevice
from gpiozero.pins.mock import MockFactory
from PIL import Image

from drivers.errors import DeviceLost, DeviceMissing
from drivers.oled.config import OledConfig
from drivers.oled.connect import panel
from drivers.oled.oled import open_oled
from drivers.oled.panel import Panel
from drivers.oled.wires import I2cWires, Wires
from tests.drivers.oled.bus import FakeBus
from tests.drivers.oled.spi import Rectangles, SpiBus

CONFIG = msgspec.convert({"driver": "ssd1322", "spi": "0.1", "speed": 10, "dc_pin": 24, "spi_mode": 3}, OledConfig)


@pytest.fixture
def bus() -> SpiBus:
    return SpiBus(Rectangles("ssd1322"))


def free(bus: SpiBus) -> bool:
    """Whether somebody else could have the data/command line."""
    try:
        OutputDevice("GPIO24", pin_factory=bus.pins).close()
    except GPIOPinInUse:
        return False
    return True


def grey(level: int) -> Image.Image:
    return Image.new("L", (256, 64), level)


async def test_it_is_opened_as_configured_and_everything_is_given_back(bus: SpiBus) -> None:
    async with open_oled(CONFIG, bus.connect, in_thread=False) as oled:
        await oled.show(grey(200))
        assert bus.opened == ("0.1", 10_000_000, 3)
        assert not free(bus)
    assert bus.closed == 1
    assert free(bus)
    assert isinstance(bus.controller, Rectangles)
    assert set(bus.controller.picture()[0]) == {12}, "the last picture stays"


async def test_a_bus_that_breaks_is_a_lost_display_and_the_next_picture_is_whole(bus: SpiBus) -> None:
    async with open_oled(CONFIG, bus.connect, in_thread=False) as oled:
        await oled.show(grey(200))
        for transfers in range(6):
            bus.breaks_after = transfers
            with pytest.raises(DeviceLost, match=r"display lost: .*Input/output error"):
                await oled.show(grey(100))
            bus.breaks_after = None
            await oled.show(grey(200))
            assert isinstance(bus.controller, Rectangles)
            assert set(bus.controller.picture()[0]) == {12}


def test_a_start_that_fails_gives_bus_and_pins_back(bus: SpiBus) -> None:
    bus.breaks_after = 5
    with pytest.raises(OSError, match="Input/output error"):
        bus.connect(CONFIG)
    assert bus.closed == 1
    assert free(bus)


def test_a_pin_that_is_in_use_is_said_and_the_bus_is_closed(bus: SpiBus) -> None:
    refused = r"data/command line of the display: pin 24 cannot be used: .*in use"
    with Wires(CONFIG, bus.pins, bus.open)._open, pytest.raises(DeviceMissing, match=refused):
        bus.connect(CONFIG)
    assert bus.closed == 2


def test_a_line_that_cannot_be_driven_is_an_error_of_the_bus(bus: SpiBus, monkeypatch: pytest.MonkeyPatch) -> None:
    wires = Wires(CONFIG, bus.pins, bus.open)

    def fails(*_unused: Any) -> None:
        raise Exception("lgpio.error: no")  # noqa: TRY002  # what lgpio raises

    monkeypatch.setattr(type(wires._data_line), "_set_state", fails)
    with pytest.raises(OSError, match="cannot be driven: lgpio") as caught:
        wires.data(b"x")
    assert caught.value.errno == errno.EIO


async def test_no_such_bus_on_this_machine_is_missing() -> None:
    """The real path down to the kernel, which has no such device."""
    config = msgspec.structs.replace(CONFIG, spi="9.9")
    with pytest.raises(DeviceMissing, match=r"no ssd1322 display on SPI 9\.9: .*spidev9\.9"):
        async with open_oled(config, pins=MockFactory):
            pytest.fail("there is no such bus")


async def test_pins_that_are_missing_are_said_before_anything_is_opened() -> None:
    def pins() -> Callable[[OledConfig], Panel]:
        raise DeviceMissing("no GPIO chip found")

    with pytest.raises(DeviceMissing, match="no GPIO chip"):
        async with open_oled(CONFIG, pins=pins):
            pytest.fail("there are no pins")


def test_a_display_on_i2c_is_reset_by_its_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    config, pins, bus = OledConfig(driver="ssd1309", reset_pin=0), MockFactory(), FakeBus("ssd1309")
    line = pins.pin("GPIO0")
    display = panel(config, I2cWires(config, pins, bus))
    assert ([state.state for state in line.states[-3:]], slept) == ([True, False, True], [0.01, 0.12])
    display.hide()
    display.restart(Image.new("1", (128, 64), 1), None, dark=True)
    assert [state.state for state in line.states[-2:]] == [False, True]
    assert not bus.dark
    assert bus.picture().getextrema() == (255, 255)
    display.cleanup()
    display.cleanup()
    with OutputDevice("GPIO0", pin_factory=pins):
        pass  # it is free


def test_an_i2c_display_that_is_not_there_gives_its_line_back() -> None:
    config, pins, bus = OledConfig(reset_pin=25), MockFactory(), FakeBus()
    bus.fails_with = errno.EREMOTEIO
    with pytest.raises(luma.core.error.DeviceNotFoundError):
        panel(config, I2cWires(config, pins, bus))
    with OutputDevice("GPIO25", pin_factory=pins):
        pass  # it is free
