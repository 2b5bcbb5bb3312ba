"""A server for records (RFC 5425) on this machine: keeps what it is sent over TLS."""

import contextlib
import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.image.updating import own_certificate


class Collector:
    """What arrived so far."""

    def __init__(self, port: int, certificate: Path) -> None:
        self.port = port
        self.certificate = certificate
        self.got = bytearray()

    def until(self, words: bytes, seconds: float) -> None:
        """Waits for something to arrive."""
        deadline = time.monotonic() + seconds
        while words not in self.got:
            assert time.monotonic() < deadline, f"{words!r} did not arrive, but {bytes(self.got[-500:])!r}"
            time.sleep(0.2)


@contextmanager
def collector(folder: Path) -> Iterator[Collector]:
    """Listens on loopback, which the emulated machine reaches as its host."""
    key, certificate = own_certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    class Keeper(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError), context.wrap_socket(self.request, server_side=True) as line:
                while some := line.recv(65536):
                    kept.got += some

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Keeper) as server:
        server.daemon_threads = True  # a machine whose power is cut does not close its line
        kept = Collector(server.server_address[1], certificate)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()
