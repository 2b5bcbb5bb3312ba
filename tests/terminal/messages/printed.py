"""What the manual prints, and where it is wrong, as data."""

import json
from pathlib import Path
from typing import Any

EXAMPLES = json.loads((Path(__file__).parents[2] / "data" / "examples.json").read_text())
NAMES = [command["name"] for command in EXAMPLES["commands"]]
EVENT_NAMES = [event["name"] for event in EXAMPLES["events"]]
REQUESTS = [(c["name"], request) for c in EXAMPLES["commands"] for request in c.get("requests", [])]
REPLIES = [(c["name"], reply) for c in EXAMPLES["commands"] for reply in c.get("replies", [])]
EVENTS = [(e["name"], example) for e in EXAMPLES["events"] for example in e["examples"]]

WIRE_NAME = {"detailsInfo": "detailInfo"}  # a heading that is not the name of its event

# a request printed under another method than its heading's
WRONG_METHOD = {
    "acceptInvitationToPodium": "acceptInvintationToPodium",
    "remotelyControlledCameraPtzDown": "remotelyControlledCameraPtzUp",
}
# a reply printed under another method than its request's, or under none
WRONG_REPLY_METHOD = {
    "acceptInvitationToPodium": "acceptInvintationToPodium",
    "renameGroup": "removeGroup",
    "sendGroupMessage": "sendMessage",
    "getContactDetails": None,
    "getAudioDelayDetectorInfo": None,
}
NO_RESULT = {"getAudioDelayDetectorInfo"}  # a reply printed without `result`
REPLY_IS_AN_EVENT = {"getScheduler"}
# an event printed under another name than its heading's
WRONG_EVENT_NAME = {
    "detailsInfo": "detailInfo",
    "audioDelayDetectorTestStateChanged": "onSystemRatingUpdated",
    "outgoingRequestCameraControlRejected": "",
}
# fields that an example spells otherwise than we write them
RESPELT: dict[str, dict[str, str | None]] = {
    "contactUnblocked": {"peedDn": "peerDn"},
    "getContactDetails": {"peerDn": None},  # stands where `method` is meant
    "hardwareChanged": {
        "audioCapturer": "audioCapturers",
        "audioRenderer": "audioRenderers",
        "videoCapturer": "videoCapturers",
        "audioCapturerName": "currentAudioCapturerName",
        "audioCapturerDescription": "currentAudioCapturerDescription",
        "audioRendererName": "currentAudioRendererName",
        "audioRendererDescription": "currentAudioRendererDescription",
        "videoCapturerName": "currentVideoCapturerName",
        "videoCapturerDescription": "currentVideoCapturerDescription",
    },
}
# fields printed with the wrong JSON type; we write the right one
RETYPED: dict[str, dict[str, Any]] = {
    "getAppState": {"embeddedHttpPort": 10061},
    "appStateChanged": {"embeddedHttpPort": 10061},
    "getLicenseType": {"value": 2},
}


def as_meant(name: str, message: dict[str, Any]) -> dict[str, Any]:
    """An example with what the manual gets wrong put right."""
    spelling = RESPELT.get(name, {})
    fields = {spelling.get(key, key): value for key, value in message.items()}
    return {key: value for key, value in fields.items() if key is not None} | RETYPED.get(name, {})
