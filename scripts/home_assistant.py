"""Holds what we tell Home Assistant against Home Assistant itself, in an environment that has the package.

    python scripts/home_assistant.py MESSAGES.json KEYS.json

MESSAGES: a list of discovery messages, as tests/fleet/home_assistant/messages.py writes them. Each goes through the
schemas of Home Assistant. KEYS: which keys each platform takes, for the tests of every day; it is written anew.
"""

import asyncio
import importlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

PLATFORMS = ("binary_sensor", "button", "event", "number", "sensor", "switch", "update")


def main(messages: Path, keys: Path) -> None:
    """Validates, writes the keys, prints a line. Raises what Home Assistant raises."""
    found = asyncio.run(_held(json.loads(messages.read_text())))
    keys.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")
    version = importlib.import_module("homeassistant.const").__version__
    print(f"Home Assistant {version} takes every message; {sum(map(len, found.values()))} keys -> {keys}")


async def _held(messages: list[dict[str, Any]]) -> dict[str, list[str]]:
    core = importlib.import_module("homeassistant.core")
    frame = importlib.import_module("homeassistant.helpers.frame")
    with tempfile.TemporaryDirectory() as folder:
        home = core.HomeAssistant(folder)
        frame.async_setup(home)
        try:
            for message in messages:
                _validate(message)
            return _keys()
        finally:
            await home.async_stop(force=True)


def _validate(message: dict[str, Any]) -> None:
    schemas = importlib.import_module("homeassistant.components.mqtt.schemas")
    schemas.DEVICE_DISCOVERY_SCHEMA(message)
    for component in message["components"].values():
        said = {key: value for key, value in component.items() if key != "platform"}
        if said:  # else it is taken back
            _schema(component["platform"])(said | {"device": message["device"], "origin": message["origin"]})


def _schema(platform: str) -> Any:  # noqa: ANN401  # of a package that is not typed here
    if platform == "device_automation":
        return importlib.import_module("homeassistant.components.mqtt.device_trigger").TRIGGER_DISCOVERY_SCHEMA
    return importlib.import_module(f"homeassistant.components.mqtt.{platform}").DISCOVERY_SCHEMA


def _keys() -> dict[str, list[str]]:
    schemas = importlib.import_module("homeassistant.components.mqtt.schemas")
    found = {platform: _names(_schema(platform)) for platform in (*PLATFORMS, "device_automation")}
    found["device_discovery"] = _names(schemas.DEVICE_DISCOVERY_SCHEMA)
    found["device"] = _names(schemas.MQTT_ENTITY_DEVICE_INFO_SCHEMA)
    found["origin"] = _names(schemas.MQTT_ORIGIN_INFO_SCHEMA)
    return found


def _names(schema: Any) -> list[str]:  # noqa: ANN401  # as above
    """The keys of a schema, or of those that it is made of."""
    inner = getattr(schema, "schema", None)
    if isinstance(inner, dict):
        return sorted({str(key) for key in inner})
    return sorted({name for each in getattr(schema, "validators", ()) for name in _names(each)})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
