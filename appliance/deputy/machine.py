"""What only the running machine can do: its clock, and what systemd is asked for."""

import errno
import subprocess
import time
from collections import deque
from pathlib import Path
from typing import Final, Protocol

import msgspec

RETURN: Final = "offhook-return.service"
TIMER: Final = "offhook-return.timer"
FIRMWARE: Final = "offhook.service"
WATCHER: Final = "offhook-card.path"
WITHIN: Final = 90  # seconds, as RETURN has; it is over in five on the slowest board
TRIES: Final = 2  # the card may be applied just now, which makes its partition read-only at its end
LINES: Final = 10_000  # of the journal, for each start: a week of a usual box
MOST: Final = 2 << 20  # bytes of the journal
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class Moment(msgspec.Struct, frozen=True):
    """A moment: of which start of the machine, and how many seconds after it (monotonic, as systemd's timers count)."""

    boot: str
    seconds: float


class Machine(Protocol):
    """Raises `OSError` where the machine does not do it."""

    def now(self) -> Moment:
        """Returns this moment."""

    def settle(self) -> None:
        """Has the file become what the trial says, and waits for it."""

    def arm(self, seconds: float) -> None:
        """Settles again after so many seconds."""

    def disarm(self) -> None:
        """Does not, any more."""

    def reload(self) -> None:
        """Has the firmware take its file, once that has changed."""

    def begin_anew(self) -> None:
        """Starts the firmware anew; a reset or restore that was decided is carried out in between."""

    def reboot(self) -> None:
        """Starts the machine anew."""

    def journal(self) -> bytes:
        """Returns our last lines of the journal, `MOST` bytes at most."""


class Systemd:
    """The machine that this runs on: what `Machine` says, by systemd."""

    def now(self) -> Moment:
        """Reads the kernel's own clock, which no server sets."""
        return Moment(_BOOT_ID.read_text().strip(), time.monotonic())

    def settle(self) -> None:
        """A unit of its own writes the file: what it may is decided there, and it never runs twice at once."""
        for number in range(TRIES, 0, -1):
            try:
                _systemctl("start", RETURN)
            except OSError:
                if number == 1:
                    raise
            else:
                return

    def arm(self, seconds: float) -> None:  # noqa: ARG002  # the unit says how many
        """Begins its minute anew."""
        _systemctl("--no-block", "restart", TIMER)

    def disarm(self) -> None:
        """Nothing waits any more."""
        _systemctl("stop", TIMER)

    def reload(self) -> None:
        """On a card the path unit has seen the file: applied, it is in force."""
        if not _is_active(WATCHER):
            _systemctl("--no-block", "try-reload-or-restart", FIRMWARE)

    def begin_anew(self) -> None:
        """The firmware wants the units of reset and restore before it, and the card's: see offhook.service."""
        card = ("offhook-card.service",) if _is_active(WATCHER) else ()
        _systemctl("--no-block", "restart", *card, FIRMWARE)

    def reboot(self) -> None:
        """Everything is ended first as it ends by itself."""
        _systemctl("--no-block", "reboot")

    def journal(self) -> bytes:
        """The start before first; there is none on a new box, which is no fault."""
        return ended(b"".join(_journal(boot) for boot in ("-1", "0")))


def ended(text: bytes, most: int = MOST) -> bytes:
    """Returns the last lines of a text, `most` bytes at most, and no half a line."""
    return text if len(text) <= most else text[-most:].partition(b"\n")[2]


def _journal(boot: str) -> bytes:
    command = ("/usr/bin/journalctl", "--quiet", "--no-pager", "--unit=offhook*", f"--boot={boot}", f"--lines={LINES}")
    with subprocess.Popen(  # noqa: S603  # ours
        (*command, "--output=short-iso-precise"), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None  # noqa: S101  # for the types
        last, size = deque[bytes](), 0
        while piece := process.stdout.read1(1 << 16):  # type: ignore[attr-defined]  # Popen says IO, a pipe is buffered
            last.append(piece)
            size += len(piece)
            while size - len(last[0]) >= MOST:
                size -= len(last.popleft())
    return b"".join(last)


def _is_active(unit: str) -> bool:
    try:
        _systemctl("is-active", "--quiet", unit)
    except OSError:
        return False
    return True


def _systemctl(*words: str) -> None:
    try:
        done = subprocess.run(  # noqa: S603  # ours
            ("/usr/bin/systemctl", *words), check=False, capture_output=True, timeout=WITHIN
        )
    except subprocess.TimeoutExpired:
        raise OSError(errno.ETIMEDOUT, f"systemctl {' '.join(words)} took more than {WITHIN} s") from None
    if done.returncode:
        raise OSError(errno.EIO, f"systemctl {' '.join(words)} failed")
