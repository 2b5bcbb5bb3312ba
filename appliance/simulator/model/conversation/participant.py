"""What the room knows of one participant."""

from typing import Any

from appliance.simulator.model.people.directory import Peer
from appliance.terminal.messages.enums import DeviceState

CAMERA, CONTENT, CAMERA_ONLY = 0, 1, 2  # `extraVideo`: what is shown, and whether there is anything else


class Participant:
    """Somebody in the conference besides the room."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self.mic = DeviceState.ON
        self.video = DeviceState.ON
        self.audio_received = True  # by the room
        self.video_received = True  # by the room
        self.extra = CAMERA
        self.moderator = False
        self.records = False  # the room
        self.slides = ""  # the title of their slide show; empty: none

    def describe(self) -> dict[str, Any]:
        """Returns what a list of participants says of them besides name and rank."""
        return {
            "recordingMe": self.records,
            "recordingByMe": False,
            "mic": int(self.mic),
            "video": int(self.video),
            "slideShowFlag": self.slides != "",
            "audioReceiving": self.audio_received,
            "videoReceiving": self.video_received,
            "extraVideo": self.extra,
        }

    def receiver(self) -> dict[str, Any]:
        """Returns the stream that the room receives from them; the numbers are merely plausible."""
        shown = self.video_received and self.video is DeviceState.ON
        return {
            "bitrate": 261 if shown else 32 if self.audio_received else 0,
            "streamFormat": "VP8" if shown else "None",
            "frameRate": 15.0 if shown else 0.0,
            "resolutionWidth": 640 if shown else 0,
            "resolutionHeight": 360 if shown else 0,
        }
