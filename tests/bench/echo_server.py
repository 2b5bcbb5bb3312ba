"""trio-websocket and nothing else: a server that sends back what it gets. Prints its port."""

import sys
from functools import partial

import trio
from trio_websocket import ConnectionClosed, WebSocketRequest, WebSocketServer, serve_websocket

from tests.bench.far_end import HOST


async def echo(request: WebSocketRequest) -> None:
    """One connection."""
    websocket = await request.accept()
    try:
        while True:
            await websocket.send_message(await websocket.get_message())
    except ConnectionClosed:
        pass


async def serve() -> None:
    """Serves until the process is ended."""
    async with trio.open_nursery() as nursery:
        server: WebSocketServer = await nursery.start(partial(serve_websocket, echo, HOST, 0, ssl_context=None))
        sys.stdout.write(f"port {server.port}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    trio.run(serve)
