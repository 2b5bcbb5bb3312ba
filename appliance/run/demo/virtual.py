"""A room's hardware without hardware: the drivers' own fakes behind the same openers as the real devices."""

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from pathlib import Path
from typing import Any

import msgspec
import trio
from starlette.routing import Mount

from appliance.config.schema import Config
from appliance.run.appliance import Appliance
from appliance.run.later import later
from appliance.run.live.reload import Reload
from appliance.run.live.settings import Settings
from appliance.run.pages.screen import kiosk_service
from appliance.run.pages.status import pages_of
from appliance.run.parts import Parts
from appliance.run.restart import until_signal
from appliance.run.tables.every import ROOM, Table
from appliance.run.tables.metrics import metrics
from appliance.run.tables.sharing import shared
from appliance.runtime.supervisor import Run, Service
from appliance.runtime.web.answers import web_app
from appliance.services.box.hardware import Hardware
from appliance.services.cameras.local import opener
from appliance.services.pages.panel import web_service
from appliance.virtual.hardware import VirtualHardware, virtual_hardware
from appliance.virtual.plugs import VirtualPlugs
from appliance.virtual.routes import hardware_routes
from drivers.oled.config import OledConfig
from drivers.oled.oled import Oled
from drivers.visca.config import CameraConfig, SerialConfig
from drivers.visca.controller.driven import OpenLine
from drivers.visca.virtual.emulator import emulated

VIRTUAL = "virtual"
"""The line of a camera that is not there; every other is opened as on a Pi."""


async def run_virtual(settings: Settings, read: Callable[[], Settings], file: Path | None = None) -> None:
    """Runs the appliance on virtual hardware, which `[panel]` lets people move, until the process is asked to end.

    `read` reads the settings anew. `file`: from where.
    """
    with virtual_room(settings.config) as (virtual, hardware):
        tables: tuple[Table, ...] = (*ROOM, shared, metrics, functools.partial(panel, virtual))
        appliance = Appliance(settings.config, hardware, tables)
        appliance.parts.file = file
        virtual.display.replaced = appliance.store.touch

        def become(new: Settings, _hardware: Hardware) -> Hardware:
            virtual.become(**wanted(new.config))
            return hardware

        await until_signal(appliance, Reload(appliance, settings, read, become))


def panel(virtual: VirtualHardware, parts: Parts) -> Iterator[Service]:
    """Yields the page of `[panel]`: the status page, and below `/hardware` what moves the virtual hardware."""
    config = parts.config.panel
    assert config is not None  # noqa: S101  # the configuration was checked
    pages = functools.cache(functools.partial(pages_of, parts))

    def served() -> Run:
        page = web_app([*hardware_routes(virtual, parts.said.all), Mount("/", pages().app)])
        return web_service(page, config, pages().sockets, pages().large).run

    yield later("panel", served)
    if (kiosk := parts.config.kiosk) is not None:
        yield later("kiosk", lambda: kiosk_service(parts, pages(), kiosk).run)


@contextmanager
def virtual_room(config: Config) -> Iterator[tuple[VirtualHardware, Hardware]]:
    """Yields what moves the devices that `config` names, and the openers by which the appliance finds them."""
    with virtual_hardware(**wanted(config)) as virtual:
        yield virtual, openers(virtual)


def wanted(config: Config) -> dict[str, Any]:
    """Returns the devices that `config` names, as `virtual_hardware` takes them."""
    return {
        "buttons": {name: button.hardware() for name, button in config.push_buttons().items()},
        "lamps": config.lamps,
        "keypads": (*config.keypads, *config.readers),
        "speakerphones": tuple(config.speakerphones),
        "serials": tuple(config.joysticks),
        "relays": {name: relay.hardware() for name, relay in config.relays.items()},
        "sensors": config.presence,
        "screens": config.screens,
        "bars": {name: bar.hardware() for name, bar in config.bars.items()},
        "lights": {name: light.hardware() for name, light in config.lights.items()},
        "cameras": tuple(name for name, camera in config.cameras.items() if camera.line == VIRTUAL),
    }


def openers(virtual: VirtualHardware) -> Hardware:
    """Returns how the appliance opens virtual devices."""

    def display(config: OledConfig) -> AbstractAsyncContextManager[Oled]:
        return virtual.display.open(config)

    def serial(name: str, config: SerialConfig) -> SerialConfig:
        return msgspec.structs.replace(config, port=virtual.serials[name].path)

    def camera(name: str, config: CameraConfig) -> OpenLine:
        if name not in virtual.cameras:
            return opener(config)
        return functools.partial(emulated, virtual.cameras[name], config.model)

    async def watch(_subsystems: Sequence[str]) -> VirtualPlugs:
        await trio.lowlevel.checkpoint()
        return VirtualPlugs(virtual)

    return Hardware(
        pins=lambda: virtual.gpio.factory,
        display=display,
        keypad=lambda name: virtual.keypads[name].open,
        speakerphone=lambda name: virtual.speakerphones[name].open,
        serial=serial,
        tones=lambda _config: virtual.tones,
        camera=camera,
        screen=lambda name: virtual.screens[name].open,
        bar=lambda name: virtual.bars[name].open,
        watch=watch,
    )
