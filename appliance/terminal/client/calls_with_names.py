"""Calls, and who is at the other end while one is being set up."""

import msgspec

from appliance.terminal.client.calls import Calls
from appliance.terminal.messages.calls import ConferencesReply, Requests
from appliance.terminal.messages.enums import ConferenceState
from appliance.terminal.messages.parts import Person


class CallsWithNames(Calls):
    """The commands of `Calls`; `current` also names who calls or is called."""

    async def current(self) -> ConferencesReply:
        """Asks for the call or conference that is going on or being set up.

        The terminal does not name the other side before there is a call; then `peer_id` and `peer_name` come from
        `getAppState`. They stay empty where it does not say either.

        Method `getConferences`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        reply = await super().current()
        if reply.conf_state is not ConferenceState.INVITATION or reply.peer_id:
            return reply
        peer = other_side((await self.state()).requests, outgoing=reply.direction == "outgoing")
        return reply if peer is None else msgspec.structs.replace(reply, peer_id=peer.peer_id, peer_name=peer.peer_name)


def other_side(requests: Requests | None, *, outgoing: bool) -> Person | None:
    """Returns whom the terminal calls, or who calls it; None where nobody is named."""
    if requests is None:
        return None
    ours = (*requests.outgoing_call, *requests.outgoing_conference)
    theirs = (*requests.incoming_call, *requests.incoming_conference)
    return next(iter(ours if outgoing else theirs), None)
