"""Ids with an instance, as newer terminals name whoever is in a conference: `user@server/instance`.

Which of their messages do so is told for a few only ("many events"). Here it is one rule for all: a message about
people in the conference names their instances, and one about people as the server knows them (contacts, calls, chats,
files) names users. A client may name somebody either way, except where the vendor's pages want one of the two.
"""

import zlib
from collections.abc import Callable
from typing import Any

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.errors import Refused

Fields = dict[str, Any]

NAMES = frozenset(
    {
        *("peerId", "callId", "cameraOwnerCallId"),
        *("callIdList", "hiddenVideoSlots", "participants", "inviteList"),  # lists of ids, or of structures
    }
)
"""Fields and parameters that name people."""
MESSAGES = frozenset(
    {
        *("getConferenceParticipants", "newParticipantInConference", "participantLeftConference"),
        *("getVideoMatrix", "videoMatrixChanged", "videoSlotMovedToMonitor", "videoSlotRemovedFromMonitor"),
        *("deviceStatusReceived", "extraVideoFlowNotify", "receiversInfoUpdated"),
        *("recordRequest", "recordRequestReply", "userRecordingMeStatusChanged"),
        *("roleEventOccured", "incomingRequestToPodiumAnswered"),
        *("getRemotelyControlledCameras", "getIncomingCameraControlRequests", "getOutgoingCameraControlRequests"),
        *("requestCameraControlSent", "requestCameraControlReceived", "remotelyControlledCameraNotAvailableAnymore"),
        *("incomingRequestCameraControlAccepted", "incomingRequestCameraControlRejected"),
        *("outgoingRequestCameraControlAccepted", "outgoingRequestCameraControlRejected"),
    }
)
"""Replies and events about people in the conference."""
RECEIVERS, REQUESTS = "receivers", "requests"
PARTS = {"getSystemInfo": RECEIVERS, "getAppState": REQUESTS, "appStateChanged": REQUESTS}
"""Messages of which one part is about them."""
INSIDE = ("Podium", "Record")
"""Kinds of `requests` that come from people in the conference; the others call or want to join."""
NEEDED = frozenset({"turnremotemic", "turnremotecamera"})
"""Methods, in lower case, that take no user."""
REFUSED = frozenset({"sendfile"})
"""Methods, in lower case, that take no instance."""


def instance_of(peer_id: str) -> str:
    """Returns the id of a participant, which names user, server and instance."""
    return f"{peer_id}/{zlib.crc32(peer_id.encode()):08x}" if "@" in peer_id and "/" not in peer_id else peer_id


def without_instance(peer_id: str) -> str:
    """Returns the id of a user, whoever of their instances was named."""
    user, _, _instance = peer_id.partition("/")
    return user if "@" in user else peer_id  # a link may be called, too


def said(name: str, fields: Fields) -> Fields:
    """Returns a reply or an event with the instances of the people in the conference whom it names."""
    if name in MESSAGES:
        return _each(fields, instance_of)
    part = PARTS.get(name, "")
    return {**fields, part: _inside(fields[part])} if part in fields else fields


def asked(request: Fields) -> Fields:
    """Returns a request with the ids of users, as the model knows people."""
    return _each(request, without_instance)


def check(request: Fields) -> None:
    """Refuses a user where a newer terminal takes instances only, and the other way round."""
    method, peer_id = request["method"].lower(), request.get("peerId", request.get("callId"))
    if not isinstance(peer_id, str) or method not in NEEDED | REFUSED:
        return
    if (peer_id != without_instance(peer_id)) is (method in REFUSED):
        raise Refused(errors.UNKNOWN_PEER if method in REFUSED else errors.NOT_IN_CONFERENCE)


def _inside(part: object) -> object:
    """Returns a list of people, or such lists by kind, of which only some are about people in the conference."""
    if not isinstance(part, dict):
        return _renamed("", part, instance_of)
    return {kind: _renamed("", people, instance_of) if _is_inside(kind) else people for kind, people in part.items()}


def _is_inside(kind: str) -> bool:
    return any(word in kind for word in INSIDE)


def _each(fields: Fields, rename: Callable[[str], str]) -> Fields:
    return {name: _renamed(name, value, rename) for name, value in fields.items()}


def _renamed(name: str, value: object, rename: Callable[[str], str]) -> object:
    """Returns the value of a field with every id in it renamed, however deep it is."""
    if isinstance(value, list):
        return [_renamed(name, each, rename) for each in value]
    if isinstance(value, dict):
        return _each(value, rename)
    return rename(value) if isinstance(value, str) and name in NAMES else value
