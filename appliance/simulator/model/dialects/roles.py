"""Roles in lists of participants, as newer terminals number them: 3 asks for the podium, 4 is invited to it.

An older terminal has 4 for somebody on the podium. A newer one tells that by `broadcast`; here whoever speaks has the
role of everybody else, since no source says which.
"""

from typing import Any

from appliance.simulator.model.terminal_face import Face
from appliance.terminal.messages.enums import ConferenceRole
from appliance.terminal.messages.newer.values import NewerRole

Fields = dict[str, Any]


def said(face: Face, name: str, fields: Fields) -> Fields:
    """Returns a reply or an event with the roles of a newer terminal; people are still named as the model does."""
    if name == "newParticipantInConference":
        return _numbered(face, fields)
    if name == "getConferenceParticipants":
        return {**fields, "participants": [_numbered(face, each) for each in fields["participants"]]}
    return fields


def _numbered(face: Face, participant: Fields) -> Fields:
    return {**participant, "role": _role(face, participant)} if "role" in participant else participant


def _role(face: Face, participant: Fields) -> int:
    if participant["peerId"] in face.invited_to_podium:
        return int(NewerRole.INVITED_TO_PODIUM)
    if participant["peerId"] in face.asking_for_podium:
        return int(NewerRole.ASKS_FOR_PODIUM)
    speaks = participant["role"] == ConferenceRole.REPORTER
    return int(ConferenceRole.COMMON if speaks else participant["role"])
