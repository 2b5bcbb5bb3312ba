"""A GPIO chip of the kernel's gpio-sim: fingers pull its inputs, and its outputs are what lamps would see."""

import itertools
import os
import threading
import time
from pathlib import Path

from agent import pace
from agent.waiting import now, until

CONFIG = Path("/sys/kernel/config/gpio-sim/bench")
LABEL, LINES = "pinctrl-bcm2711", 58  # as a Raspberry Pi 4 has them, which the guest says it is
LATE = (
    0.2  # seconds by which a lamp that blinks may be late, for each time that this machine is slower than the reference
)


class Chip:
    """One simulated chip. Lines are numbered as on a Raspberry Pi."""

    def __init__(self) -> None:
        bank = CONFIG / "bank0"
        bank.mkdir(parents=True)
        (bank / "num_lines").write_text(str(LINES))
        (bank / "label").write_text(LABEL)  # by which the firmware knows the chip of the 40-pin header
        (CONFIG / "live").write_text("1")
        device = (CONFIG / "dev_name").read_text().strip()
        chip = (bank / "chip_name").read_text().strip()
        self._lines = Path("/sys/devices/platform") / device / chip
        self._values: dict[int, int] = {}
        self._seen: list[dict[str, int]] = []
        self._watching = threading.Event()
        self._connected = threading.Event()

    def pull(self, line: int, level: int) -> int:
        """Pulls a line up or down; when."""
        at = now()
        (self._lines / f"sim_gpio{line}" / "pull").write_text("pull-up" if level else "pull-down")
        return at

    def press(self, line: int, seconds: float = 0.1) -> int:
        """A finger on a button to ground; when it touched."""
        at = self.pull(line, 0)
        time.sleep(seconds)
        self.pull(line, 1)
        time.sleep(0.05)  # longer than a contact bounces: what comes next is another press
        return at

    def bounce(self, line: int, edges: int, every: float, ends: int) -> dict[str, int]:
        """A contact that bounces: so many edges, the last to the level `ends`.

        When the first and the last were, and the longest time between two: this machine may stumble.
        """
        words = {0: b"pull-down", 1: b"pull-up"}
        times = []
        with (self._lines / f"sim_gpio{line}" / "pull").open("wb", buffering=0) as pull:
            for edge in range(edges, 0, -1):
                pull.seek(0)
                pull.write(words[ends if edge % 2 else 1 - ends])
                times.append(now())
                time.sleep(every)
        longest = max(later - before for before, later in itertools.pairwise(times))
        return {"first": times[0], "last": times[-1], "longest": longest}

    def turn(self, first: int, second: int, detents: int, every: float) -> int:
        """A rotary encoder, the contact on line `first` ahead; when the last detent was reached.

        `every`: seconds between two edges.
        """
        at = 0
        for _ in range(detents):
            for line, level in ((first, 0), (second, 0), (first, 1), (second, 1)):
                at = self.pull(line, level)
                time.sleep(every)
        return at

    def level(self, line: int) -> int:
        """What the kernel has on a line now."""
        fd = self._values.get(line)  # kept open: the bench looks hundreds of times a second, on a slow processor
        if fd is None:
            fd = self._values[line] = os.open(self._lines / f"sim_gpio{line}" / "value", os.O_RDONLY)
        return int(os.pread(fd, 8, 0))

    def wait_level(self, line: int, level: int, timeout: float) -> int:
        """When a line was seen at a level first."""
        until(f"line {line} at {level}", lambda: True if self.level(line) == level else None, timeout)
        return now()

    def wait_steady(self, levels: dict[str, int], seconds: float, timeout: float) -> int:
        """Since when all lines have been at their levels (by number), once that is so long: blinking does not count."""
        since = 0
        seconds += LATE * (pace.factor() - 1)

        def look() -> int | None:
            nonlocal since
            as_wanted = all(self.level(int(line)) == level for line, level in levels.items())
            since = (since or now()) if as_wanted else 0
            return since if since and now() - since >= seconds * 1e9 else None

        return until(f"lines steady at {levels}", look, timeout)

    def watch(self, lines: list[int]) -> None:
        """Notes every change of these lines until `seen` is called; a look every hundredth of a second."""
        self._seen = []
        self._watching.set()
        threading.Thread(target=self._watch, args=(lines, self._seen), daemon=True).start()

    def seen(self) -> list[dict[str, int]]:
        """Every change noted, {"at", "line", "level"}, the levels at the beginning first."""
        self._watching.clear()
        return self._seen

    def connect(self, wires: list[tuple[int, int]]) -> None:
        """Lets each second line follow the first, as jumper wires do, until `disconnect`.

        It looks again and again: whoever requests a line with a pull sets its level, too.
        """
        self._connected.set()
        threading.Thread(target=self._follow, args=(wires,), daemon=True).start()

    def disconnect(self) -> None:
        """Takes the wires away."""
        self._connected.clear()

    def _follow(self, wires: list[tuple[int, int]]) -> None:
        while self._connected.is_set():
            for out, into in wires:
                level = self.level(out)
                if self.level(into) != level:
                    self.pull(into, level)
            time.sleep(0.0005)

    def _watch(self, lines: list[int], seen: list[dict[str, int]]) -> None:
        levels: dict[int, int] = {}
        while self._watching.is_set():
            for line in lines:
                level = self.level(line)
                if levels.get(line) != level:
                    levels[line] = level
                    seen.append({"at": now(), "line": line, "level": level})
            time.sleep(0.01)
