"""What a simulated room shows to others: whether it is free, and the conference that it owns."""

import msgspec

from appliance.simulator.model.people.directory import HostedConference
from appliance.simulator.model.terminal import Terminal
from appliance.terminal.messages.enums import AppState, PeerStatus


class Presence(msgspec.Struct, frozen=True):
    """What others see of a room."""

    status: PeerStatus
    hosting: HostedConference | None = None


def presence(terminal: Terminal) -> Presence:
    """Returns what others see of a room now."""
    state = terminal.app_state
    conference = terminal.calls.conference
    if state in (AppState.OFFLINE, AppState.CONNECTING, AppState.LOGIN_NEEDED):
        return Presence(PeerStatus.OFFLINE)
    if state is AppState.READY:
        return Presence(PeerStatus.AVAILABLE)
    if conference is None or state is not AppState.IN_CONFERENCE or not conference.roster.mine:
        return Presence(PeerStatus.BUSY)
    roster = conference.roster
    return Presence(PeerStatus.OWNS_CONFERENCE, HostedConference(roster.conf_id, roster.title, roster.type))
