"""Joysticks and cameras on VISCA lines: frames that come in while a stick is moved, cameras that say who they are."""

from contextlib import AbstractAsyncContextManager
from typing import Final

import trio

from appliance.cli.hardware_test.bench import Bench, parts
from appliance.cli.hardware_test.step import Figure, Finding, Step, judged, skipped
from appliance.language.text import Text
from drivers.visca.config import CameraConfig, SerialConfig
from drivers.visca.controller.driven import Line, open_serial
from drivers.visca.controller.probe import scan
from drivers.visca.line.address import parse_network_address
from drivers.visca.line.network_port import open_network
from drivers.visca.wire.framing import Framer

MOVED_FOR: Final = 15.0  # seconds in which a person moves the stick
ENOUGH: Final = 5  # frames


async def visca(bench: Bench) -> Finding:
    """Tries what the room has configured."""
    sticks, cameras = parts(bench.config, "joysticks"), parts(bench.config, "cameras")
    if not sticks and not cameras:
        return skipped(Text("hwtest.none_configured", table="[joysticks]"))
    figures = [figure for name, camera in cameras.items() for figure in await _camera(name, camera)]
    for name, stick in sticks.items():
        if await bench.ready(Text("hwtest.move_stick", name=name, seconds=f"{MOVED_FOR:g}")):
            figures.append(Figure(Text("hwtest.stick_frames"), await _frames(stick), of=name, least=ENOUGH))
    return judged(figures) if figures else skipped(Text("hwtest.needs_person"))


async def _camera(name: str, config: CameraConfig) -> list[Figure]:
    """Returns whether a camera answers, and what it says that it is."""
    opened, chained = _line(config)
    async with opened as line:
        found = [each async for each in scan(line, chained=chained)]
    figures = [Figure(Text("hwtest.cameras_found"), len(found), of=name, least=1)]
    models = [f"{each.version.vendor:04x}:{each.version.model:04x}" for each in found]
    return [*figures, *(Figure(Text("hwtest.camera_model"), model, of=name) for model in models)]


def _line(config: CameraConfig) -> tuple[AbstractAsyncContextManager[Line], bool]:
    """Returns the camera's line, and whether it is a daisy chain."""
    network = parse_network_address(config.line)
    if network is not None:
        return open_network(network), False
    return open_serial(SerialConfig(port=config.line, baud=config.baud)), True


async def _frames(config: SerialConfig) -> int:
    """Returns how many whole frames came in until there were enough, or the time was over."""
    framer, count = Framer(), 0
    async with open_serial(config) as line:
        with trio.move_on_after(MOVED_FOR):
            while count < ENOUGH:
                count += len(framer.feed(await line.receive()))
    return count


STEP = Step("visca", Text("hwtest.visca"), visca, limit=300, devices=True)
