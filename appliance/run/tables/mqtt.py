"""`[mqtt]`: the room on a broker."""

import functools
import importlib.metadata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import trio

from appliance.config.schema import Button
from appliance.fleet.box import Box, read_box, start_reason
from appliance.fleet.mqtt.config import MqttConfig
from appliance.fleet.mqtt.health import Machine
from appliance.fleet.mqtt.topics import Names
from appliance.panel.view import Viewed
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.mqtt.here import Here, Process, boot_id, machine_here
from appliance.services.mqtt.service import MqttService
from appliance.services.state_files import state_directory

if TYPE_CHECKING:
    from appliance.services.mqtt.announcing import HomeAssistant


def mqtt_service(parts: Parts) -> Service:
    """Returns the service. Raises `AssertionError` where the configuration has no `[mqtt]`."""
    config, events = parts.config.mqtt, parts.happenings
    assert config is not None and events is not None  # noqa: S101, PT018  # whoever asks has looked
    view = Viewed(parts.config.room.name, parts.language, titles=config.titles)
    folder, firmware, machine = state_directory(), importlib.metadata.version("offhook"), machine_here()
    here = Here(
        store=parts.store,
        view=view,
        ask=parts.asking.ask,
        events=events,
        clock=parts.clock,
        services=functools.partial(_offline, parts),
        known=Process(firmware, start_reason(folder), parts.clock),
        machine_now=functools.partial(_machine_now, folder),
        folder=folder,
        machine=machine,
        boot=boot_id(),
        who=parts.config.display is not None and parts.config.display.who,
        home=_home_assistant(parts, config, machine, firmware),
        did=functools.partial(_did, parts),
    )
    return Service("mqtt", MqttService(config, here).run)


def _did(parts: Parts, who: str, words: str) -> None:
    parts.audit.note(who, words, by="mqtt")


def _home_assistant(parts: Parts, config: MqttConfig, machine: str, firmware: str) -> "HomeAssistant | None":
    """Returns what Home Assistant is told; None where it is not."""
    if config.home_assistant is None:
        return None
    from appliance.fleet.home_assistant.device import Box as Device  # noqa: PLC0415  # few rooms have Home Assistant
    from appliance.fleet.home_assistant.entities import Shown  # noqa: PLC0415  # as above
    from appliance.services.mqtt.announcing import HomeAssistant  # noqa: PLC0415  # as above

    room = parts.config
    shown = Shown(
        names=Names(config.site, config.room),
        allow=frozenset(" ".join(words.split()) for words in config.actions),
        buttons={name: tuple(_gestures(button)) for name, button in sorted(room.push_buttons().items())},
        outputs=(
            *(f"relay {name}" for name in sorted(room.relays)),
            *(f"screen {name}" for name in sorted(room.screens)),
        ),
        titles=config.titles,
    )
    device = Device(machine=machine, room=room.room.name, firmware=firmware, prefix=config.home_assistant)
    return HomeAssistant(device, shown, parts.language)


def _gestures(button: Button) -> Iterator[str]:
    yield "pressed"
    if button.held is not None:
        yield "held"
    if button.double is not None:
        yield "double"


def machine_of(box: Box) -> Machine:
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
    return machine_of(await trio.to_thread.run_sync(read_box, folder))


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _offline(parts: Parts) -> Mapping[str, str]:
    """Returns the services that do not work, with what the supervisor knows of them; the broker's own is not among."""
    return parts.conditions.reasons(parts.store.state.offline - {"mqtt"})
