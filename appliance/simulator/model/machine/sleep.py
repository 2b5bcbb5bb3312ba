"""Whether the terminal sleeps, as terminals from version 4.2 on can; the manual does not have it."""

from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.parameters import FLAG
from appliance.simulator.model.common.table import Request, Table, asking, given


class Sleep:
    """Whether the terminal's screen sleeps; a call wakes it."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self.enabled = False

    def set(self, *, enabled: bool) -> None:
        """Sleeps or wakes; reported only if that changes something."""
        if enabled is not self.enabled:
            self.enabled = enabled
            self._emit("sleepModeChanged", enabled=enabled)

    def reset(self) -> None:
        """Wakes without a report, as a restart does."""
        self.enabled = False


def _set(sleep: Sleep, request: Request) -> None:
    sleep.set(enabled=request["enabled"])


SLEEP: Table[Sleep] = {
    "getSleepMode": asking(lambda sleep: {"enabled": sleep.enabled}),
    "setSleepMode": given(_set, {"enabled": FLAG}, events=("sleepModeChanged",)),
}
