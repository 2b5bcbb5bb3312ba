"""The terminal's own pan-tilt-zoom camera. Movements go on until `stop`. Presets need a newer terminal.

Written by scripts/client.py from the message types and the catalogue.
"""

import msgspec

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.devices import (
    GetPtzControls,
    PtzDown,
    PtzLeft,
    PtzReply,
    PtzRight,
    PtzStop,
    PtzUp,
    PtzZoomIn,
    PtzZoomOut,
    SetPanPos,
    SetPtzDefaults,
    SetTiltPos,
    SetZoomPos,
)
from appliance.terminal.messages.presets import (
    AddPreset,
    ApplyPreset,
    ChangePreset,
    GetPresets,
    Place,
    PresetReply,
    PresetsReply,
    RemovePreset,
    StorePreset,
    UpdatePreset,
)


class Ptz(CommandGroup):
    """The terminal's own pan-tilt-zoom camera. Movements go on until `stop`. Presets need a newer terminal."""

    async def controls(self) -> PtzReply:
        """Asks what the camera can do and where it looks.

        Method `getPtzControls`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetPtzControls(), PtzReply)

    async def left(self) -> None:
        """Starts panning left.

        Method `ptzLeft`; for administrator and user. May be followed by: ptzControlsChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(PtzLeft(), Reply)

    async def right(self) -> None:
        """Starts panning right.

        Method `ptzRight`; for administrator and user. May be followed by: ptzControlsChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(PtzRight(), Reply)

    async def up(self) -> None:
        """Starts tilting up.

        Method `ptzUp`; for administrator and user. May be followed by: ptzControlsChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(PtzUp(), Reply)

    async def down(self) -> None:
        """Starts tilting down.

        Method `ptzDown`; for administrator and user. May be followed by: ptzControlsChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(PtzDown(), Reply)

    async def zoom_in(self) -> None:
        """Starts zooming in.

        Method `ptzZoomInc`; for administrator and user. May be followed by: ptzControlsChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(PtzZoomIn(), Reply)

    async def zoom_out(self) -> None:
        """Starts zooming out.

        Method `ptzZoomDec`; for administrator and user. May be followed by: ptzControlsChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(PtzZoomOut(), Reply)

    async def stop(self) -> None:
        """Stops every movement of the camera.

        Method `ptzStop`; for administrator and user. May be followed by: ptzControlsChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(PtzStop(), Reply)

    async def pan_to(self, pos: float) -> None:
        """Pans to `pos`, in the units and range of getPtzControls.

        `pos`: In the units and the range of `getPtzControls`.

        Method `setPanPos`; for administrator and user. May be followed by: ptzControlsChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetPanPos(pos=pos), Reply)

    async def tilt_to(self, pos: float) -> None:
        """Tilts to `pos`, in the units and range of getPtzControls.

        `pos`: In the units and the range of `getPtzControls`.

        Method `setTiltPos`; for administrator and user. May be followed by: ptzControlsChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetTiltPos(pos=pos), Reply)

    async def zoom_to(self, pos: float) -> None:
        """Zooms to `pos`, in the units and range of getPtzControls.

        `pos`: In the units and the range of `getPtzControls`.

        Method `setZoomPos`; for administrator and user. May be followed by: ptzControlsChanged. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetZoomPos(pos=pos), Reply)

    async def home(self) -> None:
        """Drives pan, tilt and zoom to their defaults.

        Method `setPtzDefaults`; for administrator and user. May be followed by: ptzControlsChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(SetPtzDefaults(), Reply)

    async def presets(self) -> PresetsReply:
        """Asks for the presets.

        Method `getAllVideoCapturerPresets`; for administrator and user. Newer terminals only (Room 4.2 and later);
        known from a client only. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(GetPresets(), PresetsReply)

    async def add_preset(self, *, name: str | msgspec.UnsetType = msgspec.UNSET) -> PresetReply:
        """Stores where the camera looks now as a new preset.

        Method `addPresetFromCurrentVideoCapturer`; for administrator and user. Newer terminals only (Room 4.2 and
        later); documented by the vendor. May be followed by: videoCapturerPresetAdded. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(AddPreset(name=name), PresetReply)

    async def apply_preset(self, preset_id: str) -> None:
        """Drives the camera to a preset.

        `preset_id`: The preset.

        Method `applyVideoCapturerPreset`; for administrator and user. Newer terminals only (Room 4.2 and later);
        known from a client only. May be followed by: videoCapturerPresetApplied, ptzControlsChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(ApplyPreset(preset_id=preset_id), Reply)

    async def update_preset(self, preset_id: str) -> PresetReply:
        """Stores where the camera looks now in a preset that exists.

        `preset_id`: The preset.

        Method `updatePresetFromCurrentVideoCapturer`; for administrator and user. Newer terminals only (Room 4.2
        and later); documented by the vendor. May be followed by: videoCapturerPresetUpdated. Raises `Refused`,
        `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(UpdatePreset(preset_id=preset_id), PresetReply)

    async def remove_preset(self, preset_id: str) -> None:
        """Removes a preset.

        `preset_id`: The preset.

        Method `removeVideoCapturerPreset`; for administrator and user. Newer terminals only (Room 4.2 and later);
        known from a client only. May be followed by: videoCapturerPresetRemoved. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`.
        """
        await self._ask(RemovePreset(preset_id=preset_id), Reply)

    async def store_preset(
        self, camera_name: str, com_port: str, pan: Place, tilt: Place, zoom: Place, preview: Place, *, is_muted: bool
    ) -> PresetReply:
        """Stores a place of a camera as a new preset, wherever the camera looks now.

        `com_port`: Empty for a camera that is not driven on a serial port.
        `preview`: A picture, as base64.

        Method `addVideoCapturerPreset`; for administrator and user. Newer terminals only (Room 4.2 and later);
        documented by the vendor. May be followed by: videoCapturerPresetAdded. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(
            StorePreset(
                camera_name=camera_name,
                is_muted=is_muted,
                com_port=com_port,
                pan=pan,
                tilt=tilt,
                zoom=zoom,
                preview=preview,
            ),
            PresetReply,
        )

    async def change_preset(
        self,
        preset_id: str,
        camera_name: str,
        com_port: str,
        pan: Place,
        tilt: Place,
        zoom: Place,
        preview: Place,
        *,
        is_muted: bool,
    ) -> None:
        """Stores a place of a camera in a preset that exists, wherever the camera looks now.

        `preset_id`: The preset.
        `com_port`: Empty for a camera that is not driven on a serial port.
        `preview`: A picture, as base64.

        Method `updateVideoCapturerPreset`; for administrator and user. Newer terminals only (Room 4.2 and later);
        known from a client only. May be followed by: videoCapturerPresetUpdated. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`.
        """
        await self._ask(
            ChangePreset(
                preset_id=preset_id,
                camera_name=camera_name,
                is_muted=is_muted,
                com_port=com_port,
                pan=pan,
                tilt=tilt,
                zoom=zoom,
                preview=preview,
            ),
            Reply,
        )
