"""A relay on a GPIO pin and the room: what switches it, when a pulse is over, and what of that is known."""

import math
from collections.abc import Callable

import trio

from appliance.room.intents.box import SwitchOutput
from appliance.room.local_events.base import LocalEvent
from appliance.room.local_events.outputs import OutputGone, OutputIs
from appliance.room.show.indicators import Indicator, Pattern, pattern
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed, follow
from drivers.gpio.pins import Factory
from drivers.outputs.config import RelayConfig
from drivers.outputs.relay import Relay, relay

_SHINES = frozenset({Pattern.ON, Pattern.BLINK, Pattern.BLINK_FAST})


class RelayService:
    """Switches the relay that the room calls `output`, at once and without the terminal.

    A relay with `shows` follows what a lamp would show and never blinks: while that is not known, it is safe. Any other
    is safe until it is switched, and again after its pin was lost, since nobody knows what has happened meanwhile.
    """

    def __init__(  # what it is, and the four that it is joined to
        self,
        output: str,
        config: RelayConfig,
        shows: Indicator | None,
        factory: Callable[[], Factory],
        room: Followed[RoomState],
        tell: Callable[[LocalEvent], None],
    ) -> None:
        self._output = output
        self._config = config
        self._shows = shows
        self._factory = factory
        self._room = room
        self._tell = tell
        self._relay: Relay | None = None
        self._ends_at = math.inf  # the pulse
        self._changed = trio.Event()

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Has the pin until cancelled, then leaves the relay safe; raises `DeviceError`."""
        with relay(self._output.partition(" ")[2], self._config, self._factory()) as owned:
            self._relay = owned
            self._say(owned)
            task_status.started()
            try:
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(owned.until_lost)
                    nursery.start_soon(self._end_pulses, owned)
                    if self._shows is not None:
                        nursery.start_soon(follow, self._room, self._show)
            finally:
                self._relay, self._ends_at = None, math.inf
                self._tell(OutputGone(self._output))

    def switch(self, intent: SwitchOutput) -> None:
        """Switches the relay now, if it is there; an earlier pulse is over with that."""
        if self._relay is not None:
            self._ends_at = trio.current_time() + intent.seconds if intent.seconds else math.inf
            self._changed.set()
            self._set(self._relay, on=intent.on)

    async def _end_pulses(self, relay: Relay) -> None:
        while True:
            self._changed = trio.Event()
            with trio.move_on_at(self._ends_at):
                await self._changed.wait()
            if trio.current_time() >= self._ends_at:
                self._ends_at = math.inf
                self._set(relay, on=False)

    def _show(self, state: RoomState, now: float) -> float:
        """Follows the indicator; returns when to look again."""
        if self._shows is None or self._relay is None:
            return math.inf
        shown = pattern(self._shows, state, now)
        known = shown.what is not Pattern.UNKNOWN and not state.halted
        self._set(self._relay, on=shown.what in _SHINES if known else self._config.safe_on)
        return shown.until

    def _set(self, relay: Relay, *, on: bool) -> None:
        if relay.switch(on=on):
            self._say(relay)

    def _say(self, relay: Relay) -> None:
        self._tell(OutputIs(self._output, relay.on))
