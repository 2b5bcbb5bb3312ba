"""A box behind pages that a browser opens over HTTPS."""

import json
import shutil
import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.demo.browser import Server, served
from tests.panel.conftest import made_pair


class SecureBox:
    """What tests ask of it goes past the browser."""

    def __init__(self, server: Server) -> None:
        self.address = f"https://{server.address}"
        self._tls = ssl.create_default_context()
        self._tls.check_hostname, self._tls.verify_mode = False, ssl.CERT_NONE

    def read(self, path: str, body: object = None) -> bytes:
        """What it answers to a GET, or with a body to a POST of this as JSON."""
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(self.address + path, data, timeout=30, context=self._tls) as answer:  # noqa: S310  # our own
            return bytes(answer.read())

    def ask(self, path: str, body: object = None) -> Any:  # JSON
        return json.loads(self.read(path, body))


@contextmanager
def served_in_tls(program: str, folder: Path) -> Iterator[Server]:
    """Runs a server in a process of its own; `folder` is its argument, with a certificate that is made there."""
    pair = made_pair(folder / "machine")
    shutil.copy(pair.certificate, folder / "certificate.pem")
    shutil.copy(pair.key, folder / "key.pem")
    with served("127.0.0.1:0", program, str(folder)) as server:
        yield server
