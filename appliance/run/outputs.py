"""`[relays]` and `[screens]`: what the appliance switches by itself."""

from collections.abc import Iterator

from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.relays import RelayService
from appliance.services.screens import ScreenService
from drivers.outputs.screens.screen import Screen


def relays(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[relays]`: a pin that cannot be used costs no other."""
    for name, config in parts.config.relays.items():
        output = f"relay {name}"
        room, tell = parts.store.followed, parts.store.apply
        service = RelayService(output, config.hardware(), config.shows, parts.hardware.pins, room, tell)
        if config.shows is None:
            parts.outputs.add(output, service.switch)
        yield Service(named("relay", name), service.run)


def screens(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[screens]`."""
    for name, config in parts.config.screens.items():
        screen = Screen(name, config, parts.hardware.screen(name))
        service = ScreenService(name, screen, parts.store.apply, parts.store.tell)
        parts.outputs.add(f"screen {name}", service.switch)
        yield Service(named("screen", name), service.run, wakes_on="tty")
