"""How fast the card takes what the firmware writes: much at once, and little pieces that must be safe.

A setting, a preset or a report is a few thousand bytes that are flushed before they count, so the time of one flush is
what people wait for. Reading is measured after the kernel has been asked to forget what it has read.
"""

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

import trio

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.figures import percentile
from appliance.cli.hardware_test.step import Figure, Finding, Step, judged
from appliance.language.text import Text

SIZE: Final = 16 << 20  # bytes; more than a card's own buffer, less than what wears it
PIECE: Final = 4096  # bytes; a settings file
PIECES: Final = 50
FOLDERS: Final = ("/data", "/var/lib", "/var/tmp")  # noqa: S108  # the first that there is
SLOWEST_READ, SLOWEST_WRITE = 5.0, 2.0  # MiB/s; cards of class 4 write 4, and 10 is usual
LONGEST_FLUSH = 500.0  # ms; a page waits for a second before it says that nothing was kept


async def card_speed(bench: Bench) -> Finding:
    """Writes and reads a file of its own, in a thread; a card that hangs is given up at the step's limit."""
    folder = next(path for path in map(bench.machine.at, FOLDERS) if path.is_dir())
    write, flushes, read = await trio.to_thread.run_sync(measured, folder, abandon_on_cancel=True)
    return finding(write, flushes, read)


def measured(folder: Path) -> tuple[float, Sequence[float], float]:
    """Returns MiB/s of writing, seconds of each flush of `PIECE`, MiB/s of reading; leaves no file. Blocks, OSError."""
    with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
        data = os.urandom(SIZE)
        writing = _timed(partial(_flushed, file, data))
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        file.seek(0)
        reading = _timed(lambda: file.read(SIZE))
        flushes = [_timed(partial(_flushed, file, data[:PIECE])) for _ in range(PIECES)]
    return SIZE / 2**20 / writing, flushes, SIZE / 2**20 / reading


def finding(write: float, flushes: Sequence[float], read: float) -> Finding:
    """Returns what MiB/s and seconds mean."""
    milliseconds = [each * 1000 for each in flushes]
    return judged(
        [
            Figure(Text("hwtest.write_speed"), write, "MiB/s", least=SLOWEST_WRITE),
            Figure(Text("hwtest.read_speed"), read, "MiB/s", least=SLOWEST_READ),
            Figure(Text("hwtest.flush_p50"), percentile(milliseconds, 50), "ms"),
            Figure(Text("hwtest.flush_p99"), percentile(milliseconds, 99), "ms", most=LONGEST_FLUSH),
        ]
    )


def _flushed(file: BinaryIO, data: bytes) -> None:
    file.write(data)
    os.fsync(file.fileno())


def _timed(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return max(time.monotonic() - began, 1e-6)


STEP = Step("card-speed", Text("hwtest.card_speed"), card_speed, limit=120)
