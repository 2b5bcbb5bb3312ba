"""Updates of the terminal's software: a download in steps, then a restart with the new version."""

import math

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Context
from appliance.simulator.model.common.errors import Impossible, Refused
from appliance.simulator.model.common.table import Fields, Table, asking, doing
from appliance.simulator.model.machine.power import Power

SIZE = 504_858  # bytes of an update
STEPS = 5
STEP_TIME = 0.5  # seconds from one downloadProgress to the next


class Updates:
    """The installed version, the one on offer, and how far its download is."""

    def __init__(self, context: Context, power: Power) -> None:
        self._now = context.now
        self._emit = context.emit
        self._power = power
        self.version = context.options.version  # the one that is installed
        self.offered = context.options.update
        self.mandatory = False
        self._step_at = math.inf
        self._steps = 0

    @property
    def due(self) -> float:
        """When the download is one step further; infinity while none is under way."""
        return self._step_at

    @property
    def running(self) -> bool:
        """Whether an update is under way."""
        return self._step_at < math.inf

    def describe(self) -> Fields:
        """Returns the fields of the reply to `getUpdateInfo`."""
        if self.running:
            return {"running": True}
        if not self.offered:
            return {"running": False, "canUpdate": False}
        return {"running": False, "canUpdate": True, "mustUpdate": self.mandatory, "newVersion": self.offered}

    def offer(self, version: str, *, mandatory: bool) -> None:
        """Offers a new version, as the vendor does."""
        self.offered, self.mandatory = version, mandatory
        self._emit("appUpdateAvailable", version=version, mustUpdate=mandatory)

    def start(self) -> None:
        """Begins to download the version on offer; the terminal restarts with it by itself."""
        if self.running:
            raise Refused(errors.RUNNING)
        if not self.offered:
            raise Refused(errors.NO_UPDATE)
        self._steps, self._step_at = 0, self._now() + STEP_TIME

    def cancel(self) -> None:
        """Cancels the download."""
        if not self.running:
            raise Refused(errors.NOT_RUNNING)
        self._step_at = math.inf

    def fail(self) -> None:
        """Breaks the download off; raises `Impossible` if none is under way."""
        if not self.running:
            raise Impossible("no update is under way")
        self._step_at = math.inf
        self._emit("updateFailed")

    def advance(self) -> None:
        """Does what is due."""
        if self._now() < self._step_at:
            return
        self._steps += 1
        self._step_at += STEP_TIME
        self._emit("downloadProgress", bytesReceived=SIZE * self._steps // STEPS, bytesTotal=SIZE)
        if self._steps == STEPS:
            self._installed()

    def reset(self) -> None:
        """Cancels the download without a report, as a restart does."""
        self._step_at = math.inf

    def _installed(self) -> None:
        self._step_at = math.inf
        self.version, self.offered = self.offered, ""
        self._power.cut("restart")


UPDATES: Table[Updates] = {
    "getUpdateInfo": asking(Updates.describe),
    "startUpdate": doing(Updates.start, admin=True, events=("downloadProgress", "updateFailed")),
    "cancelUpdate": doing(Updates.cancel, admin=True),
}
