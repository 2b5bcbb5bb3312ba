"""`[joysticks]`, `[visca]`, `[cameras]` and `[far_end]`: the VISCA controllers, and the cameras that they find.

Controllers share the presets of the terminal's camera, and each finds the same other cameras on its line; therefore
their tables are one function here.
"""

from collections.abc import Iterator, Sequence

from appliance.room.bindings.bindings import FAR_END
from appliance.run.named import named
from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.cameras.controllers import ViscaControllerService
from appliance.services.cameras.lent import LentCameraService
from appliance.services.cameras.terminal_presets import TerminalPresetService
from appliance.services.cameras.two_masters import TwoMastersService
from appliance.services.state_files import state_directory
from drivers.visca.camera.chain import ChainedCamera
from drivers.visca.camera.discovery import Discovery


def cameras(parts: Parts) -> Iterator[Service]:
    """Yields presets first, then the cameras, then who moves them; for pages also what the terminal's camera sees."""
    if parts.config.panel is not None:
        yield Service("camera pictures", parts.pictures.run)
    if not (parts.config.joysticks or parts.config.visca or parts.config.cameras):
        if parts.config.panel is not None:
            yield Service("terminal presets", TerminalPresetService(state_directory(), parts.store).run)
        yield from _far_camera(parts)
        return
    yield Service("presets", parts.presets.run)
    yield Service("terminal presets", TerminalPresetService(state_directory(), parts.store).run)
    if parts.config.cameras or parts.config.joysticks:  # lines that a camera may hang on
        yield Service("two masters", TwoMastersService(parts.store).run)
    yield from _local_cameras(parts)
    others = parts.local_cameras.on_the_line()
    yield from _far_camera(parts)
    if parts.far_camera.chained is not None:
        others.append(parts.far_camera.chained)
    yield from _controllers(parts, others)


def _far_camera(parts: Parts) -> Iterator[Service]:
    """Yields the other side's camera, where controllers, buttons or pages move it."""
    config = parts.config
    if config.far_end.number is not None or config.moves(FAR_END) or config.panel is not None:
        yield Service("far camera", parts.far_camera.run)


def _local_cameras(parts: Parts) -> Iterator[Service]:
    for name, camera in parts.local_cameras.by_name.items():
        if name == parts.config.room.camera:
            position = camera.service.chained.position
            yield Service("lent camera", LentCameraService(parts.store.followed, camera.service.ask, position).run)
        yield Service(f"presets {name}", camera.stored.run)
        yield Service(named("camera", name), camera.service.run, wakes_on="tty")


def _controllers(parts: Parts, others: Sequence[ChainedCamera]) -> Iterator[Service]:
    room, put, presets = parts.store.followed, parts.controller.put, parts.presets.presets
    for name, line in parts.config.joysticks.items():
        joystick = ViscaControllerService(name, parts.hardware.serial(name, line), room, put, presets, others)
        yield Service(named("joystick", name), joystick.run, wakes_on="tty")
    for name, network in parts.config.visca.items():
        yield Service(named("visca", name), ViscaControllerService(name, network, room, put, presets, others).run)
        if network.discovery:
            yield Service(f"discovery {name}", Discovery(network).run)
