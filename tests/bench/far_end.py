"""The benchmark's hold on the bare server: started in a process of its own, and asked what arrived when."""

import multiprocessing
import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from multiprocessing.connection import Connection

import trio
from trio_websocket import WebSocketConnection, open_websocket

from tests.bench.bare_server import Arrived, serve
from tests.bench.patience import patience
from tests.some import some

HOST = "127.0.0.1"
ANSWER = 10.0  # seconds; it first sends what it is about to send


class Awaited:
    """Something that the server is to tell."""

    def __init__(self, wanted: str | None) -> None:
        self._wanted = wanted
        self._told = trio.Event()
        self._number = 0

    def hear(self, told: Arrived | int) -> None:
        """What the server tells; the first that fits counts."""
        if isinstance(told, int):
            fits, number = self._wanted is None, told
        else:
            fits, number = self._wanted in told.names, told.at
        if fits and not self._told.is_set():
            self._number = number
            self._told.set()

    async def number(self) -> int:
        """It, once told. Whoever waits sets a limit, before the clock begins: to set one takes time."""
        await self._told.wait()
        return self._number


class FarEnd:
    """The bare server on `port`; `listen` must run for it to be heard."""

    def __init__(self, pipe: Connection, process: int) -> None:
        self._pipe = pipe
        self.process = process
        self._awaited = Awaited(None)
        self.port: int = pipe.recv()

    async def listen(self) -> None:
        """Hears the server until cancelled."""
        while True:
            await trio.lowlevel.wait_readable(self._pipe.fileno())
            self._awaited.hear(self._pipe.recv())

    def expect(self, method: str) -> Awaited:
        """When (nanoseconds) the next frame with this method arrives. Asked before it is sent: asking takes time."""
        self._awaited = Awaited(method)
        return self._awaited

    def send_event(self, kind: str, text: bytes) -> None:
        """Has an event sent to the connections of a kind (`websocket` or `quiet`)."""
        self._pipe.send(("event", kind, text))

    async def sent_at(self) -> int:
        """When (nanoseconds) the last event was sent."""
        return await self._ask(("sent",))

    def start_flood(self, texts: Sequence[bytes], period: float = 0.001, kind: str = "websocket") -> None:
        """Has an event sent each `period` seconds to the connections of a kind; with 0 as many as they take."""
        self._pipe.send(("flood", list(texts), period, kind))

    async def end_flood(self) -> int:
        """Ends that; how many there were."""
        return await self._ask(("flood", []))

    async def _ask(self, order: tuple[object, ...]) -> int:
        self._awaited = Awaited(None)
        self._pipe.send(order)
        with trio.fail_after(patience(ANSWER)):
            return await self._awaited.number()


@contextmanager
def apart(*processes: int) -> Iterator[None]:
    """Keeps us off the processor that `processes` are then left alone on, if there are several.

    A terminal has a processor of its own. Here the kernel may wake the server on ours, where it waits until we rest:
    then a frame would seem to arrive only after all that we do once it is sent.
    """
    before = os.sched_getaffinity(0)
    if len(before) > 1:
        for process in processes:
            os.sched_setaffinity(process, {max(before)})
        os.sched_setaffinity(0, before - {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def bare_server(*, tells: bool = True) -> Iterator[FarEnd]:
    """The server for as long as the context lasts; one that does not tell what arrives has nobody listen to it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, tells), daemon=True)
    process.start()
    theirs.close()  # else it would not be the end of the pipe when the server fails, and we should wait for ever
    try:
        yield FarEnd(ours, some(process.pid))
        ours.send(None)
        process.join(patience(10))
    finally:
        process.kill()


@asynccontextmanager
async def bare_websocket(far_end: FarEnd, path: str = "/quiet") -> AsyncIterator[WebSocketConnection]:
    """A connection of nothing but trio-websocket to the same server."""
    async with open_websocket(HOST, far_end.port, path, use_ssl=False) as websocket:
        yield websocket
