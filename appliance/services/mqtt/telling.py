"""How the box is, said when that changes and now and then."""

import math
from collections.abc import Callable
from typing import Final, Never

import msgspec
import trio

from appliance.fleet.mqtt.health import EVERY, LOOK, Machine, Room, health, wrong
from appliance.fleet.mqtt.identity import Twins
from appliance.fleet.mqtt.link.client import Client
from appliance.room import pin
from appliance.room.texts import PIN_WILL_CHANGE
from appliance.services.mqtt.here import Here

SETTLE: Final = 1.0  # seconds between two messages: what goes wrong seldom does so alone


class Telling:
    """Says how the box is. `say` gets what is to be said."""

    def __init__(self, here: Here, twins: Twins, client: Client, say: Callable[[bytes], None]) -> None:
        self._here = here
        self._twins = twins
        self._client = client
        self._say = say
        self._news = trio.Event()

    def look(self) -> None:
        """Something has changed that may be worth saying."""
        self._news.set()

    async def run(self) -> Never:
        """Looks and says, until cancelled."""
        said: object = None
        say_at = -math.inf
        while True:
            self._news = trio.Event()
            machine = await self._here.machine_now()
            room, now = self._room(), trio.current_time()
            if (room, wrong(room, machine)) != said or now >= say_at:
                said, say_at = (room, wrong(room, machine)), now + EVERY
                self._say(self._told(room, machine))
            await trio.sleep(SETTLE)
            with trio.move_on_after(min(LOOK, self._twins.over_at - now) if self._twins.other else LOOK):
                await self._news.wait()

    def _told(self, room: Room, machine: Machine) -> bytes:
        dropped, connections = self._client.session.dropped, self._client.connections
        return msgspec.json.encode(health(self._here.known(), room, machine, dropped=dropped, connections=connections))

    def _room(self) -> Room:
        state = self._here.store.state
        warnings = (str(PIN_WILL_CHANGE),) if pin.will_change(state) else ()
        return Room(
            link=state.link.phase,
            reason=str(state.link.reason),
            services=dict(sorted(self._here.services().items())),
            other_box=self._twins.other,
            warnings=warnings,
        )
