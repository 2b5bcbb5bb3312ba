"""The terminal's HTTP server as its administrator sees it: its state, and settings that may need its restart."""

import math
from collections.abc import Callable
from enum import IntEnum
from typing import Any

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import OBJECT, Kind, whole
from appliance.simulator.model.common.table import Table, asking, doing, given

SWITCHING_TIME = 0.1  # seconds
KINDS: dict[str, Kind] = {
    "port": whole(1, 65535),
    "connectionsLimit": whole(1, 10000),
    "maxPostFileSizeInBytes": whole(-1, 2**31 - 1),  # -1: no limit
}
AT_ONCE = "maxPostFileSizeInBytes"  # applies at once; the others wait for a restart of the server


class State(IntEnum):
    """`state` of the HTTP server."""

    STOPPED = 1
    STARTING = 2
    RUNNING = 3
    STOPPING = 4


class HttpService:
    """State and settings. `now` returns monotonic seconds; `emit` should reach the administrator only."""

    def __init__(self, now: Callable[[], float], emit: Emit) -> None:
        self._now = now
        self._emit = emit
        self.state = State.RUNNING
        self.values: dict[str, int] = {"port": 0, "connectionsLimit": 10000, AT_ONCE: -1}
        self._pending: dict[str, int] = {}
        self._switch_at = math.inf

    @property
    def due(self) -> float:
        """When starting or stopping is done; infinity while neither is under way."""
        return self._switch_at

    @property
    def open_port(self) -> int:
        """The port on which it listens; 0 while it does not."""
        return self.values["port"] if self.state is State.RUNNING else 0

    def describe(self) -> list[dict[str, Any]]:
        """Returns the settings as `getHttpServerSettings` lists them."""
        return [self._setting(name) for name in KINDS]

    def start(self) -> None:
        """Starts it with what was set in the meantime; refused unless it is stopped."""
        if self.state is not State.STOPPED:
            raise Refused(errors.RUNNING)
        applied, self._pending = self._pending, {}
        self.values |= applied
        for name in applied:
            self._emit("httpServerSettingChanged", **self._setting(name))
        self._enter(State.STARTING)

    def stop(self) -> None:
        """Stops it, which cuts clients off; refused unless it is running."""
        if self.state is not State.RUNNING:
            raise Refused(errors.NOT_RUNNING)
        self._enter(State.STOPPING)

    def failed(self) -> None:
        """Stops it because it could not listen on its port."""
        self._enter(State.STOPPED)

    def set(self, wanted: dict[str, Any]) -> None:
        """Sets all of `wanted`; refused, and nothing is set, if one of them is unknown or has a wrong value."""
        for name, value in wanted.items():
            if name not in KINDS:
                raise Refused(f"{errors.UNKNOWN_SETTING}: {name}")
            if not KINDS[name].accepts(value):
                raise Refused(f"wrong parameter: settings.{name} must be {KINDS[name].name}")
        for name, value in wanted.items():
            self._set(name, value)

    def advance(self) -> None:
        """Does what is due."""
        if self._now() >= self._switch_at:
            self._enter(State.RUNNING if self.state is State.STARTING else State.STOPPED)

    def reset(self) -> None:
        """Runs with every setting applied and without a report, as after a restart of the terminal."""
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
        self._emit("httpServerSettingChanged", **self._setting(name))

    def _setting(self, name: str) -> dict[str, Any]:
        setting = {"name": name, "value": self.values[name], "httpServerRestartNeededForApplying": name != AT_ONCE}
        if name == AT_ONCE:
            return setting
        pending = {"pendingValue": self._pending[name]} if name in self._pending else {}
        return {**setting, "isPendingToBeApplied": name in self._pending, **pending}

    def _enter(self, state: State) -> None:
        self.state = state
        passing = state in (State.STARTING, State.STOPPING)
        self._switch_at = self._now() + SWITCHING_TIME if passing else math.inf
        self._emit("httpServerStateChanged", state=int(state))


_STATE = ("httpServerStateChanged",)

HTTP_SERVICE: Table[HttpService] = {
    "getHttpServerState": asking(lambda http: {"state": int(http.state)}, admin=True),
    "getHttpServerSettings": asking(lambda http: {"settings": http.describe()}, admin=True),
    "startHttpServer": doing(HttpService.start, admin=True, events=_STATE),
    "stopHttpServer": doing(HttpService.stop, admin=True, events=_STATE),
    "setHttpServerSettings": given(
        lambda http, request: http.set(request["settings"]),
        {"settings": OBJECT},
        admin=True,
        events=("httpServerSettingChanged",),
    ),
}
