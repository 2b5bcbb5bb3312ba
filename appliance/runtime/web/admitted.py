"""Connections of certain addresses only: whoever comes from elsewhere is disconnected before anything is read."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
import trio

from appliance.runtime.rarely import Rarely

log = structlog.get_logger()


class Admitted:
    """Hands on what comes from addresses that are allowed; of the others the log has one line a minute."""

    def __init__(self, allow: Callable[[str], bool], serve: Callable[[trio.SocketStream], Awaitable[None]]) -> None:
        self._allow = allow
        self._serve = serve
        self._rarely = Rarely()

    async def serve(self, stream: trio.SocketStream) -> None:
        """Takes a connection."""
        with suppress(OSError):  # it has left already
            host = str(stream.socket.getpeername()[0]).partition("%")[0]
            if self._allow(host):
                await self._serve(stream)
                return
            if (kept_back := self._rarely.kept_back("stranger", trio.current_time())) is not None:
                log.warning("web_not_allowed", where=host, **({"not_logged": kept_back} if kept_back else {}))
        await trio.aclose_forcefully(stream)
