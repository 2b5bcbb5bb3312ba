"""Meetings that a program plans: the terminal's own schedule, beside the server's.

Written by scripts/client.py from the message types and the catalogue.
"""

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.newer.planner import CustomMeeting, EraseCustomSchedule, SetCustomSchedule


class Planner(CommandGroup):
    """Meetings that a program plans: the terminal's own schedule, beside the server's."""

    async def replace(self, conferences: tuple[CustomMeeting, ...]) -> None:
        """Replaces the meetings that programs have planned on this terminal.

        Method `setCustomScheduler`; for administrator and user. Newer terminals only (Room 4.3 and later);
        documented by the vendor. May be followed by: conferenceList. Raises `Refused`, `Timeout`, `LinkLost`,
        `Busy`.
        """
        await self._ask(SetCustomSchedule(conferences=conferences), Reply)

    async def erase(self) -> None:
        """Removes the meetings that programs have planned on this terminal.

        Method `eraseCustomScheduler`; for administrator and user. Newer terminals only (Room 4.3 and later); known
        from a client only. May be followed by: conferenceList. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(EraseCustomSchedule(), Reply)
