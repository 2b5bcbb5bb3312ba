"""Runs docs/examples/home-assistant.yaml in Home Assistant itself, in an environment that has the package.

    python scripts/home_assistant_rest.py FILE BASE TOKEN

BASE: where the room's interface really is, in place of the address in the file. Prints what its entities say, before
and after `rest_command.neptune` has muted the room, as JSON. The automation is held against its schema.
"""

import asyncio
import importlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ADDRESS = "https://box.example.com:8443"
ENTITIES = ("sensor.neptune", "binary_sensor.neptune_microphone_muted", "binary_sensor.neptune_link")


def main(file: Path, base: str, token: str) -> None:
    """Prints what Home Assistant makes of the file. Raises what it raises."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "configuration.yaml").write_text(file.read_text().replace(ADDRESS, base))
        (place / "secrets.yaml").write_text(f'offhook: "Bearer {token}"\n')
        print(json.dumps(asyncio.run(_run(place))))


async def _run(folder: Path) -> dict[str, Any]:
    home = importlib.import_module("homeassistant.core").HomeAssistant(str(folder))
    setup = importlib.import_module("homeassistant.setup").async_setup_component
    importlib.import_module("homeassistant.helpers.frame").async_setup(home)
    importlib.import_module("homeassistant.loader").async_setup(home)
    home.config_entries = importlib.import_module("homeassistant.config_entries").ConfigEntries(home, {})
    for helper in ("area", "category", "device", "entity", "floor", "issue", "label"):
        loaded = importlib.import_module(f"homeassistant.helpers.{helper}_registry").async_load(home)
        if loaded is not None:
            await loaded
    try:
        loader = importlib.import_module("homeassistant.util.yaml.loader")
        config = loader.load_yaml(str(folder / "configuration.yaml"), loader.Secrets(folder))
        _check(config.pop("automation"))
        await importlib.import_module("homeassistant.components.network.network").async_get_network(home)
        for part in config:
            if not await setup(home, part, config):
                raise RuntimeError(f"Home Assistant does not take `{part}`")
        return await _tried(home)
    finally:
        await home.async_stop(force=True)


async def _tried(home: Any) -> dict[str, Any]:  # noqa: ANN401  # of a package that is not typed here
    await home.async_block_till_done()
    before = _said(home)
    answer = await home.services.async_call(
        "rest_command", "neptune", {"do": "mute on"}, blocking=True, return_response=True
    )
    update = importlib.import_module("homeassistant.helpers.entity_component").async_update_entity
    for name in ENTITIES:
        await update(home, name)
    await home.async_block_till_done()
    return {"before": before, "answer": answer, "after": _said(home)}


def _said(home: Any) -> dict[str, Any]:  # noqa: ANN401  # as above
    states = {name: home.states.get(name) for name in ENTITIES}
    return {name: None if state is None else [state.state, dict(state.attributes)] for name, state in states.items()}


def _check(automations: list[dict[str, Any]]) -> None:
    schema = importlib.import_module("homeassistant.helpers.config_validation")
    for each in automations:
        schema.CONDITIONS_SCHEMA(each["conditions"])
        schema.SCRIPT_SCHEMA(each["actions"])
        schema.TRIGGER_SCHEMA(each["triggers"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
