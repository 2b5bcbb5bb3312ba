"""All cameras that the appliance controls itself, by their names in the configuration."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from appliance.room.intents import HomeLocalCamera, MoveLocalCamera
from appliance.services.cameras.local import LocalCameraService, action_for
from appliance.services.cameras.presets import PresetService
from drivers.visca.camera.chain import ChainedCamera
from drivers.visca.config import CameraConfig
from drivers.visca.controller.driven import OpenLine


class LocalCamera(NamedTuple):
    """One camera, and what keeps its stored positions."""

    service: LocalCameraService
    stored: PresetService


class LocalCameras:
    """Built from `[cameras]`; `open_line` opens the line of one, `folder` is where stored positions are kept."""

    def __init__(
        self,
        configs: Mapping[str, CameraConfig],
        open_line: Callable[[str, CameraConfig], OpenLine],
        folder: Path | None,
    ) -> None:
        self.by_name = dict[str, LocalCamera]()
        for name, config in configs.items():
            stored = PresetService(folder, f"presets-{config.number}.json")
            service = LocalCameraService(config, stored.presets, open_line(name, config))
            self.by_name[name] = LocalCamera(service, stored)

    def move(self, intent: MoveLocalCamera | HomeLocalCamera) -> None:
        """Does what a person in the room wants of one of them."""
        self.by_name[intent.camera].service.ask(action_for(intent))

    def moves(self, name: str) -> bool:
        """Returns whether somebody moves the camera of this name, if there is one."""
        return name in self.by_name and self.by_name[name].service.moving

    def on_the_line(self) -> list[ChainedCamera]:
        """Returns them as VISCA controllers find them, on one line with the terminal's camera."""
        return [camera.service.chained for camera in self.by_name.values()]
