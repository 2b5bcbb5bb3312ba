"""Reads the snapshot from a terminal that has just authorised us. Nothing here changes anything on the terminal."""

from typing import Any

import structlog
import trio

from appliance.terminal.errors import LinkLost, TerminalError
from appliance.terminal.messages import Command, Snapshot
from appliance.terminal.messages.account import GetConnected, GetLogin
from appliance.terminal.messages.calls import AppStateReply, GetAppState, GetConferenceParticipants, GetConferences
from appliance.terminal.messages.devices import GetAudioMute, GetMicMute, GetPtzControls, GetSettings, GetVideoMute
from appliance.terminal.messages.enums import AppState
from appliance.terminal.messages.people import (
    HISTORY,
    ConferenceList,
    GetCallHistory,
    GetScheduler,
    ScheduleReply,
)
from appliance.terminal.pending_reply import PendingReply
from appliance.terminal.session import Session

log = structlog.get_logger()

PARTS: dict[str, Command] = {  # a field of Snapshot, and the command that reads it
    "conferences": GetConferences(),  # the first: how long a call has lasted is true when it arrives
    "connected": GetConnected(),
    "login": GetLogin(),
    "mic": GetMicMute(),
    "audio": GetAudioMute(),
    "video": GetVideoMute(),
    "settings": GetSettings(),
    "ptz": GetPtzControls(),
    "history": GetCallHistory(count=HISTORY),
}


async def read_snapshot(session: Session) -> Snapshot:
    """Sends all queries at once and waits for the replies; a part without a usable reply is None.

    It does not wait for the schedule, which normally arrives by itself, as the event conferenceList, and does not ask
    for the address book, which may be so large that the room would have to wait for it: that is read when the link is
    up. Raises a `TerminalError` when there is no application state, and `LinkLost`.
    """
    state = await session.post(GetAppState())
    schedule = await session.post(GetScheduler())
    parts = {name: await session.post(command) for name, command in PARTS.items()}
    app_state = await state.wait_as(AppStateReply)
    if app_state.app_state is AppState.IN_CONFERENCE:
        parts["participants"] = await session.post(GetConferenceParticipants())
    found = await _gather(parts)
    return Snapshot(app_state=app_state, schedule=await _schedule(schedule), **found)


async def _gather(parts: dict[str, PendingReply]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    missing: dict[str, str] = {}
    for name, pending in parts.items():
        try:
            found[name] = await pending.wait()
            if name == "conferences":
                found["conferences_at"] = trio.current_time()
        except LinkLost:
            raise
        except TerminalError as error:
            missing[name] = str(error)
    if missing:
        log.warning("snapshot_incomplete", missing=missing)
    return found


async def _schedule(pending: PendingReply) -> ConferenceList | None:
    if not pending.arrived:
        return None
    try:
        reply = await pending.wait_as(ScheduleReply)
    except LinkLost:
        raise
    except TerminalError as error:
        log.info("no_schedule", reason=str(error))
        return None
    return None if reply.conferences is None else ConferenceList(conferences=reply.conferences)
