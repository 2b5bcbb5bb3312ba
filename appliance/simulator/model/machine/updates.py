"""Updates of the terminal's software, and switching the terminal or its computer off and on."""

import math
from typing import TYPE_CHECKING, Literal

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Impossible, Refused
from appliance.simulator.model.parameters import FLAG
from appliance.simulator.model.table import Fields, Request, Table, asking, doing, given

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

SIZE = 504_858  # bytes of an update
STEPS = 5
STEP_TIME = 0.5  # seconds from one downloadProgress to the next
REPLY_TIME = 0.1  # seconds for the reply to get out before the power is off

Outage = Literal["restart", "shutdown"]


class Updates:
    """Which version there is to have, and how far its download is."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self.offered = terminal.options.update
        self.mandatory = False
        self._step_at = math.inf
        self._steps = 0

    @property
    def due(self) -> float:
        """When the download is one step further."""
        return self._step_at

    @property
    def running(self) -> bool:
        """Whether an update is under way."""
        return self._step_at < math.inf

    def describe(self) -> Fields:
        """The fields of the reply to `getUpdateInfo`."""
        if self.running:
            return {"running": True}
        if not self.offered:
            return {"running": False, "canUpdate": False}
        return {"running": False, "canUpdate": True, "mustUpdate": self.mandatory, "newVersion": self.offered}

    def offer(self, version: str, *, mandatory: bool) -> None:
        """The vendor has a new version."""
        self.offered, self.mandatory = version, mandatory
        self._terminal.emit("appUpdateAvailable", version=version, mustUpdate=mandatory)

    def start(self) -> None:
        """Downloads the new version; the terminal restarts with it by itself."""
        if self.running:
            raise Refused(errors.RUNNING)
        if not self.offered:
            raise Refused(errors.NO_UPDATE)
        self._steps, self._step_at = 0, self._terminal.now() + STEP_TIME

    def cancel(self) -> None:
        """Forgets the download."""
        if not self.running:
            raise Refused(errors.NOT_RUNNING)
        self._step_at = math.inf

    def fail(self) -> None:
        """The download breaks off."""
        if not self.running:
            raise Impossible("no update is under way")
        self._step_at = math.inf
        self._terminal.emit("updateFailed")

    def advance(self) -> None:
        """Does what is due."""
        if self._terminal.now() < self._step_at:
            return
        self._steps += 1
        self._step_at += STEP_TIME
        self._terminal.emit("downloadProgress", bytesReceived=SIZE * self._steps // STEPS, bytesTotal=SIZE)
        if self._steps == STEPS:
            self._installed()

    def reset(self) -> None:
        """As after a restart: no download is under way."""
        self._step_at = math.inf

    def _installed(self) -> None:
        self._step_at = math.inf
        self._terminal.version, self.offered = self.offered, ""
        self._terminal.power.cut("restart")


class Power:
    """The switch; `outage` is what somebody has to do about it as soon as it is there."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self._cut_at = math.inf
        self._wanted: Outage = "restart"
        self.outage: Outage | None = None

    @property
    def due(self) -> float:
        """When the power is off."""
        return self._cut_at

    def cut(self, outage: Outage) -> None:
        """Off in a moment, so that the reply gets out."""
        self._wanted, self._cut_at = outage, self._terminal.now() + REPLY_TIME

    def shut_down(self, for_all: bool | None) -> None:  # noqa: FBT001  # the wire's parameter: absent, true or false
        """Ends what goes on, as hanging up does, and switches off."""
        if self._terminal.calls.busy:
            self._terminal.calls.shut_down(for_all)
        elif for_all is not None:
            raise Refused(f"wrong parameter: forAll: {errors.NOT_OWNER}")
        self.cut("shutdown")

    def advance(self) -> None:
        """Does what is due."""
        if self._terminal.now() >= self._cut_at:
            self._cut_at = math.inf
            self._terminal.restart()
            self.outage = self._wanted


def _shut_down(terminal: "Terminal", request: Request) -> None:
    terminal.power.shut_down(request.get("forAll"))


UPDATES: Table = {
    "getUpdateInfo": asking(lambda terminal: terminal.updates.describe()),
    "startUpdate": doing(lambda terminal: terminal.updates.start(), admin=True, events=("downloadProgress",)),
    "cancelUpdate": doing(lambda terminal: terminal.updates.cancel(), admin=True),
    "shutdown": given(_shut_down, {}, takes={"forAll": FLAG}),
    "shutdownSystem": doing(lambda terminal: terminal.power.cut("shutdown")),
    "rebootSystem": doing(lambda terminal: terminal.power.cut("restart")),
}
