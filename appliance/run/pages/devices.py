"""The devices that a configuration names, and the services that have them."""

from collections.abc import Iterator
from typing import Final

from appliance.api.devices import Named
from appliance.config.schema import Config
from appliance.run.named import named

_TABLES: Final = {
    "display": "display",
    "buttons": "button",
    "encoders": "encoder",
    "lamps": "lamp",
    "lights": "light",
    "bars": "bar",
    "relays": "relay",
    "screens": "screen",
    "presence": "presence",
    "keypads": "keypad",
    "readers": "reader",
    "speakerphones": "speakerphone",
    "joysticks": "joystick",
    "visca": "visca",
    "cameras": "camera",
    "tones": "tones",
}
"""Tables of devices, and what their services are called."""


def devices_named(config: Config) -> Iterator[Named]:
    """Yields them."""
    for table, service in _TABLES.items():
        found = getattr(config, table)
        if isinstance(found, dict):
            yield from (Named(table, name, named(service, name)) for name in found)
        elif found is not None:
            yield Named(table, table, service)
