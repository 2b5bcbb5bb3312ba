"""Programs that follow the room: so many at once, and each as long as its token is good."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Scope

from appliance.access.gate import Gate
from appliance.access.roles import Role
from appliance.api.following.recent import Recent
from appliance.api.following.stream import Stream
from appliance.api.looked import Looks
from appliance.api.who import caller_with, refusal

MOST: Final = 24  # of the server's connections; each costs what a page that stays open costs
BEAT: Final = 15.0  # seconds without an item, after which a sign of life is sent: proxies give up after a minute
AGAIN: Final = 5  # seconds


class Followers:
    """Counts those that follow, and begins the stream of each."""

    def __init__(self, looks: Looks, recent: Recent, gate: Gate) -> None:
        self._looks = looks
        self._recent = recent
        self._gate = gate
        self._count = 0

    def refusal(self, scope: Scope) -> HTTPException | None:
        """Returns why whoever sends this may not follow now; None: may."""
        return refusal(self._gate, scope, Role.VIEW) or (self._full() if self._count >= MOST else None)

    @contextmanager
    def following(self, scope: Scope) -> Iterator[Stream]:
        """Begins a stream. Raises `HTTPException`."""
        caller = caller_with(self._gate, scope, Role.VIEW)
        if self._count >= MOST:
            raise self._full()
        self._count += 1
        try:
            yield Stream(self._looks, self._recent, caller, last_id(scope))
        finally:
            self._count -= 1

    def may_stay(self, scope: Scope, stream: Stream) -> bool:
        """Returns whether somebody who follows still may: a token may be over, or taken back."""
        return self._gate.caller(scope) == stream.caller

    def _full(self) -> HTTPException:
        words = f"{MOST} programs follow this room already; try again later"
        return HTTPException(503, words, {"Retry-After": str(AGAIN)})


def last_id(scope: Scope) -> str | None:
    """Returns the id of the last item that a program has: of the header, or of `?after=` for who cannot set one."""
    request = Request({**scope, "type": "http"})
    return request.headers.get("last-event-id") or request.query_params.get("after") or None
