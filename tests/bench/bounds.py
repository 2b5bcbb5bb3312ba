"""How long a group may take, so that one that hangs says so: which it is, and where each thread and each task waits.

A bench waits for other processes in many places. Most of those waits have a limit of their own; this one is for what
nobody thought of. It takes the time from the kernel (SIGALRM), so that it also comes while the main thread waits, and
ends the process for good: what hangs need not be able to end. Should the interpreter itself hang, faulthandler does it.
"""

import faulthandler
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

import trio

from tests.bench.patience import patience
from tests.bench.size import Size

LEAST: Final = 240.0  # seconds; the longest group of the smallest run takes 20 where nothing else runs
ROUND, START, WEIGHING = 8.0, 60.0, 90.0  # seconds; several times what those of the longest group take
WEIGHED_IDLE, DRIVEN = 60, 4  # the longest group rests so many times `idle` a weighing, and drives once
ROOM: Final = 3.0  # seconds to start one more simulated room, a weighing
BEHIND: Final = 30.0  # seconds after which faulthandler takes it that the signal was not handled
FAILED: Final = 3  # exit status


def bound(size: Size) -> float:
    """Returns the seconds that no group takes that works, on a machine that is as busy as this is now."""
    weighing = WEIGHING + WEIGHED_IDLE * size.idle + ROOM * size.rooms
    seconds = LEAST + ROUND * size.rounds + START * size.starts + weighing * size.weighings + DRIVEN * size.drive
    return patience(seconds)


@contextmanager
def bounded(name: str, seconds: float) -> Iterator[None]:
    """Ends this process and those that it started if the context lasts longer; says on stderr what was under way."""

    def passed(_signal: int, _frame: FrameType | None) -> NoReturn:
        end(f"group {name!r} has not ended after {seconds:g} s; where it waits is above")

    before = signal.signal(signal.SIGALRM, passed)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    faulthandler.dump_traceback_later(seconds + BEHIND, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def end(why: str) -> NoReturn:
    """Says why and where, kills what this process started, and ends it without any clean-up."""
    try:
        sys.stderr.write("".join(_tasks()))
        sys.stderr.flush()
        faulthandler.dump_traceback(all_threads=True)
        sys.stderr.write(f"bench: {why}\n")
        sys.stderr.flush()
    finally:
        for process in descendants(os.getpid()):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        os._exit(FAILED)


def _tasks() -> Iterator[str]:
    """Where each task of trio's waits, if it runs in this thread; those inside others come after them."""
    with suppress(RuntimeError):
        root = trio.lowlevel.current_root_task()
        waiting = [] if root is None else [root]
        while waiting:
            task = waiting.pop()
            yield f"task {task.name}\n"
            yield from traceback.StackSummary.extract(task.iter_await_frames()).format()
            waiting += [child for nursery in task.child_nurseries for child in nursery.child_tasks]


def descendants(process: int) -> list[int]:
    """Returns the processes that a process started, and those that they started."""
    found = []
    with suppress(OSError):  # it, or a thread of it, has just ended
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            for child in map(int, children.read_text().split()):
                found += [child, *descendants(child)]
    return found
