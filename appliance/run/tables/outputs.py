"""`[relays]` and `[screens]`: what the appliance switches by itself."""

from collections.abc import Iterator

from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.outputs.relays import RelayService
from appliance.services.outputs.screens import ScreenService
from drivers.outputs.screens.screen import Screen


def relays(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[relays]`: a pin that cannot be used costs no other."""
    for name, config in parts.config.relays.items():
        output = f"relay {name}"
        room, tell = parts.store.followed, parts.store.apply
        service = RelayService(output, config.hardware(), config.shows, parts.hardware.pins, room, tell)
        run = service.run if config.shows is not None else parts.outputs.joined(output, service.switch, service.run)
        yield Service(named("relay", name), run)


def screens(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[screens]`."""
    for name, config in parts.config.screens.items():
        screen = Screen(name, config, parts.hardware.screen(name))
        service = ScreenService(name, screen, parts.store.apply, parts.store.tell)
        run = parts.outputs.joined(f"screen {name}", service.switch, service.run)
        yield Service(named("screen", name), run, wakes_on="tty")
