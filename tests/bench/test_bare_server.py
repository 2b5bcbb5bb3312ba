import os
import selectors
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection

import pytest
import trio

from tests.bench.bare_server import Arrived, BareServer, Client
from tests.bench.far_end import HOST, FarEnd, bare_server
from tests.bench.patience import patience

UPGRADE = b"GET / HTTP/1.1\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n\r\n"
CLOSING = b"\x88\x80" + bytes(4)


@contextmanager
def served() -> Iterator[tuple[Connection, int]]:
    """A server in a thread: its pipe and its port."""
    ours, theirs = Pipe()
    thread = threading.Thread(target=BareServer(theirs).run)
    thread.start()
    try:
        yield ours, ours.recv()
    finally:
        ours.send(None)
        thread.join()


def told(pipe: Connection) -> Arrived:
    assert pipe.poll(patience(1)), "nothing was told"
    arrived: Arrived = pipe.recv()
    return arrived


def test_raw_bytes_are_told_though_they_came_with_the_greeting() -> None:
    with served() as (pipe, port), socket.create_connection((HOST, port)) as raw:
        raw.sendall(b"raw" + b"a frame")
        assert told(pipe).names == ("raw",)


def test_a_server_that_fails_is_an_error_and_no_silence() -> None:
    async def hear(far_end: FarEnd) -> None:
        os.kill(far_end.process, signal.SIGKILL)
        with trio.fail_after(patience(10)):
            await far_end.listen()

    with pytest.raises(EOFError), bare_server() as far_end:
        trio.run(hear, far_end)


@pytest.mark.parametrize("asked", [b"GET /config.json HTTP/1.1\r\n\r\n", UPGRADE, UPGRADE + CLOSING])
def test_a_client_that_left_before_it_was_answered_costs_the_server_nothing(asked: bytes) -> None:
    near, far = socket.socketpair()
    ours, theirs = Pipe()
    server = BareServer(theirs)
    client = Client(far)
    server.clients.append(client)
    server.selector.register(far, selectors.EVENT_READ)
    near.sendall(asked)
    near.close()
    while server.clients:  # the answer, and then the end
        server.receive(client)
    server.close()
    ours.close()
