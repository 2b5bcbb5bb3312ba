"""The history of calls."""

from collections.abc import Callable
from typing import Any

import msgspec

from appliance.simulator.model.common.context import Emit
from appliance.simulator.model.common.parameters import COUNT
from appliance.simulator.model.common.table import Fields, Request, Table, asking, doing, given
from appliance.simulator.model.people.directory import Directory
from appliance.terminal.messages.enums import CallDirection


class PastCall(msgspec.Struct, frozen=True):
    """A call that is over; `started` in Unix seconds, `duration` in seconds; the wire has `conf_id` only for groups."""

    direction: CallDirection
    peer_id: str
    group: bool
    started: int
    duration: int
    conf_id: str = ""


class History:
    """Past calls, newest first, and when somebody last viewed them. `wall_clock` returns Unix seconds."""

    LIMIT = 500

    def __init__(self, directory: Directory, wall_clock: Callable[[], float], emit: Emit) -> None:
        self._directory = directory
        self._wall_clock = wall_clock
        self._emit = emit
        self.calls: list[PastCall] = []
        self._new = 0  # how many of them, the newest, have been added since somebody last viewed them
        self.last_view = int(wall_clock())

    def add(self, call: PastCall) -> None:
        """Adds a call; beyond the limit the oldest one is dropped."""
        self.calls = [call, *self.calls][: self.LIMIT]
        self._new += 1

    def latest(self, count: int) -> list[dict[str, Any]]:
        """Returns the newest `count` calls as `getCallHistory` lists them."""
        return [self._describe(call, viewed=i >= self._new) for i, call in enumerate(self.calls[:count])]

    def mark_viewed(self) -> None:
        """Marks every call that is over as viewed."""
        self.last_view = int(self._wall_clock())
        self._new = 0
        self._emit("lastCallsViewed", lastView=self.last_view)

    def _describe(self, call: PastCall, *, viewed: bool) -> dict[str, Any]:
        entry = {
            "type": int(call.direction),
            "confType": int(call.group),
            **self._directory.party(call.peer_id),
            "startTime": call.started,
            "duration": call.duration,
            "viewed": viewed,
        }
        return {**entry, "confId": call.conf_id} if call.group else entry


def _latest(history: History, request: Request) -> Fields:
    return {"calls": history.latest(request["count"]), "lastView": history.last_view}


HISTORY: Table[History] = {
    "getCallHistory": given(_latest, {"count": COUNT}),
    "setLastCallsViewed": doing(History.mark_viewed, events=("lastCallsViewed",)),
    "getLastCallsViewTime": asking(lambda history: {"time": history.last_view}),
}
