"""How long a thread that computes may keep the interpreter from the event loop."""

import sys
from typing import Final

INTERVAL: Final = 0.0005  # seconds; Python's own is 5 ms, which is all that the loop may be held, for one such wait


def give_way() -> None:
    """Lets the event loop of this process run within half a millisecond beside threads that compute.

    Only one thread runs Python at a time, and whoever waits for its turn asks for it after this interval. The loop
    waits each time that it comes back from the kernel; a thread that reads a large configuration costs it little then.
    """
    sys.setswitchinterval(INTERVAL)
