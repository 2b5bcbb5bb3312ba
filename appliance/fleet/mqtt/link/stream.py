"""A stream to a broker: TCP, and TLS over it, in bounded time."""

import socket
import ssl
from pathlib import Path
from typing import Final

import msgspec
import trio

from appliance.fleet.mqtt.link.packets import LinkError
from appliance.fleet.mqtt.link.wire import lost

WITHIN: Final = 10.0  # seconds for name, connection and TLS
OPTIONS: Final = (  # as for the link to the terminal: the kernel notices a peer that vanished, too
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    (socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 20_000),  # milliseconds
)


class Secure(msgspec.Struct, frozen=True):
    """What TLS is spoken with; `ca` None: whom the system trusts. PEM files, the key without a passphrase."""

    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def context(self) -> ssl.SSLContext:
        """Returns what a client needs, the broker's name and certificate being checked. Reads files: blocks.

        Raises `OSError` (of which `ssl.SSLError` is one).
        """
        context = ssl.create_default_context(cafile=self.ca)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.certificate is not None:
            context.load_cert_chain(self.certificate, self.key, password=_nobody_to_ask)
        return context


async def open_stream(host: str, port: int, secure: Secure | None) -> trio.abc.Stream:
    """Opens a connection. Raises `LinkError`, with a reason for people."""
    try:
        with trio.fail_after(WITHIN):
            context = None if secure is None else await trio.to_thread.run_sync(secure.context)
            stream = await trio.open_tcp_stream(host, port)
            for level, option, value in OPTIONS:
                stream.socket.setsockopt(level, option, value)
            return stream if context is None else await _secured(stream, context, host)
    except trio.TooSlowError:
        raise LinkError(f"no answer within {WITHIN:g} s") from None
    except (OSError, trio.BrokenResourceError) as error:
        raise lost(_inner(error)) from None


async def _secured(stream: trio.SocketStream, context: ssl.SSLContext, host: str) -> trio.abc.Stream:
    tls = trio.SSLStream(stream, context, server_hostname=host, https_compatible=True)
    try:
        await tls.do_handshake()
    except BaseException:
        await trio.aclose_forcefully(stream)
        raise
    return tls


def _inner(error: Exception) -> Exception:
    """Returns the first error of those that trio found at several addresses of one name."""
    cause = error.__cause__
    while isinstance(cause, ExceptionGroup):
        cause = cause.exceptions[0]
    return cause if isinstance(cause, OSError) else error


def _nobody_to_ask() -> str:
    """The passphrase: without this, OpenSSL asks at the console and waits."""
    return ""
