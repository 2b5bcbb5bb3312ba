"""`/metrics` for Prometheus, as `[metrics]` says."""

import functools
import ssl
from collections.abc import Callable, Mapping
from pathlib import Path

import structlog
import trio

from appliance.config.tables.metrics import MetricsConfig
from appliance.fleet.box import Box, read_box
from appliance.fleet.metrics.expiry import NotReadable, expiry
from appliance.fleet.metrics.readings import Value, of_box, of_certificates
from appliance.fleet.metrics.scraped import Scraped
from appliance.panel.certificate import Pair, fingerprint, server_context
from appliance.runtime.web.server import serve_web
from appliance.terminal.config import place
from drivers.visca.config import Allowed

log = structlog.get_logger()

Read = Callable[[], tuple[list[Value], tuple[tuple[str, float], ...], float]]
"""Returns the values of this moment, and buckets and sum of the histogram; quick, and called in the event loop."""


class MetricsService:
    """Serves the metrics. What is wrong with port, certificate or token costs this and nothing else."""

    def __init__(
        self,
        config: MetricsConfig,
        read: Read,
        *,
        folder: Path | None,
        certificates: Mapping[str, Path],
        bound: Callable[[int], None] = lambda _port: None,
        box: Callable[[Path | None], Box] = read_box,
    ) -> None:
        """`folder`: the state directory. `certificates`: those that the box shows, by table.

        `bound` is told the port that it really listens on.
        """
        self._config = config
        self._read = read
        self._folder = folder
        self._certificates = certificates
        self._bound = bound
        self._box = box

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Serves until cancelled. Raises `ListenError`, `CertificateError` and `CredentialsError`.

        Files are read at each start, since they may have changed. The library is imported in a thread: on a slow card
        that takes a second, in which buttons work.
        """
        config = self._config
        tls, shown = self._tls()
        token = config.secret()
        app = (await self.scraped(token)).app()
        allow = Allowed(config.allow).__contains__ if config.allow else None
        serve = functools.partial(serve_web, app, config.listen, tls, names=config.names, allow=allow)
        async with trio.open_nursery() as nursery:
            (_, port), *_ = await nursery.start(serve)
            log.info("metrics_ready", at=config.listen, tls=tls is not None, token=token is not None, **shown)
            self._bound(port)
            task_status.started()

    async def scraped(self, token: str | None = None) -> Scraped:
        """Returns what gives the page to whoever shows the token, or to everybody, once the library is there."""
        page, wanted = await trio.to_thread.run_sync(_library)
        return Scraped(functools.partial(self._write, page), wanted, token)

    def _tls(self) -> tuple[ssl.SSLContext | None, dict[str, str]]:
        if self._config.certificate is None or self._config.key is None:
            return None, {}
        pair = Pair(place(self._config.certificate), place(self._config.key))
        return server_context(pair), {"certificate_sha256": fingerprint(pair.certificate)}

    async def _write(self, page: "Writes", form: str) -> tuple[bytes, str]:
        values, buckets, total = self._read()
        return await trio.to_thread.run_sync(self._written, page, values, buckets, total, form)

    def _written(
        self, page: "Writes", values: list[Value], buckets: tuple[tuple[str, float], ...], total: float, form: str
    ) -> tuple[bytes, str]:
        """Adds what files tell, and writes the page; in a thread."""
        more = [*of_box(self._box(self._folder)), *of_certificates(_expiries(self._certificates))]
        return page([*values, *more], buckets, total, form)


Writes = Callable[[list[Value], tuple[tuple[str, float], ...], float, str], tuple[bytes, str]]


def _library() -> tuple[Writes, Callable[[str], str]]:
    """Imports Prometheus' library; returns what writes pages, and what says in which form."""
    from appliance.fleet.metrics.page import Page, wanted  # noqa: PLC0415  # see `run`

    return Page().write, wanted


def _expiries(certificates: Mapping[str, Path]) -> dict[str, float]:
    """Returns when each ends; one that cannot be read costs itself, and its own service says why."""
    found = {}
    for table, path in certificates.items():
        try:
            found[table] = expiry(path)
        except (OSError, NotReadable):
            continue
    return found
