"""A newer terminal: what it no longer says, and what it numbers or names otherwise than the model, which is older."""

from collections.abc import Callable, Mapping
from typing import Any

Fields = dict[str, Any]

GONE_COMMANDS = frozenset(
    {
        *("acceptfile", "rejectfile", "getfilerequests", "getfileuploads", "getfiletransferinfo", "clearfiletransfer"),
        *("sendconferencefile", "changevideomatrix", "getfiletransferpin", "resetfiletransferpin"),
        *("checkfiletransferpin", "getshowfiletransfertools", "setshowfiletransfertools"),
        *("startupdate", "cancelupdate", "getupdateinfo"),
    }
)
"""Methods, in lower case, that the vendor's client of 2024 no longer has."""
GONE_EVENTS = frozenset(
    {
        *("hookOffPressed", "hangUpPressed", "slideShowStarted", "slideShowStopped", "slidePositionsChanged"),
        *("onSystemRatingUpdated", "cmdChatClear", "downloadProgress", "updateFailed", "appUpdateAvailable"),
        "conferenceList",  # getScheduler answers by itself
    }
)
_SHORT = ("id", "created_at", "mode", "owner", "topic", "state", "access", "invitations", "schedule_type")
_TIMES = ("start_time", "duration", "days")
_MATRIX_SETTINGS = frozenset({"defaultMultiConfMatrix", "defaultP2PMatrix"})


def said(name: str, fields: Fields) -> Fields:
    """Returns the fields of a reply or event as a newer terminal has them."""
    change = CHANGES.get(name)
    return fields if change is None else change(dict(fields))


def matrix_type(older: int) -> int:
    """Returns the number of a matrix; the one with a small corner is a matter of `selfViewMode` now."""
    return max(older - 1, min(older, 1))


def older_matrix_type(newer: int) -> int:
    """Returns a matrix as the model numbers it."""
    return newer + 1 if newer else 0


def _state(fields: Fields) -> Fields:
    sharing = {name: value for name, value in fields["desktopSharing"].items() if name != "name"}
    return {**fields, "embeddedHttpPort": int(fields["embeddedHttpPort"]), "desktopSharing": sharing}


def _stopped(fields: Fields) -> Fields:
    return {**fields, "side": fields["side"] - 1}


def _matrix(fields: Fields) -> Fields:
    slots = [{**slot, "type": 0} for slot in fields["participants"]]
    return {**fields, "matrixType": matrix_type(fields["matrixType"]), "participants": slots}


def _settings(fields: Fields) -> Fields:
    return {**fields, "settings": [_setting(each) for each in fields["settings"]]}


def _setting(fields: Fields) -> Fields:
    return {**fields, "value": matrix_type(fields["value"])} if fields["name"] in _MATRIX_SETTINGS else fields


def _licence(fields: Fields) -> Fields:
    premium = fields["value"] == "2"
    return {"value": 2 if premium else 0, "product_id": "room", "start_date": 1700000000, "end_date": 1900000000}


def _participant(fields: Fields) -> Fields:
    if "slideShowFlag" in fields:
        fields["slideShow"] = fields.pop("slideShowFlag")
    return fields


def _participants(fields: Fields) -> Fields:
    return {**fields, "participants": [_participant(dict(each)) for each in fields["participants"]]}


def _hardware(fields: Fields) -> Fields:
    old = ("audioCapturer", "audioRenderer", "videoCapturer")
    gone = {each for use in old for each in (use, f"{use}Name", f"{use}Description")}
    return {name: value for name, value in fields.items() if name not in gone}


def _widgets(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if name != "showUpcomingMeetings"}


def _schedule(fields: Fields) -> Fields:
    return {**fields, "conferences": [_meeting(each) for each in fields["conferences"]]}


def _meeting(meeting: Fields) -> Fields:
    times = {name: meeting["schedule"][name] for name in _TIMES}
    return {**{name: meeting[name] for name in _SHORT}, "schedule": times}


def _conference(fields: Fields) -> Fields:
    return {**fields, "id": fields["confId"]} if fields.get("confId") else fields


def _nameless(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if name != "name"}


def _presets(fields: Fields) -> Fields:
    return {**fields, "presets": [_nameless(each) for each in fields["presets"]]}


def _tone(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if name != "peerId"}


CHANGES: Mapping[str, Callable[[Fields], Fields]] = {
    "getAppState": _state,
    "appStateChanged": _state,
    "stopCalling": _stopped,
    "getVideoMatrix": _matrix,
    "videoMatrixChanged": _matrix,
    "getSettings": _settings,
    "settingsChanged": _setting,
    "getLicenseType": _licence,
    "getConferenceParticipants": _participants,
    "newParticipantInConference": _participant,
    "hardwareChanged": _hardware,
    "getInfoWidgetsState": _widgets,
    "getScheduler": _schedule,
    "getConferences": _conference,
    "toneDial": _tone,
    "getAllVideoCapturerPresets": _presets,
    "addPresetFromCurrentVideoCapturer": _nameless,
    "updatePresetFromCurrentVideoCapturer": _nameless,
    "videoCapturerPresetAdded": _nameless,
    "videoCapturerPresetUpdated": _nameless,
}
