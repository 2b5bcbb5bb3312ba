"""A device that sends 10,000 reports a second until SIGTERM; its own process, so that it costs ours nothing.

`python -m tests.bench.hid_device FD`: prints a line when it begins, and how many reports a second it sent when it ends.
Reports that nobody reads in time are lost, as in the kernel's queue.
"""

import contextlib
import signal
import socket
import sys
import time

RATE = 10_000  # reports a second
BATCH = 20  # reports at once, every 2 ms
REPORTS = (b"\x02\x10", b"\x02\x00")  # its status, never the same twice and never a key


def main(device: socket.socket) -> None:
    """Sends."""
    ended: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: ended.append(number))
    print("begins", flush=True)  # noqa: T201  # whoever started it waits for this
    began, sent = time.perf_counter(), 0
    while not ended:
        for _ in range(BATCH):
            with contextlib.suppress(BlockingIOError):
                device.send(REPORTS[sent % 2])
            sent += 1
        time.sleep(max(0.0, began + sent / RATE - time.perf_counter()))
    print(round(sent / (time.perf_counter() - began)))  # noqa: T201  # and for this


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
