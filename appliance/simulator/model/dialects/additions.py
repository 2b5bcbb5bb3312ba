"""What newer terminals say beside the old fields; the model itself speaks as the manual does.

The default terminal says both where they do not contradict each other, so that clients of either generation find what
they look for. Each function adds to the fields of one message, told by name.
"""

from collections.abc import Callable, Mapping
from typing import Any

from appliance.simulator.model.messaging.newer_transfers import offer
from appliance.simulator.model.terminal_face import Face
from appliance.terminal.messages.enums import PeerStatus
from appliance.terminal.messages.newer.values import ExtStatus, SelfViewMode

Fields = dict[str, Any]
Add = Callable[[Face, Fields], Fields]

CORNER = 1  # the matrix with the own picture in a corner, as older terminals number it
_STATUSES = {
    PeerStatus.INVALID: ExtStatus.INVALID,
    PeerStatus.OFFLINE: ExtStatus.OFFLINE,
    PeerStatus.AVAILABLE: ExtStatus.AVAILABLE,
    PeerStatus.BUSY: ExtStatus.BUSY,
    PeerStatus.OWNS_CONFERENCE: ExtStatus.OWNS_CONFERENCE,
}
_MODES = {0: "PxP", 1: "OxP", 3: "S|L"}


def added(face: Face, name: str, fields: Fields) -> Fields:
    """Returns the fields of a reply or event with those that newer terminals have beside them."""
    add = ADDITIONS.get(name)
    return fields if add is None else {**fields, **add(face, fields)}


def _state(face: Face, fields: Fields) -> Fields:
    sharing = fields.get("desktopSharing", {})
    if "name" in sharing:
        sharing = {**sharing, "windowName": sharing["name"], "sourceType": 0}
    status = {"extStatus": face.ext_status, "additionalStatus": face.additional_status}
    return {**status, "recording": False, "desktopSharing": sharing}


def _ptz(face: Face, fields: Fields) -> Fields:
    axes = {axis: fields[axis] for axis in ("pan", "tilt", "zoom")}
    name, description = face.camera_in_use
    return {
        **{axis: _axis(each) for axis, each in axes.items()},
        "videoCapturerName": name,
        "videoCapturerDescription": description,
    }


def _axis(axis: Fields) -> Fields:
    return {**axis, "isContinuousType": True, "inverted": False} if axis["support"] else axis


def _matrix(face: Face, fields: Fields) -> Fields:
    own = SelfViewMode.OVER_LAYOUT if fields["matrixType"] == CORNER else SelfViewMode.IN_LAYOUT
    return {"selfViewMode": int(own), "hiddenVideoSlots": list(face.hidden)}


def _hardware(_face: Face, fields: Fields) -> Fields:
    lists = ("audioCapturers", "audioRenderers", "videoCapturers")
    devices = {name: [{**device, "type": 0} for device in fields[name]] for name in lists}
    devices["videoCapturers"] = [{**device, "connected": True} for device in devices["videoCapturers"]]
    types = dict.fromkeys(("currentAudioCapturerType", "currentAudioRendererType", "currentVideoCapturerType"), 0)
    return {**devices, **types}


def _all_hardware(face: Face, fields: Fields) -> Fields:
    return {**_hardware(face, fields), "comPorts": list(face.com_ports), "defaultContentSource": ""}


def _widgets(_face: Face, fields: Fields) -> Fields:
    return {"upcomingMeetingsComponentDisplaying": fields["showUpcomingMeetings"]}


def _modes(face: Face, _fields: Fields) -> Fields:
    return {"videoCapturerDescription": face.camera_in_use[1]}


def _statuses(_face: Face, fields: Fields) -> Fields:
    return {"usersStatuses": [{**each, **_status(each["status"])} for each in fields["usersStatuses"]]}


def _status(status: int) -> Fields:
    ext = int(_STATUSES.get(PeerStatus(status), ExtStatus.AVAILABLE))
    return {"extStatus": ext, "lastOnlineTime": 0, "additionalStatus": "", "isEditable": True}


def _participants(_face: Face, fields: Fields) -> Fields:
    return {"participants": [{**each, **_PARTICIPANT} for each in fields["participants"]]}


def _participant(_face: Face, _fields: Fields) -> Fields:
    return _PARTICIPANT


def _conference(_face: Face, fields: Fields) -> Fields:
    group = fields.get("confType", 0) != 0
    return {"isSmartMeeting": False, **({"maxParticipants": 10} if group else {})}


def _list(_face: Face, fields: Fields) -> Fields:
    return {"conferences": [{**each, **_meeting(each)} for each in fields["conferences"]]}


def _schedule(face: Face, _fields: Fields) -> Fields:
    conferences = [{**each, **_meeting(each)} for each in face.meetings()]
    return {"cnt": len(conferences), "conferences": conferences}


def _meeting(meeting: Fields) -> Fields:
    times = {**meeting["schedule"], "days": [0] * 7}
    mode = _MODES.get(meeting["type"], "PxP")
    return {"mode": mode, "access": "private", "schedule_type": "once", "schedule": times}


def _tone(_face: Face, fields: Fields) -> Fields:
    return {"callId": fields["peerId"]} if "peerId" in fields else {}


def _sent(face: Face, _fields: Fields) -> Fields:
    return {"sentFileRequestId": face.latest_transfer}


def _received_too(face: Face, fields: Fields) -> Fields:
    return offer(face.transfer(fields["id"])) if "id" in fields else {}  # without: file_events.py has added it


_PARTICIPANT: Fields = {"pinned": False}
ADDITIONS: Mapping[str, Add] = {
    "getAppState": _state,
    "appStateChanged": _state,
    "getPtzControls": _ptz,
    "ptzControlsChanged": _ptz,
    "getVideoMatrix": _matrix,
    "videoMatrixChanged": _matrix,
    "getHardware": _all_hardware,
    "hardwareChanged": _hardware,
    "getInfoWidgetsState": _widgets,
    "getModes": _modes,
    "usersStatusesChanged": _statuses,
    "getConferenceParticipants": _participants,
    "newParticipantInConference": _participant,
    "conferenceCreated": _conference,
    "getConferences": _conference,
    "conferenceList": _list,
    "getScheduler": _schedule,
    "toneDial": _tone,
    "sendFile": _sent,
    "receivedFileRequest": _received_too,
}
