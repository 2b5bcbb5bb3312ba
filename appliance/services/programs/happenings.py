"""What happens in the room, told to every program that wants to know: one event, one id, whoever hears of it.

Events come from two sides: calls from the room's state, which is followed; fingers from the inputs, which `Listening`
keeps while a press is on its way. Whoever adds one of another kind calls `happens`. Each gets its id and its time here
and goes to all hearers in the same pass of the loop: a hearer puts it into a queue of its own, which has a limit, and
does nothing else. So an event that is told over MQTT and by a webhook has one id in both.
"""

import math
import secrets
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Never

import msgspec
import trio

from appliance.room.happened import Event, iso, of_call, of_input
from appliance.room.inputs import Input
from appliance.room.state import RoomState
from appliance.runtime.followed import follow
from appliance.services.store import RoomStore

Hear = Callable[[Event], None]


class Happenings:
    """Names events and tells them."""

    def __init__(
        self,
        store: RoomStore,
        next_input: Callable[[], Awaitable[Input]],
        clock: Callable[[], datetime | None],
        always: Iterable[Hear] = (),
    ) -> None:
        """`next_input` waits for what somebody does to the hardware; `clock`: the time of day, if known.

        `always`: hearers that are told as long as the room is there.
        """
        self._store = store
        self._next_input = next_input
        self._clock = clock
        self._before = store.state
        self._hearers: list[Hear] = list(always)

    @contextmanager
    def told_to(self, hear: Hear) -> Iterator[None]:
        """Tells `hear` of what happens, as long as the context lasts."""
        self._hearers.append(hear)
        try:
            yield
        finally:
            self._hearers.remove(hear)

    def happens(self, event: Event) -> None:
        """Gives the event its id and its time, and tells everybody."""
        now = self._clock()
        at = None if now is None else iso(now.timestamp())
        told = msgspec.structs.replace(event, id=secrets.token_hex(8), at=at)
        for hear in tuple(self._hearers):
            hear(told)

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Watches the room until cancelled."""
        self._before = self._store.state
        async with trio.open_nursery() as nursery:
            nursery.start_soon(follow, self._store.followed, self._look)
            nursery.start_soon(self._hear_inputs)
            task_status.started()

    def _look(self, state: RoomState, _now: float) -> float:
        before, self._before = self._before, state
        for event in of_call(before, state):
            self.happens(event)
        return math.inf

    async def _hear_inputs(self) -> Never:
        while True:
            if (event := of_input(await self._next_input())) is not None:
                self.happens(event)
