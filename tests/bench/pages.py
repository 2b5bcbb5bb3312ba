"""Pages of the room that people have open, in a process of their own: `python -m tests.bench.pages PORT COUNT`.

A page asks for itself anew every five seconds, as the browser does that shows it, over the connection that it keeps.
"""

import contextlib
import os
import re
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator

import trio

from tests.bench.patience import patience

HOST = "127.0.0.1"
AGAIN = 5.0  # seconds: what the page's head asks the browser for
LENGTH = re.compile(rb"(?i)^content-length: (\d+)", re.MULTILINE)


class Page:
    """A page that is open."""

    def __init__(self, port: int) -> None:
        self.sock = socket.create_connection((HOST, port))
        self._request = f"GET / HTTP/1.1\r\nHost: {HOST}:{port}\r\n\r\n".encode()
        self._buffer = b""

    def ask(self) -> None:
        """Asks for the page."""
        self.sock.sendall(self._request)

    def take(self) -> bool:
        """Reads what has come; returns whether the page is whole."""
        data = self.sock.recv(1 << 16)
        self._buffer += data
        head, end, body = self._buffer.partition(b"\r\n\r\n")
        whole = bool(end) and len(body) >= int((LENGTH.search(head) or [b"0", b"0"])[1])
        if not data or (whole and b" 200 " not in head):
            raise RuntimeError(f"the page was not answered, but {self._buffer[:200]!r}")
        if whole:
            self._buffer = b""
        return whole


def keep_open(pages: list[Page]) -> None:
    """Asks for each page in its turn, until the process is ended; says so once each has been there."""
    selector = selectors.DefaultSelector()
    for page in pages:
        selector.register(page.sock, selectors.EVENT_READ, page)
    began, asked, shown = time.monotonic(), 0, 0
    while True:
        due = began + asked * AGAIN / len(pages) if asked >= len(pages) else began
        for key, _ in selector.select(max(0.0, due - time.monotonic())):
            shown += key.data.take()
            if shown == len(pages):
                print("open", flush=True)  # noqa: T201  # whoever started it waits for this
        if time.monotonic() >= due:
            pages[asked % len(pages)].ask()
            asked += 1


@contextlib.asynccontextmanager
async def opened(port: int, count: int, *, beside: int) -> AsyncIterator[None]:
    """Keeps `count` pages open, on the processor of another process."""
    if not count:
        yield
        return
    command = [sys.executable, "-m", "tests.bench.pages", str(port), str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: ASYNC220  # a bench may wait
        os.sched_setaffinity(process.pid, os.sched_getaffinity(beside))
        assert process.stdout is not None
        try:
            with trio.fail_after(patience(10)):
                if not await trio.to_thread.run_sync(process.stdout.readline, abandon_on_cancel=True):
                    raise RuntimeError("the pages ended")
            yield
        finally:
            process.kill()


if __name__ == "__main__":
    keep_open([Page(int(sys.argv[1])) for _ in range(int(sys.argv[2]))])
