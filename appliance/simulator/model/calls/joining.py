r"""Conferences that the room can join by address, `\c\ID`: those of peers, and the server's planned meetings."""

from collections.abc import Callable

import msgspec

from appliance.simulator.model.people.directory import Directory, HostedConference, Peer
from appliance.simulator.model.people.schedule import Meeting, Schedule
from appliance.terminal.messages.enums import ConferenceType, RejectCause

PREFIX = "\\c\\"


class Joinable(msgspec.Struct, frozen=True):
    """What there is at an address; `refusal` says why the room cannot join now, if it cannot."""

    conference: HostedConference
    owner: str
    members: tuple[Peer, ...]
    refusal: RejectCause | None


class Joining:
    """Looks addresses up. `wall_clock` returns Unix seconds."""

    def __init__(self, domain: str, directory: Directory, schedule: Schedule, wall_clock: Callable[[], float]) -> None:
        self._domain = domain
        self._directory = directory
        self._schedule = schedule
        self._wall_clock = wall_clock

    def find(self, address: str, pin: str) -> Joinable:
        """Returns what there is at an address; a conference without an id if there is nothing."""
        name = address.removeprefix(PREFIX)
        meeting = self._schedule.find(name)
        host = self._directory.host_of(name)
        conference = host.hosting if host else self._as_hosted(meeting)
        owner = host.peer_id if host else meeting.plan.owner if meeting else ""
        peer = self._directory.find(owner)
        return Joinable(
            conference or HostedConference("", "", ConferenceType.SYMMETRIC),
            owner,
            (peer,) if peer and peer.online else (),
            host.hosting.refusal_of(pin) if host and host.hosting else self._refusal_of(meeting, pin),
        )

    def _refusal_of(self, meeting: Meeting | None, pin: str) -> RejectCause | None:
        at = self._wall_clock()
        if meeting is None:
            return RejectCause.CONFERENCE_NOT_FOUND
        if not meeting.running(at):
            return RejectCause.NOT_ACTIVE_YET if at < meeting.start else RejectCause.CONFERENCE_OVER
        if pin == meeting.plan.pin:
            return None
        return RejectCause.WRONG_PASSWORD if pin else RejectCause.PASSWORD_NEEDED

    def _as_hosted(self, meeting: Meeting | None) -> HostedConference | None:
        if meeting is None:
            return None
        return HostedConference(f"{meeting.plan.id}@{self._domain}#vcs", meeting.plan.topic, meeting.plan.type)
