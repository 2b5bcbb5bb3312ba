"""`[lamps]`, `[lights]` and `[bars]`: what shows the room, those on pins all in step."""

from collections.abc import Iterator, Mapping
from functools import partial

from appliance.config.schema import Config
from appliance.config.signs import Bar as BarTable
from appliance.config.signs import Light
from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.bars import BarService
from appliance.services.lamps import LampService
from appliance.services.signs import Sign
from drivers.gpio.config import LampConfig
from drivers.outputs.bars.bar import Bar
from drivers.outputs.config import LightConfig
from drivers.outputs.patterns import Pattern


def lamps(parts: Parts) -> Iterator[Service]:
    """Yields a service for each lamp and light, and the one that tells all what to show and when to blink."""
    config = parts.config
    hardware = _hardware(config)
    if not hardware:
        return
    service = LampService(hardware, _signs(config), parts.hardware.pins, parts.store.followed)
    yield Service("lamps", service.run)
    for name in config.lamps:
        yield Service(named("lamp", name), partial(service.light, name))
    for name in config.lights:
        yield Service(named("light", name), partial(service.light, f"light {name}"))


def bars(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[bars]`."""
    for name, config in parts.config.bars.items():
        bar = Bar(name, config.hardware(), parts.hardware.bar(name))
        service = BarService(bar, _sign(config, parts.config.all_patterns()), parts.store.followed)
        yield Service(named("bar", name), service.run, wakes_on="spidev")


def _hardware(config: Config) -> dict[str, LampConfig | LightConfig]:
    lamps: dict[str, LampConfig | LightConfig] = dict(config.lamps)
    return lamps | {f"light {name}": light for name, light in config.lights.items()}


def _signs(config: Config) -> dict[str, Sign]:
    every, shown = config.all_patterns(), config.shown_by_lamps()
    lamps = {
        name: Sign(shows=shown[name], patterns=every, own=dict(lamp.patterns.items()))
        for name, lamp in config.lamps.items()
    }
    return lamps | {f"light {name}": _sign(light, every) for name, light in config.lights.items()}


def _sign(shown: Light | BarTable, every: Mapping[str, Pattern]) -> Sign:
    return Sign(shows=shown.shows, patterns=every, own=shown.patterns, colours=shown.colours, colour=shown.colour)
