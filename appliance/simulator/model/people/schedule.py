"""The planned meetings of the server behind the terminal."""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.table import Table, doing
from appliance.simulator.options import PlannedMeeting, SimulatorOptions
from appliance.terminal.messages.enums import ConferenceType, MeetingType

RIGHTS = {
    **{
        f"{what}_{way}": True
        for what in ("chat", "slide_show", "white_board", "file_transfer")
        for way in ("send", "rcv")
    },
    "desktop_sharing": True,
    "recording": True,
    **{f"{what}_{way}": True for what in ("audio", "video") for way in ("send", "rcv")},
}

TYPES = {  # a scheduled conference has numbers of its own for its kind
    ConferenceType.SYMMETRIC: MeetingType.SYMMETRIC,
    ConferenceType.ASYMMETRIC: MeetingType.ASYMMETRIC,
    ConferenceType.ROLE_BASED: MeetingType.ROLE_BASED,
}


class Meeting(msgspec.Struct, frozen=True):
    """A scheduled conference with its times in Unix seconds."""

    plan: PlannedMeeting
    start: int
    end: int

    def running(self, at: float) -> bool:
        """Returns whether it takes place at that time (Unix seconds)."""
        return self.start <= at < self.end

    def describe(self, at: float, domain: str) -> dict[str, Any]:
        """Returns the meeting as the wire has it at that time (Unix seconds)."""
        plan = self.plan
        return {
            "id": plan.id,
            "type": int(TYPES[plan.type]),
            "topic": plan.topic,
            "owner": plan.owner,
            "description": "",
            "max_podiums": 36,
            "max_participants": 36,
            "schedule": {
                "type": 1,
                "start_time": self.start,
                "time_offset": 0,
                "special_time_offset": 180,
                "duration": self.end - self.start,
            },
            "invitations": [{"id": plan.owner, "display_name": plan.owner}],
            "allow_guests": False,
            "rights": {"guest": RIGHTS, "user": RIGHTS},
            "auto_invite": 0,
            "state": "running" if self.running(at) else "stopped",
            "url": f"https://{domain}/c/{plan.id}",
            "webclient_url": f"https://{domain}/webrtc/{plan.id}",
            "created_at": self.start - 86400,
            "multicast_enable": False,
            "multicast_address": None,
            "tags": [],
            "recording": 0,
            "stream_recording_state": 0,
            "broadcast_enabled": False,
            "broadcast_id": None,
            "broadcast": None,
            "allow_only_planned_participants": False,
        }


class Schedule:
    """The planned meetings. `wall_clock` returns Unix seconds."""

    def __init__(self, options: SimulatorOptions, wall_clock: Callable[[], float], emit: Emit) -> None:
        self._wall_clock = wall_clock
        self._emit = emit
        self._domain = options.domain
        self._meetings = tuple(_meetings(options.meetings, int(wall_clock())))

    def find(self, meeting_id: str) -> Meeting | None:
        """Returns a meeting by its id."""
        return next((meeting for meeting in self._meetings if meeting.plan.id == meeting_id), None)

    def describe(self) -> list[dict[str, Any]]:
        """Returns the meetings as the wire has them."""
        return [meeting.describe(self._wall_clock(), self._domain) for meeting in self._meetings]

    def send(self) -> None:
        """Sends the meetings, which is how `getScheduler` answers."""
        meetings = self.describe()
        self._emit("conferenceList", cnt=len(meetings), conferences=meetings, succeed=True)


def _meetings(plans: Iterable[PlannedMeeting], now: int) -> Iterable[Meeting]:
    for plan in plans:
        start = now + int(plan.starts_in)
        yield Meeting(plan, start, start + int(plan.duration))


SCHEDULE: Table[Schedule] = {"getScheduler": doing(Schedule.send, events=("conferenceList",))}
