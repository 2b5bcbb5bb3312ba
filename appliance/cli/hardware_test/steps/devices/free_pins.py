"""Which pins of the header the room does not use, so that a jumper never meets something that is driven."""

from itertools import pairwise

from appliance.cli.hardware_test.bench import Jumper
from appliance.config.schema import Config
from appliance.wiring.places import wiring
from drivers.gpio.header import PLACES, UART

PREFERRED = (("GPIO16", "GPIO20"), ("GPIO20", "GPIO21"), ("GPIO23", "GPIO24"), ("GPIO5", "GPIO6"), ("GPIO17", "GPIO27"))
"""Output and input that are neighbours, for a short jumper; none of I2C, SPI 0 or the serial line."""


def taken(config: Config | None) -> frozenset[str]:
    """Returns the GPIOs that the room uses, and those of the serial line, which always drives one of its own."""
    used = {wire.signal for wire in wiring(config).wires} if config is not None else set()
    return frozenset(signal for signal in (*used, *UART) if signal.startswith("GPIO"))


def free_jumper(config: Config | None) -> Jumper:
    """Returns two free pins, neighbours where there are any."""
    used = taken(config)
    pairs = [*PREFERRED, *_others(used)]
    out, into = next(pair for pair in pairs if used.isdisjoint(pair))
    return Jumper(out, into)


def _others(used: frozenset[str]) -> list[tuple[str, str]]:
    free = [name for name in PLACES if name.startswith("GPIO") and name not in used]
    return list(pairwise(free))
