"""Pages on the web, for as long as the appliance runs."""

from collections.abc import Callable

import structlog
import trio
from starlette.types import ASGIApp

from appliance.panel.web import serve_web

log = structlog.get_logger()


class WebService:
    """Serves an application on `listen` (HOST:PORT); `bound` is told where it really listens."""

    def __init__(self, app: ASGIApp, listen: str, bound: Callable[[str], None] = lambda _url: None) -> None:
        self._app = app
        self._listen = listen
        self._bound = bound

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Serves until cancelled; raises `ListenError`."""
        async with trio.open_nursery() as nursery:
            (host, port), *_ = await nursery.start(serve_web, self._app, self._listen)
            url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
            log.info("web_ready", url=url)
            self._bound(url)
            task_status.started()
