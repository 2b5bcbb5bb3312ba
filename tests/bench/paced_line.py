"""A camera behind a serial line of 9600 baud, in a process of its own.

A pseudo-terminal has no speed, so that the far end paces what it takes and gives: a byte each 1.04 ms each way, the
first as soon as the line is free. The kernel holds what waits, as it does for a real line. The camera answers
everything at once with ACK and Completion, and notes when each frame began and ended on the line.
"""

import multiprocessing.connection
import os
import time
import tty
from multiprocessing.connection import Connection

import msgspec

BYTE = 10 / 9600  # seconds: a start bit, eight data bits, a stop bit
FF = 0xFF
ACK, COMPLETION = bytes.fromhex("90 41 FF"), bytes.fromhex("90 51 FF")
ADDRESS_SET, BROADCAST = bytes.fromhex("88 30"), 0x88


class Carried(msgspec.Struct, frozen=True):
    """A frame that went over the line: its first bit at `began`, its last at `ended` (seconds of CLOCK_MONOTONIC)."""

    began: float
    ended: float
    frame: bytes


class PacedLine:
    """The far end."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._far, near = os.openpty()
        tty.setraw(near)
        os.set_blocking(self._far, False)
        self._near = near
        self._carried: list[Carried] = []
        self._frame = b""
        self._began = 0.0
        self._coming: int | None = None  # the byte that is on the line
        self._comes_at = 0.0
        self._answers = b""
        self._leaves_at = 0.0

    def run(self) -> None:
        """Serves until anything comes through the pipe; then tells what was carried."""
        self._pipe.send(os.ttyname(self._near))
        while not self._pipe.poll():
            self._wait()
            now = time.perf_counter()
            self._take(now)
            self._give(now)
        self._pipe.send(self._carried)

    def _wait(self) -> None:
        """Until something is due, or begins."""
        due = [self._comes_at] if self._coming is not None else []
        due += [self._leaves_at] if self._answers else []
        if due:
            time.sleep(max(0.0, min(due) - time.perf_counter()))
        else:
            multiprocessing.connection.wait([self._far, self._pipe])

    def _take(self, now: float) -> None:
        """Bytes that have come by now; the next sets out."""
        while self._coming is not None and self._comes_at <= now:
            self._frame += bytes((self._coming,))
            if self._coming == FF:
                self._end_frame()
            self._set_out(self._comes_at)
        if self._coming is None:
            self._set_out(now)

    def _set_out(self, now: float) -> None:
        try:
            self._coming = os.read(self._far, 1)[0]
        except BlockingIOError:
            self._coming = None
            return
        self._began = self._began if self._frame else now
        self._comes_at = now + BYTE

    def _end_frame(self) -> None:
        self._carried.append(Carried(self._began, self._comes_at, self._frame))
        if not self._answers:
            self._leaves_at = self._comes_at + BYTE
        self._answers += _answer(self._frame)
        self._frame = b""

    def _give(self, now: float) -> None:
        while self._answers and self._leaves_at <= now:
            os.write(self._far, self._answers[:1])
            self._answers = self._answers[1:]
            self._leaves_at += BYTE


def _answer(frame: bytes) -> bytes:
    """What comes back: a broadcast has been round the line, which has one camera."""
    if frame.startswith(ADDRESS_SET):
        return ADDRESS_SET + bytes((frame[2] + 1, FF))
    return frame if frame[0] == BROADCAST else ACK + COMPLETION


def serve(pipe: Connection) -> None:
    """What the process runs."""
    PacedLine(pipe).run()
