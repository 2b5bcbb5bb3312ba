"""Which of VISCA's presets the terminal has: read after every connect, where there are controllers that use them."""

import structlog
import trio

from appliance.room.state import Link as LinkState
from appliance.room.state import LinkPhase
from appliance.services.store import RoomStore
from appliance.terminal.errors import Refused, TerminalError
from appliance.terminal.link import Link
from appliance.terminal.messages.presets import GetPresets

log = structlog.get_logger()


class TerminalPresetService:
    """Reads the terminal's presets; terminals before 4.2 have none and refuse the question."""

    def __init__(self, store: RoomStore, link: Link) -> None:
        self._store = store
        self._link = link

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Reads until cancelled."""
        task_status.started()
        read_for: LinkState | None = None
        state = self._store.state
        while True:
            if state.link.phase is LinkPhase.UP and state.link is not read_for:
                read_for = state.link
                await self._read()
            state = await self._store.followed.newer_than(state)

    async def _read(self) -> None:
        try:
            self._store.apply(await self._link.request(GetPresets()))
        except Refused:
            log.info("terminal_has_no_presets")
        except TerminalError as error:
            log.info("not_read", method=GetPresets.method, reason=str(error))
