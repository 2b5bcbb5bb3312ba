"""What the room shows besides its camera: a still picture instead of it, a window or monitor, frames over HTTP."""

from typing import Any

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import COUNT, FLAG, NUMBERED, whole
from appliance.simulator.model.common.table import IN_CONFERENCE, Fields, Request, Table, asking, doing, given
from appliance.simulator.model.machine.files import Files, StoredFile
from appliance.simulator.model.machine.tariff import Tariff
from appliance.simulator.option_types import CaptureSource

FRAMES_A_SECOND = whole(1, 60)


class Sharing:
    """All three end with a restart; the window or monitor also with its conference. `sources` can be captured."""

    def __init__(self, sources: tuple[CaptureSource, ...], files: Files, tariff: Tariff, emit: Emit) -> None:
        self._sources = sources
        self._files = files
        self._tariff = tariff
        self._emit = emit
        self.reset()

    def reset(self) -> None:
        """Shows nothing, without a report, as after a restart."""
        self.picture: StoredFile | None = None
        self.captured: CaptureSource | None = None
        self.frame_rate = 0  # of the own camera's frames over HTTP; 0: as on request

    def describe(self) -> Fields:
        """Returns the fields of the application state."""
        shown: dict[str, Any] = {"running": False}
        if self.captured is not None:
            shown = {"running": True, "name": self.captured.name, "id": self.captured.id}
        return {"desktopSharing": shown, "broadcastPicture": {"running": self.picture is not None, **self._picture()}}

    def start_picture(self, file_id: int | str) -> None:
        """Sends a stored picture in place of the camera."""
        self.picture = self._files.get(file_id)
        self._picture_changed()

    def stop_picture(self) -> None:
        """Sends the camera again."""
        self.showing()
        self.picture = None
        self._picture_changed()

    def showing(self) -> Fields:
        """Returns the fields of the reply to `getBroadcastPicture`; refused while there is none."""
        if self.picture is None:
            raise Refused(errors.NOT_RUNNING)
        return self._picture()

    def start_capture(self, source_id: int) -> None:
        """Shares a window or a monitor with the conference."""
        self._tariff.require("canUseDesktopSharing")
        if self.captured is not None:
            raise Refused(errors.RUNNING)
        source = next((s for s in self._sources if s.id == source_id), None)
        if source is None:
            raise Refused(errors.UNKNOWN_CAPTURE)
        self.captured = source
        self._emit("dsStarted", captureId=source.id, name=source.name)

    def stop_capture(self) -> None:
        """Ends the sharing of a window or a monitor."""
        if self.captured is None:
            raise Refused(errors.NOT_RUNNING)
        source, self.captured = self.captured, None
        self._emit("dsStopped", captureId=source.id)

    def conference_over(self) -> None:
        """Ends what was shared with the conference, together with it."""
        if self.captured is not None:
            self.stop_capture()

    def set_frames(self, frame_rate: int) -> None:
        """Sets how many frames of the own camera there are a second over HTTP; 0: one for each request."""
        if frame_rate != self.frame_rate:
            self.frame_rate = frame_rate
            self._emit("broadcastSelfieChanged", **self.frames())

    def frames(self) -> Fields:
        """Returns the fields of the reply to `getBroadcastSelfie`."""
        return {"enabled": True, "fps": self.frame_rate} if self.frame_rate else {"enabled": False}

    def _picture(self) -> Fields:
        return {} if self.picture is None else {"fileName": self.picture.name, "fileId": self.picture.id}

    def _picture_changed(self) -> None:
        running = self.picture is not None
        self._emit("broadcastPictureStateChanged", running=running, **self._picture())


def _set_frames(sharing: Sharing, request: Request) -> None:
    if request["enabled"] and "fps" not in request:
        raise Refused("missing parameter: fps")
    sharing.set_frames(request["fps"] if request["enabled"] else 0)


_PICTURE = ("broadcastPictureStateChanged",)

SHARING: Table[Sharing] = {
    "getBroadcastPicture": asking(Sharing.showing),
    "startBroadcastPicture": given(
        lambda sharing, request: sharing.start_picture(request["fileId"]),
        {"fileId": NUMBERED},
        events=_PICTURE,
    ),
    "stopBroadcastPicture": doing(Sharing.stop_picture, events=_PICTURE),
    "getBroadcastSelfie": asking(Sharing.frames),
    "setBroadcastSelfie": given(
        _set_frames, {"enabled": FLAG}, takes={"fps": FRAMES_A_SECOND}, events=("broadcastSelfieChanged",)
    ),
    "startCapture": given(
        lambda sharing, request: sharing.start_capture(request["captureId"]),
        {"captureId": COUNT},
        states=IN_CONFERENCE,
        events=("dsStarted",),
    ),
    "stopCapture": doing(Sharing.stop_capture, IN_CONFERENCE, events=("dsStopped",)),
}
