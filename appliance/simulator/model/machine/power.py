"""Switching the terminal or its computer off and on.

A command to restart or shut down is answered first: the power goes off a moment later (`REPLY_TIME`). The model then
resets itself and leaves the `outage` for whoever runs it, who closes the connections and decides how long the
terminal stays off.
"""

import math
from collections.abc import Callable
from typing import Literal

from appliance.simulator.model.common.parameters import FLAG
from appliance.simulator.model.common.table import Request, Table, doing, given

REPLY_TIME = 0.1  # seconds for the reply to get out before the power is off

Outage = Literal["restart", "shutdown"]


class Power:
    """The switch. `outage` is set when the power has gone off, until whoever runs the terminal takes it.

    `now` returns monotonic seconds. `end_calls` ends whatever goes on, and takes `forAll` as hanging up does;
    `restart` resets the terminal.
    """

    def __init__(
        self, now: Callable[[], float], *, end_calls: Callable[[bool | None], None], restart: Callable[[], None]
    ) -> None:
        self._now = now
        self._end_calls = end_calls
        self._restart = restart
        self._cut_at = math.inf
        self._wanted: Outage = "restart"
        self.outage: Outage | None = None

    @property
    def due(self) -> float:
        """When the power goes off; infinity while nobody wants that."""
        return self._cut_at

    def cut(self, outage: Outage) -> None:
        """Switches off in a moment, so that the reply gets out."""
        self._wanted, self._cut_at = outage, self._now() + REPLY_TIME

    def shut_down(self, for_all: bool | None) -> None:  # noqa: FBT001  # the wire's parameter: absent, true or false
        """Ends what goes on, as hanging up does, and switches off."""
        self._end_calls(for_all)
        self.cut("shutdown")

    def advance(self) -> None:
        """Does what is due."""
        if self._now() >= self._cut_at:
            self._cut_at = math.inf
            self._restart()
            self.outage = self._wanted


def _shut_down(power: Power, request: Request) -> None:
    power.shut_down(request.get("forAll"))


POWER: Table[Power] = {
    "shutdown": given(
        _shut_down,
        {},
        takes={"forAll": FLAG},
        admin=True,
        events=("rejectSent", "stopCalling", "appStateChanged"),
    ),
    "shutdownSystem": doing(lambda power: power.cut("shutdown"), admin=True),
    "rebootSystem": doing(lambda power: power.cut("restart"), admin=True),
}
