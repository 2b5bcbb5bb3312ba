"""A serial line: its far end is the test's."""

import os
import pty
import tty
from collections.abc import Callable, Iterator

import pytest
import trio


class Line:
    """A pseudo-terminal; `path` is the near end, `far` the other one's descriptor."""

    def __init__(self) -> None:
        self.far, self._near = pty.openpty()
        tty.setraw(self._near)
        os.set_blocking(self.far, False)
        self.path = os.ttyname(self._near)

    async def answer(self, make: Callable[[bytes], bytes]) -> None:
        """Sends back what `make` makes of what comes, until cancelled."""
        while True:
            await trio.lowlevel.wait_readable(self.far)
            os.write(self.far, make(os.read(self.far, 512)))

    def close(self) -> None:
        os.close(self.far)
        os.close(self._near)


@pytest.fixture
def line() -> Iterator[Line]:
    made = Line()
    yield made
    made.close()
