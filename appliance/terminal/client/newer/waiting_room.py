"""The waiting room of the terminal's own conferences: who is let in.

Written by scripts/client.py from the message types and the catalogue.
"""

import msgspec

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.newer.waiting_room import ConferenceIdReply, SetPresence, SetWaitingRoom


class WaitingRoom(CommandGroup):
    """The waiting room of the terminal's own conferences: who is let in."""

    async def set_open(self, *, enable: bool, admit: bool | msgspec.UnsetType = msgspec.UNSET) -> ConferenceIdReply:
        """Opens the waiting room of the conference, or closes it.

        `admit`: While closing it: true lets in who waits, false removes them from the conference.

        Method `setWaitingRoomState`; for administrator and user. Newer terminals only (Room 4.3 and later);
        documented by the vendor. May be followed by: waitingRoomStateChanged. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(SetWaitingRoom(enable=enable, admit=admit), ConferenceIdReply)

    async def set_presence(self, call_id: str, *, in_waiting_room: bool) -> ConferenceIdReply:
        """Lets a participant in, or sends one back into the waiting room.

        `call_id`: The participant by user, server and instance.

        Method `setParticipantPresenceInWaitingRoom`; for administrator and user. Newer terminals only (Room 4.3 and
        later); documented by the vendor. May be followed by: participantPresenceInWaitingRoomChanged. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(SetPresence(call_id=call_id, in_waiting_room=in_waiting_room), ConferenceIdReply)
