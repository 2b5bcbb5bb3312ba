"""The terminal's HTTP server as its administrator sees it: running or not, and settings that may wait for a restart."""

import math
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from appliance.simulator.model import errors
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.parameters import OBJECT, Kind, whole
from appliance.simulator.model.table import Fields, Request, Table, asking, doing, given

if TYPE_CHECKING:
    from appliance.simulator.model.terminal import Terminal

SWITCHING_TIME = 0.1  # seconds
KINDS: dict[str, Kind] = {
    "port": whole(1, 65535),
    "connectionsLimit": whole(1, 10000),
    "maxPostFileSizeInBytes": whole(-1, 2**31 - 1),  # -1: no limit
}
AT_ONCE = "maxPostFileSizeInBytes"  # the others wait for a restart of the server


class State(IntEnum):
    """`state` of the HTTP server."""

    STOPPED = 1
    STARTING = 2
    RUNNING = 3
    STOPPING = 4


class HttpService:
    """State and settings; only the administrator is told of them."""

    def __init__(self, terminal: "Terminal") -> None:
        self._terminal = terminal
        self.state = State.RUNNING
        self.values: dict[str, int] = {"port": 0, "connectionsLimit": 10000, AT_ONCE: -1}
        self._pending: dict[str, int] = {}
        self._switch_at = math.inf

    @property
    def due(self) -> float:
        """When starting or stopping is done."""
        return self._switch_at

    @property
    def open_port(self) -> int:
        """Where it listens; 0 while it does not."""
        return self.values["port"] if self.state is State.RUNNING else 0

    def describe(self) -> list[dict[str, Any]]:
        """The settings as `getHttpServerSettings` lists them."""
        return [self._setting(name) for name in KINDS]

    def start(self) -> None:
        """Starts it with what was set meanwhile."""
        if self.state is not State.STOPPED:
            raise Refused(errors.RUNNING)
        applied, self._pending = self._pending, {}
        self.values |= applied
        for name in applied:
            self._tell("httpServerSettingChanged", self._setting(name))
        self._enter(State.STARTING)

    def stop(self) -> None:
        """Stops it; whoever is connected is cut off."""
        if self.state is not State.RUNNING:
            raise Refused(errors.NOT_RUNNING)
        self._enter(State.STOPPING)

    def failed(self) -> None:
        """It could not listen where it should."""
        self._enter(State.STOPPED)

    def set(self, wanted: dict[str, Any]) -> None:
        """Sets every one of `wanted`, or refuses and sets none."""
        for name, value in wanted.items():
            if name not in KINDS:
                raise Refused(f"{errors.UNKNOWN_SETTING}: {name}")
            if not KINDS[name].accepts(value):
                raise Refused(f"wrong parameter: settings.{name} must be {KINDS[name].name}")
        for name, value in wanted.items():
            self._set(name, value)

    def advance(self) -> None:
        """Does what is due."""
        if self._terminal.now() >= self._switch_at:
            self._enter(State.RUNNING if self.state is State.STARTING else State.STOPPED)

    def reset(self) -> None:
        """As after a restart of the terminal: running, with everything applied."""
        self.values |= self._pending
        self._pending = {}
        self.state, self._switch_at = State.RUNNING, math.inf

    def _set(self, name: str, value: int) -> None:
        if value == self._pending.get(name, self.values[name]):
            return
        if name == AT_ONCE or self.state is State.STOPPED:
            self.values[name] = value
        else:
            self._pending[name] = value
        if self.values[name] == value:
            self._pending.pop(name, None)
        self._tell("httpServerSettingChanged", self._setting(name))

    def _setting(self, name: str) -> dict[str, Any]:
        setting = {"name": name, "value": self.values[name], "httpServerRestartNeededForApplying": name != AT_ONCE}
        if name == AT_ONCE:
            return setting
        pending = {"pendingValue": self._pending[name]} if name in self._pending else {}
        return {**setting, "isPendingToBeApplied": name in self._pending, **pending}

    def _enter(self, state: State) -> None:
        self.state = state
        passing = state in (State.STARTING, State.STOPPING)
        self._switch_at = self._terminal.now() + SWITCHING_TIME if passing else math.inf
        self._tell("httpServerStateChanged", {"state": int(state)})

    def _tell(self, event: str, fields: dict[str, Any]) -> None:
        self._terminal.emit_to_administrator(event, **fields)


def _describe_state(terminal: "Terminal") -> Fields:
    return {"state": int(terminal.http.state)}


def _describe_settings(terminal: "Terminal") -> Fields:
    return {"settings": terminal.http.describe()}


def _set(terminal: "Terminal", request: Request) -> None:
    terminal.http.set(request["settings"])


_STATE = ("httpServerStateChanged",)

HTTP_SERVICE: Table = {
    "getHttpServerState": asking(_describe_state, admin=True),
    "getHttpServerSettings": asking(_describe_settings, admin=True),
    "startHttpServer": doing(lambda terminal: terminal.http.start(), admin=True, events=_STATE),
    "stopHttpServer": doing(lambda terminal: terminal.http.stop(), admin=True, events=_STATE),
    "setHttpServerSettings": given(_set, {"settings": OBJECT}, admin=True, events=("httpServerSettingChanged",)),
}
