"""What relays do while the Pi starts."""

from collections.abc import Iterator

from appliance.config.schema import Config
from drivers.gpio.header import level_at_boot


def unsafe_at_boot(config: Config) -> Iterator[str]:
    """Yields relays that are not safe from the moment the Pi has power until the firmware runs."""
    for name, relay in config.relays.items():
        at_boot = level_at_boot(relay.pin)
        if at_boot is not relay.safe_level:
            pull, other = ("up", "down") if at_boot else ("down", "up")
            yield (
                f"[relays.{name}] pin {relay.pin} is pulled {pull} while the Pi starts, and the relay is "
                f"{'off' if relay.safe_on else 'on'} until the firmware runs; expected one of {_pins(up=not at_boot)}, "
                f"or a resistor of 10 kΩ that pulls it {other}"
            )


def _pins(*, up: bool) -> str:
    return "4 to 6" if up else "16 to 27"
