"""`[mqtt]`: the room on a broker."""

import functools
import importlib.metadata
from collections.abc import Mapping
from pathlib import Path

import trio

from appliance.fleet.box import Box, read_box, start_reason
from appliance.fleet.mqtt.health import Machine
from appliance.panel.view import Viewed
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.cameras.presets import state_directory
from appliance.services.mqtt.here import Here, Process, boot_id, machine_id
from appliance.services.mqtt.service import MqttService


def mqtt_service(parts: Parts) -> Service:
    """Returns the service. Raises `AssertionError` where the configuration has no `[mqtt]`."""
    config, listening = parts.config.mqtt, parts.listening
    assert config is not None and listening is not None  # noqa: S101, PT018  # whoever asks has looked
    view = Viewed(parts.config.room.name, parts.language, titles=config.titles)
    folder = state_directory()
    here = Here(
        store=parts.store,
        view=view,
        ask=parts.asking.ask,
        next_input=listening.next,
        clock=parts.clock,
        services=functools.partial(_offline, parts),
        known=Process(importlib.metadata.version("offhook"), start_reason(folder), parts.clock),
        machine_now=functools.partial(_machine_now, folder),
        folder=folder,
        machine=machine_id(),
        boot=boot_id(),
        who=parts.config.display is not None and parts.config.display.who,
    )
    return Service("mqtt", MqttService(config, here).run)


def machine(box: Box) -> Machine:
    """Returns what is said of the machine; whole degrees and seconds, so that the same is said as often as possible."""
    disk = box.disk
    return Machine(
        temperature=_whole(box.temperature),
        throttled=box.throttled,
        under_voltage=box.under_voltage,
        clock_synchronised=box.synchronised,
        uptime=_whole(box.uptime),
        disk_size=disk.size if disk else None,
        disk_free=disk.free if disk else None,
        disk_read_only=disk.read_only if disk else None,
    )


async def _machine_now(folder: Path | None) -> Machine:
    """Reads what the machine says of itself; in a thread, since its files may take long."""
    return machine(await trio.to_thread.run_sync(read_box, folder))


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _offline(parts: Parts) -> Mapping[str, str]:
    """Returns the services that do not work, with what the supervisor knows of them; the broker's own is not among."""
    known = parts.conditions.known
    return {name: known[name].health.reason if name in known else "" for name in parts.store.state.offline - {"mqtt"}}
