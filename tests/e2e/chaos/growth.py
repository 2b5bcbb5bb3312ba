"""What rooms leave behind in their process: objects that the collector knows, and memory.

Objects are counted exactly, and show what is kept by mistake. Memory shows buffers that grow as well, but also the
allocator's habits, so its bound is a loose one. The first rooms are not judged: they import modules and fill caches.
"""

import gc
from pathlib import Path
from typing import NamedTuple

OBJECTS_EACH = 100  # that a room (or a day) may leave; one that is kept as a whole has a thousand
MEMORY_EACH = 64  # KiB, the same
MEMORY_SPARE = 4096  # KiB by which the allocator may change its mind


class Left(NamedTuple):
    """How many objects there are, and how much memory the process has in KiB."""

    objects: int
    memory: int

    def grown_too_much(self, since: "Left", rooms: int) -> str:
        """Returns what has grown more than `rooms` rooms (or days) may leave, since `since`; empty if nothing has."""
        objects, memory = self.objects - since.objects, self.memory - since.memory
        if objects > rooms * OBJECTS_EACH:
            return f"{rooms} of them left {objects} objects; expected at most {OBJECTS_EACH} each"
        if memory > rooms * MEMORY_EACH + MEMORY_SPARE:
            return f"{rooms} of them left {memory} KiB; expected at most {MEMORY_SPARE} and {MEMORY_EACH} each"
        return ""


def left() -> Left:
    """Returns what there is now."""
    gc.collect()
    return Left(len(gc.get_objects()), _resident())


def _resident() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
