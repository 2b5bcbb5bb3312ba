"""Pages on the web, for as long as the appliance runs."""

import functools
import ssl
from collections.abc import Callable, Collection, Mapping

import structlog
import trio
from starlette.types import ASGIApp

from appliance.panel.certificate import Pair, fingerprint, server_context
from appliance.panel.config import PanelConfig
from appliance.runtime.web.guard import NO_LARGE_BODIES
from appliance.runtime.web.server import serve_web
from appliance.runtime.web.sockets import Talk
from appliance.runtime.web.uploads import Large
from appliance.terminal.config import place

log = structlog.get_logger()


class WebService:
    """Serves an application on `listen` (HOST:PORT); `bound` is told where it really listens.

    With `pair` over HTTPS and in no other way.
    """

    def __init__(
        self,
        app: ASGIApp,
        listen: str,
        bound: Callable[[str], None] = lambda _url: None,
        pair: Pair | None = None,
        names: Collection[str] = (),
        sockets: Mapping[str, Talk] | None = None,
        large: Large = NO_LARGE_BODIES,
    ) -> None:
        """`names`: by which the page may be asked for, beside addresses and the machine's own name.

        `sockets`: conversations over WebSockets by their paths. `large`: what may be sent to some paths.
        """
        self._serve = functools.partial(serve_web, app, listen, names=names, sockets=sockets, large=large)
        self._bound = bound
        self._pair = pair

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Serves until cancelled; raises `ListenError` and `CertificateError`."""
        tls, shown = _secured(self._pair)
        async with trio.open_nursery() as nursery:
            (host, port), *_ = await nursery.start(functools.partial(self._serve, tls))
            url = f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}/"
            log.info("web_ready", url=url, **shown)
            self._bound(url)
            task_status.started()


def web_service(
    app: ASGIApp,
    config: PanelConfig,
    sockets: Mapping[str, Talk] | None = None,
    large: Large = NO_LARGE_BODIES,
) -> WebService:
    """Serves an application as `[panel]` says."""
    pair = None
    if config.certificate is not None and config.key is not None:
        pair = Pair(place(config.certificate), place(config.key))
    return WebService(app, config.listen, pair=pair, names=config.names, sockets=sockets, large=large)


def _secured(pair: Pair | None) -> tuple[ssl.SSLContext | None, dict[str, str]]:
    """Returns what to serve with and what to log of it; read at each start, since the files may have changed."""
    if pair is None:
        return None, {}
    return server_context(pair), {"certificate_sha256": fingerprint(pair.certificate)}
