"""What the appliance knows about itself: its address and the time, or that it does not know them."""

import socket
from datetime import UTC, datetime

import trio

LOOK_AGAIN = 30.0  # seconds; an address changes seldom
LOOK_UP = 2.0  # seconds that finding it may take
FIRST_YEAR = 2025  # a Pi has no battery: before the network has told it the time, it believes in an earlier year


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
    """The address of the interface on the way to a host, empty where there is no way. Nothing is sent."""
    with trio.move_on_after(LOOK_UP), trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            await probe.connect((towards, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])
    return ""


def clock() -> datetime | None:
    """The local time, or None while it cannot be true."""
    now = datetime.now(UTC).astimezone()
    return now if now.year >= FIRST_YEAR else None
