"""All cameras that the appliance controls itself, by their names in the configuration."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from appliance.room.intents.camera import HomeLocalCamera, MoveLocalCamera
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
        self._configs: Mapping[str, CameraConfig] = {}
        self._folder = folder
        self.become(configs, open_line)

    def become(self, configs: Mapping[str, CameraConfig], open_line: Callable[[str, CameraConfig], OpenLine]) -> None:
        """Has these cameras from now on. What is configured as before stays the camera that it is; others may not run.

        Whoever has found one of the others on the line, or has `by_name`, is to look again.
        """
        before, self.by_name = self.by_name, {}
        for name, config in configs.items():
            same = self._configs.get(name) == config
            self.by_name[name] = before[name] if same else self._camera(config, open_line(name, config))
        self._configs = configs

    def _camera(self, config: CameraConfig, line: OpenLine) -> LocalCamera:
        stored = PresetService(self._folder, f"presets-{config.number}.json")
        return LocalCamera(LocalCameraService(config, stored.presets, line), stored)

    def move(self, intent: MoveLocalCamera | HomeLocalCamera) -> None:
        """Does what a person in the room wants of one of them."""
        self.by_name[intent.camera].service.ask(action_for(intent))

    def moves(self, name: str) -> bool:
        """Returns whether somebody moves the camera of this name, if there is one."""
        return name in self.by_name and self.by_name[name].service.moving

    def on_the_line(self) -> list[ChainedCamera]:
        """Returns them as VISCA controllers find them, on one line with the terminal's camera."""
        return [camera.service.chained for camera in self.by_name.values()]
