"""Somebody who maintains the room, in a process of their own: `python -m tests.bench.maintainer PORT SECRET WHAT`.

`log`: has the page of the log open, as its script does: the box says over a WebSocket that there are new lines, and the
page asks for them, at most twice a second. `bundles`: makes one support bundle after the other, and prints for each the
nanoseconds from the question to its last byte. Both say `ready` once they have had their first answer.
"""

import http.client
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import Final

import trio

from appliance.access.digests import digest
from appliance.access.tokens import Token
from tests.bench.far_end import HOST
from tests.bench.patience import patience
from tests.bench.plain_client import PlainClient, text_frame
from tests.bench.programs import READY, Programs, say
from tests.bench.room import BenchRoom

SECRET: Final = "offhook_a-token-of-the-bench"  # of rooms that live for seconds
TOKEN: Final = Token("bench", "maintain", digest(SECRET), made=0)
SLOWEST: Final = 20.0  # seconds for an answer
BEAT, SOONEST = 1.0, 0.5  # seconds: as the script of the page has them
KINDS: Final = ("log", "bundles")


class Asking:
    """A connection of somebody with a token."""

    def __init__(self, port: int, secret: str) -> None:
        self.header = {"Authorization": f"Bearer {secret}"}
        self._http = http.client.HTTPConnection(HOST, port, timeout=patience(SLOWEST))

    def get(self, path: str) -> bytes:
        """Returns the body. Raises `RuntimeError` where the answer is another than 200."""
        self._http.request("GET", path, headers=self.header)
        answer = self._http.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} was answered {answer.status}: {body[:200]!r}")
        return body


def follow_log(port: int, secret: str) -> None:
    """Has the page of the log open until the process is ended."""
    web = Asking(port, secret)
    live = PlainClient(port, "/maintenance/live", web.header)
    selector = selectors.DefaultSelector()
    selector.register(live, selectors.EVENT_READ)
    last, due, soonest, news = 0, time.monotonic(), 0.0, True
    while True:
        now = time.monotonic()
        if now >= due:
            live.send(text_frame(b"{}"))
            due += BEAT
        if news and now >= soonest:
            asked, last = last, json.loads(web.get(f"/maintenance/log/lines?after={last}"))["last"]
            news, soonest = False, now + SOONEST
            if not asked:
                say("ready")
        if selector.select(max(0.0, (min(due, soonest) if news else due) - time.monotonic())):
            news |= any(b'"log"' in text for text in live.texts())


def make_bundles(port: int, secret: str) -> None:
    """Makes bundles until the process is ended."""
    web = Asking(port, secret)
    web.get("/maintenance/bundle.zip")
    say("ready")
    while True:
        began = time.perf_counter_ns()
        web.get("/maintenance/bundle.zip")
        say(time.perf_counter_ns() - began)


@asynccontextmanager
async def maintained(room: BenchRoom, *, beside: int) -> AsyncIterator[Programs]:
    """Both at a room in this process, on the processor of another process; yields the one that makes bundles."""
    room.appliance.parts.access.tokens.take((TOKEN,))
    with ExitStack() as stack:
        begun = [stack.enter_context(_process(room.page, kind, beside)) for kind in KINDS]
        for each in begun:
            with trio.fail_after(patience(SLOWEST)):
                assert await trio.to_thread.run_sync(each.line, abandon_on_cancel=True) == READY
        yield begun[-1]


@contextmanager
def _process(port: int, kind: str, beside: int) -> Iterator[Programs]:
    command = [sys.executable, "-m", "tests.bench.maintainer", str(port), SECRET, kind]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        os.sched_setaffinity(process.pid, os.sched_getaffinity(beside))
        try:
            yield Programs(process)
            if process.poll() is not None:
                raise RuntimeError(f"who maintains the room ended meanwhile, with {process.returncode}")
        finally:
            process.kill()


DOES: dict[str, Callable[[int, str], None]] = {"log": follow_log, "bundles": make_bundles}

if __name__ == "__main__":
    DOES[sys.argv[3]](int(sys.argv[1]), sys.argv[2])
