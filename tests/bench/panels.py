"""Panels that are open, in a process of their own: `python -m tests.bench.panels PORT COUNT PATH`.

Each says every second that it is there, as a page does. The process prints when the last of them had a change of the
microphone. For each line of its input the first of them asks for the action in it, and it prints when it began to.
"""

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import trio

from tests.bench.patience import patience
from tests.bench.plain_client import PlainClient, text_frame
from tests.bench.programs import READY, say
from tests.some import some

BEAT = 1.0  # seconds
LIVE = "/panel/live"
CHANGE = b'"mic_muted":'
FIRST = b'"box":'


class Panel:
    """A page's end of the connection."""

    def __init__(self, port: int, path: str) -> None:
        self._client = PlainClient(port, path)
        self._asked = 0
        self._now = 0
        if path == LIVE:
            self.changes()  # who has not heard of the room yet asks for nothing: it would not be taken

    def fileno(self) -> int:
        """For whoever waits until something can be read."""
        return self._client.fileno()

    def changes(self) -> int:
        """Reads what has come; returns how many changes of the microphone it told, but what was so at first.

        Raises `RuntimeError` where the room did not take what was asked for.
        """
        texts = self._client.texts()
        for text in texts:
            told = json.loads(text)
            self._now = told.get("now", self._now)
            if why := told.get("why"):
                raise RuntimeError(f"what was asked for was not taken: {why}")
        return sum(CHANGE in text and FIRST not in text for text in texts)

    def beat(self) -> None:
        """Says that it is there."""
        self._client.send(text_frame(b"{}"))

    def ask(self, words: str) -> None:
        """Asks for an action."""
        self._asked += 1
        wish = {"do": words, "id": self._asked, "seen": self._now}
        self._client.send(text_frame(json.dumps(wish, separators=(",", ":")).encode()))


class Panels:
    """The process with the panels, as it is seen by whoever has started it."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def line(self) -> bytes:
        """The next line that it prints."""
        line: bytes = some(self._process.stdout).readline()
        if not line:
            raise RuntimeError("the panels ended")
        return line

    async def number(self) -> int:
        """The number in the next line."""
        with trio.fail_after(patience(10)):
            return int(await trio.to_thread.run_sync(self.line, abandon_on_cancel=True))

    def ask(self, words: str) -> None:
        """Has the first panel ask for an action; the next number is when (nanoseconds)."""
        stdin = some(self._process.stdin)
        stdin.write(f"{words}\n".encode())
        stdin.flush()


@contextmanager
def panels(port: int, count: int, path: str = LIVE, *, beside: int | None = None) -> Iterator[Panels]:
    """So many panels, on the processor of another process if need be."""
    command = [sys.executable, "-m", "tests.bench.panels", str(port), str(count), path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        if beside is not None:
            os.sched_setaffinity(process.pid, os.sched_getaffinity(beside))
        try:
            yield Panels(process)
            if process.poll() is not None:
                raise RuntimeError(f"the panels ended meanwhile, with {process.returncode}")
        finally:
            process.kill()


@asynccontextmanager
async def open_panels(port: int, count: int, path: str = LIVE, *, beside: int) -> AsyncIterator[Panels]:
    """The same for a server in this process, once each has been told everything."""
    with panels(port, count, path, beside=beside) as some_panels:
        with trio.fail_after(patience(30)):
            assert await trio.to_thread.run_sync(some_panels.line, abandon_on_cancel=True) == READY
        yield some_panels


def opened(port: int, path: str, count: int) -> list[Panel]:
    """So many panels; the first ones beat while the last ones come, or on a busy machine they would be taken for gone.

    That is one beat of each for every newcomer, of which a room takes 20 a second of each at most.
    """
    every: list[Panel] = []
    while len(every) < count:
        every.append(Panel(port, path))
        for panel in every:
            panel.beat()
    return every


def keep_open(every: list[Panel]) -> None:
    """Beats and listens until the process is ended."""
    selector = selectors.DefaultSelector()
    for panel in every:
        selector.register(panel, selectors.EVENT_READ)
    selector.register(sys.stdin, selectors.EVENT_READ)
    say("ready")
    due, heard = time.monotonic(), 0
    while True:
        if time.monotonic() >= due:
            due += BEAT
            for panel in every:
                panel.beat()
        for key, _ in selector.select(max(0.0, due - time.monotonic())):
            if isinstance(key.fileobj, Panel):
                heard += key.fileobj.changes()
                continue
            words = sys.stdin.readline().strip()
            say(time.perf_counter_ns())
            every[0].ask(words)
        if every and heard >= len(every):
            say(time.perf_counter_ns())
            heard = 0


if __name__ == "__main__":
    keep_open(opened(int(sys.argv[1]), sys.argv[3], int(sys.argv[2])))
