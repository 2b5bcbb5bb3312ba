"""The benchmark's hold on the bare server: started in a process of its own, and asked what arrived when."""

import multiprocessing
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from multiprocessing.connection import Connection

import trio
from trio_websocket import WebSocketConnection, open_websocket

from tests.bench.bare_server import Arrived, serve

PATIENCE = 10.0  # seconds; what takes longer is a broken measurement
HOST = "127.0.0.1"


class FarEnd:
    """The bare server on `port`. The pipe is read only when something is asked for: reading must not disturb."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.port: int = pipe.recv()

    async def arrival(self, method: str) -> int:
        """When (nanoseconds) the next frame with this method arrived."""
        while True:
            told = await self._told()
            if isinstance(told, Arrived) and method in told.names:
                return told.at

    def send_event(self, kind: str, text: bytes) -> None:
        """Has an event sent to the connections of a kind (`websocket` or `quiet`); then ask `number` when that was."""
        self._pipe.send(("event", kind, text))

    def start_flood(self, texts: Sequence[bytes]) -> None:
        """Has one event a millisecond sent to the appliance."""
        self._pipe.send(("flood", list(texts)))

    async def end_flood(self) -> int:
        """Ends that; how many there were."""
        self._pipe.send(("flood", []))
        return await self.number()

    async def number(self) -> int:
        """The answer to an order."""
        while True:
            told = await self._told()
            if isinstance(told, int):
                return told

    async def _told(self) -> Arrived | int:
        with trio.fail_after(PATIENCE):
            await trio.lowlevel.wait_readable(self._pipe.fileno())
        told: Arrived | int = self._pipe.recv()
        return told


@contextmanager
def bare_server() -> Iterator[FarEnd]:
    """The server for as long as the context lasts."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield FarEnd(ours)
        ours.send(None)
        process.join(PATIENCE)
    finally:
        process.kill()


@asynccontextmanager
async def bare_websocket(far_end: FarEnd) -> AsyncIterator[WebSocketConnection]:
    """A connection of nothing but trio-websocket to the same server."""
    async with open_websocket(HOST, far_end.port, "/quiet", use_ssl=False) as websocket:
        yield websocket
