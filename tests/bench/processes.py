"""How long the command takes to be of use and what it weighs, each beside a Python that imports the same packages."""

import importlib.metadata
import os
import re
import select
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench.figures import Samples
from tests.bench.patience import patience
from tests.bench.room import CONFIG
from tests.bench.watched_run import MODULES, STEP
from tests.some import some

ROOT = Path(__file__).parent.parent.parent
SLOWEST = 30.0  # seconds; what takes longer is a broken measurement
NOT_COMPILING = "PYTHONDONTWRITEBYTECODE"  # a start that compiles everything anew is no start that anybody has
READ_AT_MOST = 8192  # bytes of what it says, at a time
LINKED = rb"\blink_up\b"
PAGE = rb"web_ready\s+url=(\S+)"
IMPORTED = rb"imported"


class Run:
    """A running process and what it has said so far (both outputs together)."""

    def __init__(self, command: Sequence[str]) -> None:
        self.said = b""
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if name != NOT_COMPILING},
        )

    def says(self, mark: bytes) -> re.Match[bytes]:
        """Waits until it says something."""
        while (found := re.search(mark, self.said)) is None:
            self._read(mark)
        return found

    def seconds_until(self, mark: bytes) -> float:
        """How long after its start it said something."""
        self.says(mark)
        return time.perf_counter() - self.began

    def memory(self) -> dict[str, float]:
        """MiB of resident memory, whole and with shared pages counted in parts."""
        told = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return {
            name: int(some(re.search(rf"^{name}:\s+(\d+)", told, re.MULTILINE))[1]) / 1024 for name in ("Rss", "Pss")
        }

    def end(self) -> bytes:
        """Ends it; everything that it said."""
        self.process.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=patience(SLOWEST))
        return self.said + rest

    def _read(self, mark: bytes) -> None:
        ready, _, _ = select.select([some(self.process.stdout)], [], [], patience(SLOWEST))
        data = os.read(some(self.process.stdout).fileno(), READ_AT_MOST) if ready else b""
        if not data:
            raise RuntimeError(f"{self.process.args!r} never said {mark!r}, but {self.said.decode()!r}")
        self.said += data


@contextmanager
def running(*command: str) -> Iterator[Run]:
    """A Python with these arguments, for as long as the context lasts."""
    run = Run(command)
    try:
        yield run
    finally:
        run.process.kill()
        run.process.communicate(timeout=patience(SLOWEST))


class Contest:
    """The appliance and the floor, started in turn."""

    def __init__(self, folder: Path, port: int) -> None:
        config = folder / "room.toml"
        config.write_text(CONFIG.format(port=port, page=0))
        self._run = ("run", "--config", str(config))
        self.modules = self._modules()
        self._bare = importing(self.modules)
        self._names = importing(sorted({name.partition(".")[0] for name in self.modules}))

    def start(self, samples: Samples) -> None:
        """Adds one sample of each start."""
        with running("-m", "appliance", *self._run) as run:
            samples.setdefault("start_to_ready", []).append(run.seconds_until(LINKED))
            samples.setdefault("start_to_page", []).append(run.seconds_until(PAGE))
            run.end()
        for name, program in (("import_floor", self._bare), ("import_names_only", self._names)):
            with running("-c", program) as run:
                samples.setdefault(name, []).append(run.seconds_until(IMPORTED))

    def weigh(self, idle: float, samples: Samples) -> None:
        """Adds one sample of each memory, `idle` seconds after the start and after the page was looked at."""
        with running("-m", "appliance", *self._run) as run, running("-c", self._bare) as bare:
            bare.says(IMPORTED)
            _look_at_page(run)
            time.sleep(idle)
            for name, process in (("idle", run), ("import_floor", bare)):
                for kind, size in process.memory().items():
                    samples.setdefault(f"{name}_{kind.lower()}", []).append(size)
            run.end()

    def longest_step(self) -> tuple[float, str]:
        """The longest step of the event loop between start and end (seconds), and whose it was."""
        seconds, _, task = self._watched(STEP).partition(" ")
        return float(seconds), task

    def _watched(self, mark: str) -> str:
        """What a watched run says at its end."""
        with running("-m", "tests.bench.watched_run", *self._run) as run:
            _look_at_page(run)
            return told(run.end(), mark)

    def _modules(self) -> list[str]:
        """The modules of other people that the appliance has imported when it runs, in the order that it did."""
        return of_other_people(self._watched(MODULES))


def _look_at_page(run: Run) -> None:
    run.says(LINKED)
    urllib.request.urlopen(run.says(PAGE)[1].decode(), timeout=patience(SLOWEST)).read()  # noqa: S310  # our own page


def told(said: bytes, mark: str) -> str:
    """What a watched run said about `mark` at its end."""
    found = re.search(rf"^{mark} (.*)$", said.decode(), re.MULTILINE)
    if found is None:
        raise RuntimeError(f"the watched run never said {mark!r}, but {said!r}")
    return found[1]


def of_other_people(modules: str) -> list[str]:
    """Those of the modules that are neither Python's nor ours."""
    known = set(importlib.metadata.packages_distributions()) - {"appliance", "drivers"}
    return [name for name in modules.split() if name.partition(".")[0] in known]


def importing(modules: Sequence[str]) -> str:
    """A program that imports, says so, and waits."""
    return f"import {', '.join(modules)}\nprint('imported', flush=True)\ninput()"
