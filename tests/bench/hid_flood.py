"""Presses of a button beside a speakerphone that sends its status 10,000 times a second."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator

import trio

from tests.bench.figures import Samples
from tests.bench.load import presses
from tests.bench.patience import patience
from tests.bench.reactions import Press
from tests.bench.room import BenchRoom

SLOWEST = 10.0  # seconds to begin, and to end
SETTLE = 0.3  # seconds of reports before the first press, and of peace after the last


async def press_beside_hid_flood(room: BenchRoom, press: Press, count: int, samples: Samples) -> int:
    """Adds samples of `line_to_frame_hid_flood`; returns how many reports a second the device sent."""
    line = room.virtual.speakerphones["speakerphone"]._line
    assert line is not None
    async with _flood(line._far) as process:
        await trio.sleep(SETTLE)
        await presses(press, count, "line_to_frame_hid_flood", samples)
        process.send_signal(signal.SIGTERM)
        told, _ = await trio.to_thread.run_sync(lambda: process.communicate(timeout=patience(SLOWEST)))
    await trio.sleep(SETTLE)
    return int(told)


@contextlib.asynccontextmanager
async def _flood(device: socket.socket) -> AsyncIterator[subprocess.Popen[bytes]]:
    """The device, on another processor than ours if there are several."""
    command = [sys.executable, "-m", "tests.bench.hid_device", str(device.fileno())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, pass_fds=[device.fileno()]) as process:  # noqa: ASYNC220  # a bench may wait
        if others := set(range(os.cpu_count() or 1)) - os.sched_getaffinity(0):
            os.sched_setaffinity(process.pid, others)
        assert process.stdout is not None
        try:
            with trio.fail_after(patience(SLOWEST)):
                await trio.to_thread.run_sync(process.stdout.readline, abandon_on_cancel=True)
            yield process
        finally:
            process.kill()
