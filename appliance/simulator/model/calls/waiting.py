"""Who waits for an answer, as the application state lists them."""

from collections.abc import Iterator
from typing import Any

from appliance.simulator.model.calls.conference import Conference
from appliance.simulator.model.conversation.invitation import Invitation
from appliance.simulator.model.people.directory import Directory


def requests(invitation: Invitation | None, conference: Conference | None, directory: Directory) -> dict[str, Any]:
    """Returns the `requests` of the application state, by kind; kinds of which nobody waits are not there."""
    found = dict(_in(conference)) if conference is not None else {}
    if invitation is not None:
        found = {invitation.request_kind: [invitation.peer_id], **found}
    return {
        kind: [directory.party_or_room(peer_id) for peer_id in waiting] for kind, waiting in found.items() if waiting
    }


def _in(conference: Conference) -> Iterator[tuple[str, list[str]]]:
    yield "incomingJoinToMyConf", list(conference.admission.asking)
    yield "outgoingJoinToMyConf", list(conference.admission.invited)
    yield "incomingRecord", list(conference.participants.asking_to_record)
    yield from conference.podium.requests().items()
