"""Has a calendar read by `worker`, in bounded time."""

import subprocess
import sys
from collections.abc import Sequence
from typing import Final

import msgspec
import trio

from appliance.calendar.worker import Wanted
from appliance.room.meetings.calendar import Entry

WITHIN: Final = 60.0  # seconds; the worker has 20 of the processor, and others use it too
_START: Final = """\
import sys
sys.path[:] = sys.argv.pop(1).split(":")
from appliance.calendar.worker import main
sys.exit(main())
"""
"""The package has its libraries where only the command `offhook` looks: the process is told where this one does."""


class CalendarError(Exception):
    """A calendar cannot be used; the message is for the log, and has nothing of what is in it."""


async def read(contents: Sequence[bytes], begin: float, end: float) -> tuple[Entry, ...]:
    """Returns the meetings between two times (Unix seconds). Raises `CalendarError`."""
    wanted = msgspec.json.encode(Wanted(begin, end, tuple(map(len, contents))))
    with trio.move_on_after(WITHIN):
        try:
            done = await trio.run_process(
                (sys.executable, "-I", "-c", _START, ":".join(sys.path)),
                stdin=b"\n".join((wanted, b"".join(contents))),
                capture_stdout=True,
                stderr=subprocess.DEVNULL,
                check=False,
            )
        except OSError as error:
            raise CalendarError(f"it cannot be read: {error.strerror}") from None
        return _found(done)
    raise CalendarError(f"it could not be read within {WITHIN:g} s")


def _found(done: "subprocess.CompletedProcess[bytes]") -> tuple[Entry, ...]:
    if done.returncode == 3:
        raise CalendarError("it is not a calendar; expected iCalendar (RFC 5545)")
    if done.returncode:
        raise CalendarError("it takes too much time or memory to be read")
    return msgspec.json.decode(done.stdout, type=tuple[Entry, ...])
