"""What the appliance switches by itself, found by the name that actions have for it."""

from collections.abc import Callable

from appliance.room.intents import SwitchOutput

Switch = Callable[[SwitchOutput], None]


class Outputs:
    """Every output by its name, such as "relay lights". A switch must not block; one that is not there does nothing."""

    def __init__(self) -> None:
        self._switches: dict[str, Switch] = {}

    def add(self, output: str, switch: Switch) -> None:
        """Lets this be called for what is asked of that output."""
        self._switches[output] = switch

    def switch(self, intent: SwitchOutput) -> None:
        """Passes on what is asked of an output."""
        if (switch := self._switches.get(intent.output)) is not None:
            switch(intent)
