"""`[relays]`: what the appliance switches by itself."""

from collections.abc import Iterator

from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.relays import RelayService


def relays(parts: Parts) -> Iterator[Service]:
    """Yields a service for each of `[relays]`: a pin that cannot be used costs no other."""
    for name, config in parts.config.relays.items():
        output = f"relay {name}"
        room, tell = parts.store.followed, parts.store.apply
        service = RelayService(output, config.hardware(), config.shows, parts.hardware.pins, room, tell)
        if config.shows is None:
            parts.outputs.add(output, service.switch)
        yield Service(named("relay", name), service.run)
