import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from tests.bench.bare_server import Arrived, BareServer
from tests.bench.far_end import HOST
from tests.bench.patience import patience


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
