"""What the room shows besides its camera: a picture in its place, a window or monitor, its own frames over HTTP."""

from typing import TYPE_CHECKING, Any

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.option_types import CaptureSource
from appliance.simulator.model.parameters import COUNT, FLAG, NUMBERED, whole
from appliance.simulator.model.table import IN_CONFERENCE, Fields, Request, Table, asking, doing, given

if TYPE_CHECKING:
    from appliance.simulator.model.machine.files import StoredFile
    from appliance.simulator.model.terminal import Terminal

FRAMES_A_SECOND = whole(1, 60)


class Sharing:
    """The three; none goes on by itself after a restart, capturing ends with its conference."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self.reset()

    def reset(self) -> None:
        """As after a restart: nothing is shown."""
        self.picture: StoredFile | None = None
        self.captured: CaptureSource | None = None
        self.frame_rate = 0  # of the own camera's frames over HTTP; 0: as on request

    def describe(self) -> Fields:
        """The fields of the application state."""
        shown: dict[str, Any] = {"running": False}
        if self.captured is not None:
            shown = {"running": True, "name": self.captured.name, "id": self.captured.id}
        return {"desktopSharing": shown, "broadcastPicture": {"running": self.picture is not None, **self._picture()}}

    def start_picture(self, file_id: int | str) -> None:
        """A stored file goes out in place of the camera."""
        self.picture = self._terminal.files.get(file_id)
        self._picture_changed()

    def stop_picture(self) -> None:
        """The camera goes out again."""
        self.showing()
        self.picture = None
        self._picture_changed()

    def showing(self) -> Fields:
        """The fields of the reply to `getBroadcastPicture`; refused while there is none."""
        if self.picture is None:
            raise Refused(errors.NOT_RUNNING)
        return self._picture()

    def start_capture(self, source_id: int) -> None:
        """Shows a window or a monitor to the conference."""
        self._terminal.tariff.require("canUseDesktopSharing")
        if self.captured is not None:
            raise Refused(errors.RUNNING)
        source = next((s for s in self._terminal.options.capture_sources if s.id == source_id), None)
        if source is None:
            raise Refused(errors.UNKNOWN_CAPTURE)
        self.captured = source
        self._terminal.emit("dsStarted", captureId=source.id, name=source.name)

    def stop_capture(self) -> None:
        """Shows it no more."""
        if self.captured is None:
            raise Refused(errors.NOT_RUNNING)
        source, self.captured = self.captured, None
        self._terminal.emit("dsStopped", captureId=source.id)

    def conference_over(self) -> None:
        """What was shown to the conference ends with it."""
        if self.captured is not None:
            self.stop_capture()

    def set_frames(self, frame_rate: int) -> None:
        """How often the own camera's frame over HTTP is a new one; 0: whenever it is asked for."""
        if frame_rate != self.frame_rate:
            self.frame_rate = frame_rate
            self._terminal.emit("broadcastSelfieChanged", **self.frames())

    def frames(self) -> Fields:
        """The fields of the reply to `getBroadcastSelfie`."""
        return {"enabled": True, "fps": self.frame_rate} if self.frame_rate else {"enabled": False}

    def _picture(self) -> Fields:
        return {} if self.picture is None else {"fileName": self.picture.name, "fileId": self.picture.id}

    def _picture_changed(self) -> None:
        running = self.picture is not None
        self._terminal.emit("broadcastPictureStateChanged", running=running, **self._picture())


def _set_frames(terminal: "Terminal", request: Request) -> None:
    if request["enabled"] and "fps" not in request:
        raise Refused("missing parameter: fps")
    terminal.sharing.set_frames(request["fps"] if request["enabled"] else 0)


_PICTURE = ("broadcastPictureStateChanged",)

SHARING: Table = {
    "getBroadcastPicture": asking(lambda terminal: terminal.sharing.showing()),
    "startBroadcastPicture": given(
        lambda terminal, request: terminal.sharing.start_picture(request["fileId"]),
        {"fileId": NUMBERED},
        events=_PICTURE,
    ),
    "stopBroadcastPicture": doing(lambda terminal: terminal.sharing.stop_picture(), events=_PICTURE),
    "getBroadcastSelfie": asking(lambda terminal: terminal.sharing.frames()),
    "setBroadcastSelfie": given(
        _set_frames, {"enabled": FLAG}, takes={"fps": FRAMES_A_SECOND}, events=("broadcastSelfieChanged",)
    ),
    "startCapture": given(
        lambda terminal, request: terminal.sharing.start_capture(request["captureId"]),
        {"captureId": COUNT},
        states=IN_CONFERENCE,
        events=("dsStarted",),
    ),
    "stopCapture": doing(lambda terminal: terminal.sharing.stop_capture(), IN_CONFERENCE, events=("dsStopped",)),
}
