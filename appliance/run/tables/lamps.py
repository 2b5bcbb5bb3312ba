"""`[lamps]`, `[lights]` and `[bars]`: what shows the room, those on pins all in step."""

from collections.abc import Iterator
from functools import partial

from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.run.signs import lamps_of, sign_of
from appliance.runtime.supervisor import Service
from appliance.services.outputs.bars import BarService
from drivers.outputs.bars.bar import Bar


def lamps(parts: Parts) -> Iterator[Service]:
    """Yields a service for each lamp and light, and the one that tells all what to show and when to blink."""
    config, service = parts.config, parts.lamps
    if not lamps_of(config):
        return
    yield Service("lamps", service.run)
    for name in config.lamps:
        yield Service(named("lamp", name), partial(service.light, name))
    for name in config.lights:
        yield Service(named("light", name), partial(service.light, f"light {name}"))


def bars(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[bars]`."""
    for name, config in parts.config.bars.items():
        bar = Bar(name, config.hardware(), parts.hardware.bar(name))
        service = BarService(bar, sign_of(config, parts.config.all_patterns()), parts.store.followed)
        run = parts.bars.joined(name, service, service.run)
        yield Service(named("bar", name), run, wakes_on="spidev")
