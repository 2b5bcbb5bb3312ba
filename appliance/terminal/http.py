"""One HTTP request on trio, bounded in time and size; enough for the terminal's small web server."""

import h11
import msgspec
import trio

from appliance.terminal.address import address
from appliance.terminal.errors import TerminalError

LARGEST_BODY = 2**20  # bytes
CHUNK = 2**14  # bytes


class HttpError(TerminalError):
    """No usable HTTP answer; says from where and why."""


class Response(msgspec.Struct, frozen=True):
    """An answer; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


async def get(host: str, port: int, target: str, *, within: float, largest_body: int = LARGEST_BODY) -> Response:
    """`GET http://host:port/target` on a connection of its own.

    Raises `HttpError` when there is no complete answer `within` seconds or its body is longer than `largest_body`
    bytes. The target is not in the message: it may hold a token.
    """
    where = address(host, port)
    try:
        with trio.fail_after(within):
            async with await trio.open_tcp_stream(host, port) as stream:
                return await _exchange(stream, where, target, largest_body)
    except trio.TooSlowError:
        raise HttpError(f"{where}: no answer within {within:g} s") from None
    except (OSError, trio.BrokenResourceError, h11.ProtocolError) as error:
        raise HttpError(f"{where}: {error}") from error


async def _exchange(stream: trio.SocketStream, host: str, target: str, largest_body: int) -> Response:
    connection = h11.Connection(h11.CLIENT)
    request = h11.Request(method="GET", target=target, headers=[("Host", host), ("Connection", "close")])
    await stream.send_all((connection.send(request) or b"") + (connection.send(h11.EndOfMessage()) or b""))
    head: h11.Response | None = None
    body = bytearray()
    while not isinstance(event := await _next_event(connection, stream), h11.EndOfMessage):
        if isinstance(event, h11.Response):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
        if len(body) > largest_body:
            raise HttpError(f"{host}: the answer is longer than {largest_body} bytes")
    if head is None:
        raise HttpError(f"{host}: no answer")
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in head.headers}
    return Response(head.status_code, headers, bytes(body))


async def _next_event(connection: h11.Connection, stream: trio.SocketStream) -> h11.Event:
    while (event := connection.next_event()) is h11.NEED_DATA:
        data = await stream.receive_some(CHUNK)
        if not data and connection.their_state is h11.SEND_RESPONSE:
            raise h11.RemoteProtocolError("the connection ended before the answer")
        connection.receive_data(data)
    assert isinstance(event, h11.Event)  # noqa: S101  # the other sentinel, PAUSED, comes after EndOfMessage only
    return event
