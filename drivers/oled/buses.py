"""Which I2C buses this machine has."""

from pathlib import Path

DEV = Path("/dev")


def find_buses(dev: Path = DEV) -> list[str]:
    """Returns the paths of all I2C buses, in the order of their numbers, without any traffic on them."""
    buses = dev.glob("i2c-[0-9]*")
    return [str(bus) for bus in sorted(buses, key=lambda bus: (len(bus.name), bus.name))]


def path_of(number: int, dev: Path = DEV) -> str:
    """Returns the path of the bus with this number, whether or not it exists."""
    return str(dev / f"i2c-{number}")
