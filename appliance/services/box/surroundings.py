"""What the appliance knows about itself: its address, the time, and what is wrong with its card."""

import math
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import trio

from appliance.runtime.files import read_file
from appliance.services.box.local_time import LOCAL

LOOK_AGAIN = 30.0  # seconds; an address changes seldom
LOOK_UP = 2.0  # seconds that finding it may take
LOOK_AT_FILES = 1.0  # seconds; less than the display waits before it asks for the time again
FIRST_YEAR = 2025  # a Pi has no battery: before the network has told it the time, it believes in an earlier year
TOLD = Path("/run/systemd/timesync/synchronized")  # see systemd-timesyncd.service(8)
LONGEST = 4096  # bytes of them; one line
CARD_MISTAKES = Path("/var/lib/offhook-card/mistakes")  # one line; no file where nothing is wrong


class Address:
    """Our address as the terminal sees it: that of the interface on the way to it."""

    def __init__(self, terminal: str) -> None:
        self._terminal = terminal
        self.text = ""

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Looks it up now and then."""
        task_status.started()
        while True:
            self.text = await own_address(self._terminal)
            await trio.sleep(LOOK_AGAIN)


async def own_address(towards: str) -> str:
    """Returns the address of the interface on the way to a host; empty where there is none. Sends nothing."""
    with trio.move_on_after(LOOK_UP), trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            await probe.connect((towards, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])
    return ""


class Clock:
    """The local time, or None until it was learnt from a time server: a clock that is wrong is worse than none.

    A machine may begin with the time of its last shutdown. Where it has no systemd-timesyncd, its time is believed if
    it can be true at all.
    """

    def __init__(self, told: Path = TOLD, now: Callable[[], float] = trio.current_time) -> None:
        """`now`: monotonic seconds."""
        self._told = told
        self._now = now
        self._known = False
        self._right = False
        self._look_at = -math.inf

    def __call__(self) -> datetime | None:
        """Returns the time now, in the zone of the machine."""
        if not self._known and self._now() >= self._look_at:
            self._look()
        now = datetime.now(LOCAL)
        return now if self._right and now.year >= FIRST_YEAR else None

    def _look(self) -> None:
        """Looks at the files. Not for each picture: that would take as long as drawing it."""
        self._known = self._told.exists()
        self._right = self._known or not self._told.parent.exists()
        self._look_at = self._now() + LOOK_AT_FILES


class CardMistakes:
    """What is wrong with the card's room.toml, in a line; nothing where nothing is."""

    def __init__(self, path: Path = CARD_MISTAKES) -> None:
        self._path = path
        self.text = ""

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Looks now and then."""
        task_status.started()
        while True:
            self.text = await trio.to_thread.run_sync(card_mistakes, self._path)
            await trio.sleep(LOOK_AGAIN)


def card_mistakes(path: Path = CARD_MISTAKES) -> str:
    """Returns what is wrong with the card's room.toml, in one line; empty where nothing is."""
    try:
        return read_file(path, LONGEST, follow=False).decode(errors="replace").strip()
    except OSError:
        return ""
