"""What a program did, in words for the display."""

import pytest

from appliance.services.deeds import words
from appliance.share.deeds import Deed
from appliance.terminal.messages.every import COMMANDS


@pytest.mark.parametrize(
    ("method", "mute", "said"),
    [
        ("setMicMute", True, "Muted by crestron"),
        ("SETMICMUTE", False, "Unmuted by crestron"),
        ("setMicMute", None, None),
        ("setAudioMute", True, "Loudspeaker muted by crestron"),
        ("setAudioMute", False, "Loudspeaker unmuted by crestron"),
        ("setVideoMute", True, "Camera switched off by crestron"),
        ("setVideoMute", False, "Camera switched on by crestron"),
        ("call", None, "Call placed by crestron"),
        ("accept", None, "Call answered by crestron"),
        ("reject", None, None),
        ("hangUp", None, "Call ended by crestron"),
        ("createConference", None, "Conference opened by crestron"),
        ("ptzLeft", None, None),
        ("setSettings", None, None),
    ],
)
def test_what_the_room_sees_is_said(method: str, mute: bool | None, said: str | None) -> None:
    assert method.lower() in {each.lower() for each in COMMANDS}
    text = words(Deed("crestron", method, 0.0, mute))
    assert (None if text is None else str(text)) == said
