"""What the lamps, lights and bars of a configuration are, and what each shows."""

from collections.abc import Mapping

from appliance.config.schema import Config
from appliance.config.tables.signs import Bar, Light
from appliance.services.outputs.signs import Sign
from drivers.gpio.config import LampConfig
from drivers.outputs.config import LightConfig
from drivers.outputs.patterns import Pattern


def lamps_of(config: Config) -> dict[str, LampConfig | LightConfig]:
    """Returns the hardware of lamps and lights, by the names that they have here."""
    lamps: dict[str, LampConfig | LightConfig] = {name: lamp.hardware() for name, lamp in config.lamps.items()}
    return lamps | {f"light {name}": light.hardware() for name, light in config.lights.items()}


def signs_of(config: Config) -> dict[str, Sign]:
    """Returns what each of them shows."""
    every, shown = config.all_patterns(), config.shown_by_lamps()
    lamps = {
        name: Sign(shows=shown[name], patterns=every, own=dict(lamp.patterns.items()))
        for name, lamp in config.lamps.items()
    }
    return lamps | {f"light {name}": sign_of(light, every) for name, light in config.lights.items()}


def sign_of(shown: Light | Bar, every: Mapping[str, Pattern]) -> Sign:
    """Returns what a light or bar shows, in the patterns that the room has."""
    return Sign(shows=shown.shows, patterns=every, own=shown.patterns, colours=shown.colours, colour=shown.colour)
