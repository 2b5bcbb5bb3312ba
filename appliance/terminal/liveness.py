"""Detects a dead connection that the socket does not report, such as a peer that vanished."""

from typing import Never

import trio

from appliance.terminal.errors import LinkLost, Refused, TerminalError
from appliance.terminal.loss import Cause
from appliance.terminal.messages.calls import GetAppState
from appliance.terminal.session import Session

QUIET = 20.0  # seconds without a frame after which we send a query
PATIENCE = 5.0  # seconds for its reply


async def watch(session: Session) -> Never:
    """Sends a harmless query whenever nothing has arrived for `QUIET` seconds; without a reply it ends the session."""
    while True:
        await trio.sleep_until(session.last_heard + QUIET)
        if trio.current_time() >= session.last_heard + QUIET:
            await _ask(session)


async def _ask(session: Session) -> None:
    try:
        with trio.move_on_after(PATIENCE + 1) as sending:  # which has no limit of its own
            await session.request(GetAppState(), timeout=PATIENCE)
        if sending.cancelled_caught:
            session.end(LinkLost("the terminal is silent (it takes no more commands)", Cause.SILENT))
    except Refused:
        session.end(LinkLost("the terminal no longer accepts our commands", Cause.NOT_ACCEPTED))
    except TerminalError as error:
        session.end(LinkLost(f"the terminal is silent ({error})", Cause.SILENT))
