"""A server for EST (RFC 7030), made of openssl: an authority that signs, knows passwords that hold once, and renews."""

import base64
import re
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path

import trio

from tests.runtime.https_server import Authority, answer

_HEAD_END = b"\r\n\r\n"
Fault = Callable[[bytes], bytes]
"""Makes of a right answer another one; an empty one ends the connection without a word."""


class Asked:
    """One request: what, by whom, with which body; `name` of the client's certificate, empty without one."""

    def __init__(self, head: str, body: bytes, name: str) -> None:
        self.head, self.body, self.name = head, body, name
        self.target = head.split(" ")[1]
        self.operation = self.target.rpartition("/")[2]

    @property
    def user(self) -> str:
        """USER:PASSWORD, empty without."""
        found = re.search(r"\r\nauthorization: basic (\S+)", self.head, re.IGNORECASE)
        return base64.b64decode(found[1]).decode() if found else ""


class Est:
    """`once`: USER:PASSWORD that each give one certificate; `days` that they hold. `faults`: by operation.

    `silent`: hears, and says nothing.
    """

    def __init__(self, authority: Authority, *once: str) -> None:
        self.authority = authority
        self.once = set(once)
        self.days = 10
        self.silent = False
        self.faults: dict[str, Fault] = {}
        self.asked: list[Asked] = []
        self.url = ""
        self._folder = authority.folder

    async def serve(self, *, task_status: trio.TaskStatus[int] = trio.TASK_STATUS_IGNORED) -> None:
        """Serves until cancelled; starts with its port. Whoever has a certificate of the authority may show it."""
        tls = self.authority.server()
        tls.verify_mode = ssl.CERT_OPTIONAL

        async def one(stream: trio.SocketStream) -> None:
            try:
                await self._one(trio.SSLStream(stream, tls, server_side=True, https_compatible=True))
            except (trio.BrokenResourceError, trio.ClosedResourceError):
                return

        listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
        task_status.started(listeners[0].socket.getsockname()[1])
        await trio.serve_listeners(one, listeners)

    def operations(self) -> list[str]:
        """What was asked so far, in order."""
        return [asked.operation for asked in self.asked]

    async def _one(self, stream: trio.SSLStream[trio.SocketStream]) -> None:
        async with stream:
            got = bytearray()
            while _HEAD_END not in got or len(got) < _whole(bytes(got)):
                if not (part := await stream.receive_some()):
                    return
                got += part
            head, _, body = bytes(got).partition(_HEAD_END)
            asked = Asked(head.decode(), body, _name(stream.getpeercert()))
            self.asked.append(asked)
            if self.silent:
                await trio.sleep_forever()
            said = await trio.to_thread.run_sync(self._answer, asked)
            if asked.operation in self.faults:
                said = self.faults[asked.operation](said)
            if said:
                await stream.send_all(said)

    def _answer(self, asked: Asked) -> bytes:
        if asked.operation == "cacerts":
            return _certificates(self._pkcs7(self.authority.certificate))
        request = self._folder / "asked.csr"
        request.write_bytes(
            b"-----BEGIN CERTIFICATE REQUEST-----\n" + asked.body + b"-----END CERTIFICATE REQUEST-----\n"
        )
        if asked.operation == "simpleenroll":
            if asked.user not in self.once:
                return answer(b"who are you?", "401 Unauthorized")
            self.once.remove(asked.user)
        elif f"CN = {asked.name}" not in _openssl("req", "-noout", "-subject", "-in", request).decode():
            return answer(b"not the same subject", "403 Forbidden")
        return _certificates(self._pkcs7(self.signed(request), self.authority.certificate))

    def signed(self, request: Path) -> Path:
        """A certificate for a request."""
        made = request.with_suffix(".crt")
        extensions = self._folder / "extensions.cnf"
        extensions.write_text("basicConstraints=critical,CA:FALSE\nextendedKeyUsage=clientAuth\n")
        by = ("-CA", self.authority.certificate, "-CAkey", self._folder / "authority.key", "-CAcreateserial")
        what = ("-copy_extensions", "copy", "-extfile", extensions, "-days", str(self.days))
        _openssl("x509", "-req", "-in", request, *by, *what, "-out", made)
        return made

    def _pkcs7(self, *certificates: Path) -> bytes:
        files = [word for certificate in certificates for word in ("-certfile", certificate)]
        return _openssl("crl2pkcs7", "-nocrl", *files, "-outform", "DER")


def _certificates(pkcs7: bytes) -> bytes:
    kind = ("Content-Type: application/pkcs7-mime; smime-type=certs-only", "Content-Transfer-Encoding: base64")
    return answer(base64.encodebytes(pkcs7), "200 OK", *kind)


def _whole(got: bytes) -> int:
    length = re.search(rb"\r\ncontent-length: (\d+)", got, re.IGNORECASE)
    return got.index(_HEAD_END) + len(_HEAD_END) + (int(length[1]) if length else 0)


def _name(certificate: object) -> str:
    parts = dict(part[0] for part in certificate["subject"]) if isinstance(certificate, dict) and certificate else {}
    return str(parts.get("commonName", ""))


def _openssl(*words: str | Path) -> bytes:
    return subprocess.run(("openssl", *words), check=True, capture_output=True).stdout  # noqa: S607  # the tests look for it
