"""A call that ends on hold, or gives way to another, takes with it what was muted for it."""

from collections.abc import Callable

import trio

from appliance.room import hold
from appliance.room.inputs import HeldCallOver, Input
from appliance.room.state import LinkPhase, Phase, RoomState
from appliance.runtime.followed import Followed

SETTLED = 2.0  # seconds without a call: one that becomes a conference may end first, and must not be heard suddenly


class HoldService:
    """Says when the call on hold is over; only where that was seen: after a reconnect nothing is sent."""

    def __init__(self, room: Followed[RoomState], put: Callable[[Input], None]) -> None:
        self._room = room
        self._put = put

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Watches until cancelled."""
        task_status.started()
        state, seen = self._room.value, False
        while True:
            known = state.link.phase is LinkPhase.UP and state.on_hold is not None
            if known and seen and hold.over(state) and await self._stays_over(state):
                self._put(HeldCallOver())
            seen = known and (seen or not hold.over(state))
            state = await self._room.newer_than(state)

    async def _stays_over(self, state: RoomState) -> bool:
        if state.phase is Phase.IN_CALL:  # somebody here has taken another one
            return True
        with trio.move_on_after(SETTLED):
            while hold.over(state):
                state = await self._room.newer_than(state)
            return False
        return True
