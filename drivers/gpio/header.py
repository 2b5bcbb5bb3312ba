"""The 40-pin header of every Raspberry Pi since the B+: which GPIO, supply or ground is at which place.

Source: Raspberry Pi documentation, "GPIO and the 40-pin header". Odd places are the row on the inside of the board.
"""

import re
from typing import Final

PLACES: Final[tuple[str, ...]] = (
    *("3V3", "5V", "GPIO2", "5V", "GPIO3", "GND", "GPIO4", "GPIO14", "GND", "GPIO15"),
    *("GPIO17", "GPIO18", "GPIO27", "GND", "GPIO22", "GPIO23", "3V3", "GPIO24", "GPIO10", "GND"),
    *("GPIO9", "GPIO25", "GPIO11", "GPIO8", "GND", "GPIO7", "GPIO0", "GPIO1", "GPIO5", "GND"),
    *("GPIO6", "GPIO12", "GPIO13", "GND", "GPIO19", "GPIO16", "GPIO26", "GPIO20", "GND", "GPIO21"),
)
"""What is at place 1, 2, … 40."""

I2C_BUSES: Final = {0: ("GPIO0", "GPIO1"), 1: ("GPIO2", "GPIO3")}
"""Number of the bus → SDA and SCL, for the buses with fixed pins."""

SPI_BUSES: Final = {
    0: ("GPIO11", "GPIO10", ("GPIO8", "GPIO7")),
    1: ("GPIO21", "GPIO20", ("GPIO18", "GPIO17", "GPIO16")),
}
"""Number of the bus → clock, data to the device (MOSI), and the select line of each device."""

UART: Final = ("GPIO14", "GPIO15")
"""TXD and RXD of the header's serial port."""

UART_PORTS: Final = ("/dev/serial0", "/dev/serial1", "/dev/ttyAMA0", "/dev/ttyS0")
"""Device files of that port: which one it is depends on board and settings."""


PULLED_UP_AT_BOOT: Final = tuple(f"GPIO{number}" for number in range(9))
"""The pins that are pulled up from the moment the Pi has power (by about 50 kΩ), until somebody drives them; all others
are pulled down. Source: BCM2835 ARM Peripherals, section 6.2, and the same for the later chips."""


def place_of(pin: int | str) -> int:
    """Returns the place (1 to 40) of a pin named as in the configuration. ValueError: the header has no such GPIO."""
    text = str(pin).upper()
    by_place = re.fullmatch(r"(?:BOARD|J8:)([0-9]{1,2})", text, re.ASCII)
    by_number = re.fullmatch(r"(?:GPIO|BCM)?([0-9]{1,2})", text, re.ASCII)
    for place, name in enumerate(PLACES, 1):
        if by_place and name.startswith("GPIO") and by_place[1] == str(place):
            return place
        if by_number and name == f"GPIO{by_number[1]}":
            return place
    raise ValueError(f"{pin!r} is not a GPIO of the 40-pin header; expected 0 to 27, GPIO17, BOARD11 or J8:11")


def gpio_name(pin: int | str) -> str:
    """Returns the one name of a pin that gpiozero knows on every board, such as "GPIO17". ValueError: as `place_of`."""
    return PLACES[place_of(pin) - 1]


def level_at_boot(pin: int | str) -> bool:
    """Returns the level of a pin before anybody drives it; True is high. ValueError: as `place_of`."""
    return gpio_name(pin) in (*PULLED_UP_AT_BOOT, UART[0])  # the firmware drives TXD high, as an idle line is


def spi_pins(device: str) -> tuple[str, str, str] | None:
    """Returns clock, data and select line of an SPI device such as "0.1"; None where it has no fixed pins."""
    bus, _, select = device.partition(".")
    for number, (clock, data, selects) in SPI_BUSES.items():
        if bus == str(number) and select in map(str, range(len(selects))):
            return clock, data, selects[int(select)]
    return None


def nearest(what: str, place: int) -> int:
    """Returns the nearest place that carries `what` ("GND", "3V3"); the lower of two that are equally near."""
    return min((n for n, name in enumerate(PLACES, 1) if name == what), key=lambda n: (_far(n, place), n))


def _far(one: int, other: int) -> int:
    rows = abs((one - 1) // 2 - (other - 1) // 2)
    return rows + (one % 2 != other % 2)
