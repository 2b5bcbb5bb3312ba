"""The terminal's session for programs on the network, as `[share]` says."""

import ssl
from collections.abc import Callable

import structlog
import trio

from appliance.config.share import ShareConfig
from appliance.panel.certificate import Pair, fingerprint, server_context
from appliance.runtime.web.guesses import Guesses
from appliance.services.programs.sharing import SharingService
from appliance.share.grants import Grant, Role
from appliance.share.network.clients import LIMIT, Client, Clients
from appliance.share.network.network import Network
from appliance.share.network.passing import Passing
from appliance.share.network.source import Source
from appliance.share.network.web import Web
from appliance.terminal.config import place
from drivers.visca.config import Allowed

log = structlog.get_logger()


class NetworkSharingService:
    """Serves programs on the network. What is wrong with port, certificate or secrets costs this and nothing else."""

    def __init__(
        self,
        config: ShareConfig,
        sharing: SharingService,
        host: str,
        bound: Callable[[str, int], None] = lambda _key, _port: None,
    ) -> None:
        """`host`: the terminal's, where its pictures and files are.

        `bound` is told the key of the configuration and the port that it really listens on.
        """
        self._config = config
        self._sharing = sharing.sharing
        self._web = Web(self._sharing.passes, Passing(Source(host, sharing.ask), self._sharing.uploads))
        self._guesses = Guesses(trio.current_time, LIMIT)
        self._bound = bound

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Serves until cancelled. Raises `ListenError`, `CertificateError`, `CredentialsError` and `Unusable`.

        Files are read at each start, since they may have changed.
        """
        network = Network(self._sharing, self._clients(), Allowed(self._config.allow).__contains__, self._web)
        tls = self._tls()
        async with trio.open_nursery() as nursery:
            for key, listen, context in (
                ("listen", self._config.listen, None),
                ("listen_tls", self._config.listen_tls, tls),
            ):
                if listen is not None:
                    port: int = await nursery.start(network.serve, listen, context)
                    log.info("shared_on_the_network", at=listen, tls=context is not None)
                    self._bound(key, port)
            task_status.started()

    def _clients(self) -> Clients:
        clients = [
            Client(Grant(name, Role(client.role), power=client.power, stay=client.stay), client.secret(name))
            for name, client in self._config.clients.items()
        ]
        return Clients(clients, self._guesses)

    def _tls(self) -> ssl.SSLContext | None:
        if self._config.certificate is None or self._config.key is None:
            return None
        pair = Pair(place(self._config.certificate), place(self._config.key))
        log.info("share_certificate", certificate_sha256=fingerprint(pair.certificate))
        return server_context(pair)
