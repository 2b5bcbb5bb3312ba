"""Programs that share the appliance's session, in a process of their own: `python -m tests.bench.programs SOCKET …`.

`trips PORT COUNT`: a command through the appliance and straight to the terminal in turn; prints what each took.
`hear COUNT`: prints for each event when the last of them had it. `sit COUNT`: they read nothing.
"""

import os
import selectors
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import trio

from tests.bench.patience import patience
from tests.bench.plain_client import PlainClient, text_frame

AUTH = text_frame(b'{"method":"auth","type":"unsecured"}')
COMMAND = text_frame(b'{"method":"getMicMute","requestId":"1000"}')
READY = b"ready\n"
WARM_UP = 20  # round trips that do not count


class Programs:
    """The process, and what it prints."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def line(self) -> bytes:
        """The next line."""
        assert self._process.stdout is not None
        line: bytes = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the programs ended")
        return line

    async def number(self) -> int:
        """The number in the next line."""
        with trio.fail_after(patience(10)):
            return int(await trio.to_thread.run_sync(self.line, abandon_on_cancel=True))


@contextmanager
def programs(where: Path, what: str, *numbers: int, beside: int | None = None) -> Iterator[Programs]:
    """Programs at the socket `where`, on the processor of another process if need be, once they are connected."""
    command = [sys.executable, "-m", "tests.bench.programs", str(where), what, *map(str, numbers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        if beside is not None:
            os.sched_setaffinity(process.pid, os.sched_getaffinity(beside))
        try:
            yield Programs(process)
        finally:
            process.kill()


@asynccontextmanager
async def at_work(where: Path, what: str, *numbers: int, beside: int | None = None) -> AsyncIterator[Programs]:
    """The same for a room in this process, which lets them in meanwhile."""
    with programs(where, what, *numbers, beside=beside) as some:
        with trio.fail_after(patience(30)):
            assert await trio.to_thread.run_sync(some.line, abandon_on_cancel=True) == READY
        yield some


def let_in(where: Path, count: int) -> list[PlainClient]:
    """So many programs that have authorised."""
    found = [PlainClient(where) for _ in range(count)]
    for one in found:
        one.ask([AUTH])
    return found


def say(what: object) -> None:
    """To whoever started this process."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def trips(where: Path, port: int, count: int) -> None:
    """Round trips, those through the appliance and those straight to the terminal in turn."""
    (through,), straight = let_in(where, 1), PlainClient(port)
    say("ready")
    ways = [("through", through), ("straight", straight)]
    for number in range(-WARM_UP, count):
        for name, client in ways if number % 2 else reversed(ways):
            began = time.perf_counter_ns()
            client.ask([COMMAND])
            if number >= 0:
                say(f"{name} {time.perf_counter_ns() - began}")


def hear(where: Path, count: int) -> None:
    """Hears events, one after the other."""
    selector = selectors.DefaultSelector()
    for one in let_in(where, count):
        selector.register(one, selectors.EVENT_READ)
    say("ready")
    while True:
        heard = 0
        while heard < count:
            for key, _ in selector.select():
                assert isinstance(key.fileobj, PlainClient)
                heard += len(key.fileobj.texts())
        say(time.perf_counter_ns())


def sit(where: Path, count: int) -> None:
    """Reads nothing."""
    _held = let_in(where, count)
    say("ready")
    time.sleep(3600)  # whoever started this ends it


DOES: dict[str, Callable[..., None]] = {"trips": trips, "hear": hear, "sit": sit}


def main(where: str, what: str, *numbers: str) -> None:
    """Does what the command line says."""
    DOES[what](Path(where), *map(int, numbers))


if __name__ == "__main__":
    main(*sys.argv[1:])
