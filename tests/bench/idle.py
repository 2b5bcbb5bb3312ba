"""What a room costs while nothing happens: wake-ups of all its threads, and processor time."""

import os
import re
import time
from pathlib import Path

import trio

from tests.bench.figures import Samples

_WAITED = re.compile(r"^voluntary_ctxt_switches:\s+(\d+)", re.MULTILINE)
SETTLE = 1.0  # seconds after which what came before has been shown and answered


async def rest(seconds: float, samples: Samples) -> None:
    """Adds a sample of `wakeups_idle` (a second) and one of `idle_cpu_room` (seconds of processor time a second)."""
    await trio.sleep(SETTLE)
    began, woken, computed = time.perf_counter(), wakeups(), time.process_time()
    await trio.sleep(seconds)
    took = time.perf_counter() - began
    samples.setdefault("wakeups_idle", []).append((wakeups() - woken) / took)
    samples.setdefault("idle_cpu_room", []).append((time.process_time() - computed) / took)


def wakeups() -> int:
    """How often threads of this process have waited so far, and so been woken again."""
    tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
    told = (
        re.search(r"^voluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text(), re.MULTILINE) for task in tasks
    )
    return sum(int(found[1]) for found in told if found)
