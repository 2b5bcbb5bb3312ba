"""A web server for tests that says what it is told to say, over TLS with an authority of its own; and a proxy."""

import ssl
import subprocess
from collections.abc import Mapping
from pathlib import Path

import trio

_HEAD_END = b"\r\n\r\n"


class Authority:
    """A certificate authority in a folder, made by openssl, and what it signed for `localhost` and 127.0.0.1."""

    def __init__(self, folder: Path) -> None:
        self.certificate, self._key = folder / "authority.pem", folder / "authority.key"
        self.folder = folder
        folder.mkdir(parents=True)
        _openssl(
            *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"),
            *("-subj", "/CN=Authority of a test", "-addext", "keyUsage=critical,keyCertSign,cRLSign"),
            *("-keyout", str(self._key), "-out", str(self.certificate)),
        )

    def pair(self, name: str = "localhost", names: str = "DNS:localhost,IP:127.0.0.1") -> tuple[Path, Path]:
        """A certificate and its key."""
        certificate, key = self.folder / f"{name}.pem", self.folder / f"{name}.key"
        _openssl(
            *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"),
            *("-CA", str(self.certificate), "-CAkey", str(self._key), "-subj", f"/CN={name}"),
            *("-addext", f"subjectAltName={names}", "-addext", "basicConstraints=critical,CA:FALSE"),
            *("-keyout", str(key), "-out", str(certificate)),
        )
        return certificate, key

    def server(self, *, wants_certificate: bool = False) -> ssl.SSLContext:
        """What a server says hello with."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=self.certificate)
        context.load_cert_chain(*self.pair())
        context.verify_mode = ssl.CERT_REQUIRED if wants_certificate else ssl.CERT_NONE
        return context


class Said:
    """What a server was asked, head by head, and what it says to each target; anything else is a 404."""

    def __init__(self, answers: Mapping[str, bytes] = {}) -> None:
        self.answers = dict(answers)
        self.heads: list[str] = []

    async def serve(self, stream: trio.abc.Stream) -> None:
        """One connection, one answer; bytes that end early end the connection early."""
        async with stream:
            head = await head_of(stream)
            if not head:  # the client saw enough in the handshake
                return
            self.heads.append(head)
            target = head.split(" ")[1]
            await stream.send_all(self.answers.get(target, answer(b"nothing here", "404 Not Found")))

    async def https(self, tls: ssl.SSLContext, *, task_status: trio.TaskStatus[int] = trio.TASK_STATUS_IGNORED) -> None:
        """Serves until cancelled; starts with its port."""

        async def one(stream: trio.SocketStream) -> None:
            try:
                await self.serve(trio.SSLStream(stream, tls, server_side=True, https_compatible=True))
            except trio.BrokenResourceError:  # the client did not like what it saw
                return

        await _listen(one, task_status)

    async def http(self, *, task_status: trio.TaskStatus[int] = trio.TASK_STATUS_IGNORED) -> None:
        """The same without TLS."""
        await _listen(self.serve, task_status)


class Proxy:
    """A proxy for HTTPS; `heads` is what it was asked. Whatever name is asked for, it connects to `port` here."""

    def __init__(self, port: int) -> None:
        self.heads: list[str] = []
        self._port = port

    async def serve(self, *, task_status: trio.TaskStatus[int] = trio.TASK_STATUS_IGNORED) -> None:
        await _listen(self._one, task_status)

    async def _one(self, client: trio.SocketStream) -> None:
        async with client, await trio.open_tcp_stream("127.0.0.1", self._port) as server:
            self.heads.append(await head_of(client))
            await client.send_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_pass_on, client, server, nursery.cancel_scope)
                nursery.start_soon(_pass_on, server, client, nursery.cancel_scope)


def answer(body: bytes, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    """The bytes of an answer; `length`: what the server says it is."""
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers)
    return "\r\n".join((*lines, "Connection: close")).encode() + _HEAD_END + body


async def head_of(stream: trio.abc.ReceiveStream) -> str:
    """What a client said before its body."""
    head = bytearray()
    while _HEAD_END not in head:
        if not (part := await stream.receive_some()):
            break
        head += part
    return head.decode()


async def _pass_on(source: trio.SocketStream, destination: trio.SocketStream, both: trio.CancelScope) -> None:
    try:
        async for part in source:
            await destination.send_all(part)
    except (trio.BrokenResourceError, trio.ClosedResourceError):
        pass
    both.cancel()


async def _listen(serve: object, task_status: trio.TaskStatus[int]) -> None:
    listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
    task_status.started(listeners[0].socket.getsockname()[1])
    await trio.serve_listeners(serve, listeners)  # type: ignore[arg-type]  # a handler of socket streams


def _openssl(*arguments: str) -> None:
    subprocess.run(("openssl", *arguments), check=True, capture_output=True)  # noqa: S607  # the tests look for it
