"""Calls: placing, taking and ending them, and what is going on.

Written by scripts/client.py from the message types and the catalogue.
"""

import msgspec

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.calls import (
    Accept,
    AppStateReply,
    Call,
    ConferencesReply,
    GetAppState,
    GetConferences,
    HangUp,
    Reject,
    ToneDial,
)
from appliance.terminal.messages.contacts import GetLastView, LastViewReply, MarkCallsViewed
from appliance.terminal.messages.people import CallHistoryReply, GetCallHistory


class Calls(CommandGroup):
    """Calls: placing, taking and ending them, and what is going on."""

    async def call(self, peer_id: str, *, pin: str | msgspec.UnsetType = msgspec.UNSET) -> None:
        r"""Calls somebody, or asks to join the group conference that they own; the outcome comes as events.

        `peer_id`: Whom; `\c\` and a conference's id joins that conference (seen on newer terminals).
        `pin`: The conference's password (seen on newer terminals).

        Method `call`; for administrator and user. May be followed by: inviteSent, inviteRequestSent,
        appStateChanged, conferenceCreated, newParticipantInConference, rejectReceived, stopCalling. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(Call(peer_id=peer_id, pin=pin), Reply)

    async def accept(self) -> None:
        """Takes the incoming call.

        Method `accept`; for administrator and user. May be followed by: appStateChanged, conferenceDeleted,
        conferenceCreated, newParticipantInConference. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(Accept(), Reply)

    async def reject(self) -> None:
        """Declines the incoming call or invitation.

        Method `reject`; for administrator and user. May be followed by: rejectSent, stopCalling, appStateChanged.
        Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(Reject(), Reply)

    async def hang_up(self, *, for_all: bool | msgspec.UnsetType = msgspec.UNSET) -> None:
        """Ends the call, the conference or the calling.

        `for_all`: Whether the conference ends for everybody; only as owner of a group conference, and needed there.

        Method `hangUp`; for administrator and user. May be followed by: appStateChanged, conferenceDeleted,
        stopCalling. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(HangUp(for_all=for_all), Reply)

    async def tone(self, symbol: str, *, call_id: str | msgspec.UnsetType = msgspec.UNSET) -> None:
        """Sends one DTMF tone in a call.

        `symbol`: One of 0 to 9, `*`, `#`, A to D.
        `call_id`: Whose line gets it (seen on newer terminals).

        Method `toneDial`; for administrator and user. May be followed by: toneDial. Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`.
        """
        await self._ask(ToneDial(symbol=symbol, call_id=call_id), Reply)

    async def state(self) -> AppStateReply:
        """Asks what the terminal is doing.

        Method `getAppState`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetAppState(), AppStateReply)

    async def current(self) -> ConferencesReply:
        """Asks for the call or conference that is going on or being set up.

        Method `getConferences`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetConferences(), ConferencesReply)

    async def history(self, count: int) -> CallHistoryReply:
        """Asks for the last `count` calls.

        `count`: How many, at most.

        Method `getCallHistory`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetCallHistory(count=count), CallHistoryReply)

    async def mark_viewed(self) -> None:
        """Marks every call of the history as seen.

        Method `setLastCallsViewed`; for administrator and user. May be followed by: lastCallsViewed. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`.
        """
        await self._ask(MarkCallsViewed(), Reply)

    async def last_view(self) -> LastViewReply:
        """Asks when the call history was last looked at.

        Method `getLastCallsViewTime`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetLastView(), LastViewReply)
