"""Somebody at the other side asks to move the room's camera: the configuration decides, or the people in the room."""

import structlog
import trio

from appliance.config.far_end import FarEnd
from appliance.room.show.texts import camera_wanted
from appliance.room.state import Person, RoomState
from appliance.services.store import RoomStore
from appliance.terminal.errors import TerminalError
from appliance.terminal.link import Link
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.far_end import AcceptCameraRequest, RejectCameraRequest

log = structlog.get_logger()


class CameraRequestService:
    """Answers who asks; what came of it, the terminal tells."""

    def __init__(self, config: FarEnd, store: RoomStore, link: Link) -> None:
        self._config = config
        self._store = store
        self._link = link

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Answers until cancelled."""
        task_status.started()
        async with trio.open_nursery() as nursery:
            state, known = self._store.state, frozenset[Person]()
            while True:
                for who in state.camera_wanted:
                    if who not in known:
                        nursery.start_soon(self._decide, who)
                known = frozenset(state.camera_wanted)
                state = await self._store.followed.newer_than(state)

    async def _decide(self, who: Person) -> None:
        log.info("camera_wanted", by=who.peer_id, answer=self._config.requests)
        if self._config.requests == "allow":
            await self._answer(AcceptCameraRequest(call_id=who.peer_id))
            return
        if self._config.requests == "ask":
            self._store.tell(camera_wanted(who.label))
            with trio.move_on_after(self._config.patience):
                await self._settled(who)
                return
        await self._answer(RejectCameraRequest(call_id=who.peer_id))

    async def _settled(self, who: Person) -> None:
        """Returns when a person in the room has decided, or the request is over."""
        state: RoomState = self._store.state
        while who in state.camera_wanted:
            state = await self._store.followed.newer_than(state)

    async def _answer(self, command: Command) -> None:
        try:
            await self._link.request(command)
        except TerminalError as error:
            log.warning("camera_request_not_answered", method=command.method, reason=str(error))
