"""Every open connection of a web server: given a place, answered or refused, and ended in time."""

import contextlib
import ssl
from typing import Final

import structlog
import trio
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from appliance.runtime.rarely import Rarely
from appliance.runtime.web.answers import error_answer
from appliance.runtime.web.begun import Begun
from appliance.runtime.web.connection import HEADER_TIME, Connection, Stream, Upgrade
from appliance.runtime.web.places import Place, Places
from appliance.runtime.web.policy import with_policy

log = structlog.get_logger()

RETRY_AFTER: Final = 5  # seconds: as long as a page waits at most
HEALTH: Final = "/health"  # what monitoring asks for
FULL: Final = HTTPException(
    503, "too many connections; try again later", {"Connection": "close", "Retry-After": str(RETRY_AFTER)}
)
GRACE = 0.3  # seconds for answers under way when the server ends


class Connections:
    """Every open connection: given a place, and closed when the server ends."""

    def __init__(
        self,
        app: ASGIApp,
        tls: ssl.SSLContext | None,
        upgrade: Upgrade | None = None,
        turn_away: Upgrade | None = None,
    ) -> None:
        """`upgrade`: who speaks WebSocket, None for nobody.

        `turn_away`: who says to those that are too many that they are; None where `upgrade` counts them itself.
        """
        self._app = app
        self._upgrade = upgrade
        self._turn_away = turn_away
        self._tls = tls
        self._places = Places()
        self._one_ended = trio.Event()
        self._rarely = Rarely()

    async def serve(self, stream: trio.SocketStream) -> None:
        """Talks HTTP with one client until either has enough."""
        try:
            client, server = stream.socket.getpeername()[:2], stream.socket.getsockname()[:2]
        except OSError:  # it has left already
            await trio.aclose_forcefully(stream)
            return
        if (place := self._place(client[0])) is not None:
            await self._serve(stream, place, {"client": client, "server": server})
        await trio.aclose_forcefully(stream)

    def _place(self, host: str) -> Place | None:
        before = len(self._places.taken)
        place = self._places.take(host)
        if place is None or place.kept or len(self._places.taken) == before:
            self._log("warning", "web_connections_exhausted", newcomer=host, taken=before)
        return place

    async def _serve(self, stream: trio.SocketStream, place: Place, about: Scope) -> None:
        app = _HealthOnly(self._app) if place.kept else self._app
        try:
            with place.scope:
                await self._talk(app, stream, place, about)
        except Exception as error:  # costs this connection and no other
            self._log("warning", "web_connection_failed", error=type(error).__name__, exc_info=error)
        finally:
            self._places.leave(place)
            self._one_ended.set()

    async def _talk(self, app: ASGIApp, stream: trio.SocketStream, place: Place, about: Scope) -> None:
        def is_idle(idle: bool) -> None:  # noqa: FBT001  # what it is told is the name of it
            place.idle_since = trio.current_time() if idle else None

        secured = await self._secured(stream)
        if secured is not None:
            upgrade = self._upgrade_in(place)
            about = {**about, "scheme": "https" if self._tls else "http"}
            await Connection(app, secured, about, is_idle=is_idle, failed=self._failed, upgrade=upgrade).serve()

    def _upgrade_in(self, place: Place) -> Upgrade | None:
        """Returns who speaks WebSocket in a place."""
        upgrade, turn_away = self._upgrade, self._turn_away
        if upgrade is None or turn_away is None:
            return None if place.kept else upgrade

        async def counted(stream: Begun, about: Scope) -> None:
            await (upgrade if self._has_room_for_socket(place) else turn_away)(stream, about)

        return counted

    def _has_room_for_socket(self, place: Place) -> bool:
        has_room = self._places.open_socket(place)
        if not has_room:
            self._log("warning", "web_sockets_exhausted", newcomer=place.network, taken=len(self._places.taken))
        return has_room

    async def _secured(self, stream: trio.SocketStream) -> Stream | None:
        """Returns the stream to talk on; None where the client does not make the handshake, or not in time."""
        if self._tls is None:
            return stream
        secured = trio.SSLStream(stream, self._tls, server_side=True, https_compatible=True)
        with trio.move_on_after(HEADER_TIME), contextlib.suppress(trio.BrokenResourceError):
            await secured.do_handshake()
            return secured
        return None

    def _failed(self, error: Exception) -> None:
        self._log("error", "web_request_failed", error=type(error).__name__, exc_info=error)

    def _log(self, level: str, event: str, **about: object) -> None:
        """Logs what clients can make happen as often as they like: one line a minute of each."""
        kept_back = self._rarely.kept_back(event, trio.current_time())
        if kept_back is not None:
            getattr(log, level)(event, **about, **({"not_logged": kept_back} if kept_back else {}))

    async def end_in_time(self) -> None:
        """Waits until cancelled, then for answers under way, and ends what is still open after `GRACE`."""
        try:
            await trio.sleep_forever()
        finally:
            with trio.move_on_after(GRACE, shield=True):
                self._end(idle_only=True)
                while self._places.taken:
                    self._one_ended = trio.Event()
                    await self._one_ended.wait()
            self._end(idle_only=False)

    def _end(self, *, idle_only: bool) -> None:
        for place in self._places.taken:
            if place.idle_since is not None or not idle_only:
                place.scope.cancel()


class _HealthOnly:
    """An application of which only the health is told, since all usual places are taken."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == HEALTH:
            await self._app(scope, receive, send)
        else:
            await error_answer(FULL, scope["path"])(scope, receive, with_policy(scope, send))
