"""Says when the terminal itself drives a camera on a serial port, while the appliance may do so on the same line."""

import structlog
import trio

from appliance.room.texts import TWO_MASTERS
from appliance.services.store import RoomStore

log = structlog.get_logger()


class TwoMastersService:
    """Watches which port the terminal has taken for itself; it cannot know whether it is the same cable."""

    def __init__(self, store: RoomStore) -> None:
        self._store = store

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Watches until cancelled; says it once for each port."""
        task_status.started()
        state = self._store.state
        said = ""
        while True:
            if state.com_port and state.com_port != said:
                log.warning("two_masters_on_visca", terminal_com_port=state.com_port)
                self._store.tell(TWO_MASTERS)
            said = state.com_port
            state = await self._store.followed.newer_than(state)
