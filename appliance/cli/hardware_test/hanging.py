"""Makes the kernel hang, so that only the hardware's watchdog can restart the box.

A process cannot do it from outside: PID 1, which feeds the watchdog, ignores SIGSTOP. So the kernel panics with
`kernel.panic` at 0, which means that it stands still and nobody feeds anything; with the card's own setting it would
restart by itself after 10 s, and the watchdog would have shown nothing.
"""

import os
from pathlib import Path
from typing import Final

STEPS: Final = (("sys/kernel/panic", "0"), ("sys/kernel/sysrq", "1"), ("sysrq-trigger", "c"))
"""File below /proc, and what is written to it, in this order."""


def hang(proc: Path = Path("/proc")) -> None:
    """Flushes all files to the card and lets the kernel panic. Does not return on a real machine. OSError: no root."""
    os.sync()
    for file, word in STEPS:
        (proc / file).write_text(word)
