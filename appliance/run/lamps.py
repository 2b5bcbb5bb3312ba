"""`[lamps]` and `[lights]`: what shows the room on pins, all in step."""

from collections.abc import Iterator
from functools import partial

from appliance.config.schema import Config
from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.lamps import LampService
from appliance.services.signs import Sign
from drivers.gpio.config import LampConfig
from drivers.outputs.config import LightConfig


def lamps(parts: Parts) -> Iterator[Service]:
    """Yields a service for each lamp and light, and the one that tells all what to show and when to blink."""
    config = parts.config
    hardware = _hardware(config)
    if not hardware:
        return
    service = LampService(hardware, _signs(config), parts.hardware.pins, parts.store.followed)
    yield Service("lamps", service.run)
    for name in config.lamps:
        yield Service(named("lamp", name), partial(service.light, f"lamp {name}"))
    for name in config.lights:
        yield Service(named("light", name), partial(service.light, f"light {name}"))


def _hardware(config: Config) -> dict[str, LampConfig | LightConfig]:
    lamps: dict[str, LampConfig | LightConfig] = {f"lamp {name}": lamp for name, lamp in config.lamps.items()}
    return lamps | {f"light {name}": light for name, light in config.lights.items()}


def _signs(config: Config) -> dict[str, Sign]:
    every, shown = config.all_patterns(), config.shown_by_lamps()
    lamps = {
        f"lamp {name}": Sign(shows=shown[name], patterns=every, own=dict(lamp.patterns.items()))
        for name, lamp in config.lamps.items()
    }
    return lamps | {
        f"light {name}": Sign(
            shows=light.shows, patterns=every, own=light.patterns, colours=light.colours, colour=light.colour
        )
        for name, light in config.lights.items()
    }
