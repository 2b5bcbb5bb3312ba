"""What the appliance switches by itself, found by the name that actions have for it."""

from collections.abc import Callable, Collection

import trio

from appliance.room.intents.box import SwitchOutput
from appliance.runtime.supervisor import Run

Switch = Callable[[SwitchOutput], None]


class Outputs:
    """Every output by its name, such as "relay lights". A switch must not block; one that is not there does nothing."""

    def __init__(self) -> None:
        self._switches: dict[str, Switch] = {}

    def joined(self, output: str, switch: Switch, run: Run) -> Run:
        """Returns a service that runs `run`, and from then on lets `switch` be called for what is asked of that output.

        Also while it is offline: a display that is unplugged remembers what it is to do.
        """

        async def joined(*, task_status: trio.TaskStatus[None]) -> None:
            self._switches[output] = switch
            await run(task_status=task_status)

        return joined

    def keep(self, outputs: Collection[str]) -> None:
        """Forgets all but these."""
        self._switches = {output: switch for output, switch in self._switches.items() if output in outputs}

    def switch(self, intent: SwitchOutput) -> None:
        """Passes on what is asked of an output."""
        if (switch := self._switches.get(intent.output)) is not None:
            switch(intent)
