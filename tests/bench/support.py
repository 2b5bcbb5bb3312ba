"""A support bundle of a room that is a process: what it weighs there while it is made, with a full log."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from appliance.access.tokens import All, kept_tokens
from tests.bench.figures import Samples
from tests.bench.maintainer import SECRET, TOKEN, Asking
from tests.bench.page_weights import weigh_pages
from tests.bench.processes import PAGE, Run, running
from tests.bench.room import CONFIG
from tests.some import some

STATE: Final = "STATE_DIRECTORY"  # systemd.exec(5)
PEAK_ANEW: Final = "5"  # proc(5), clear_refs: the peak is what is so now
LINKED: Final = rb"\blink_up\b"
KIB: Final = 1024


def weigh_bundle(folder: Path, port: int, idle: float, samples: Samples) -> list[str]:
    """Adds a sample of `bundle_kib`, what a bundle takes at most, and of `bundle_size_kib`; weighs the pages, too."""
    with _room(folder, port) as run:
        run.says(LINKED)
        web = Asking(int(run.says(PAGE)[1].rstrip(b"/").rpartition(b":")[2]), SECRET)
        pages = weigh_pages(web, samples)  # all code has run once
        web.get("/maintenance/bundle.zip")
        time.sleep(idle)
        Path(f"/proc/{run.process.pid}/clear_refs").write_text(PEAK_ANEW)
        before = _kib(run, "VmRSS")
        bundle = web.get("/maintenance/bundle.zip")
        samples.setdefault("bundle_kib", []).append(max(0, _kib(run, "VmHWM") - before))
        samples.setdefault("bundle_size_kib", []).append(len(bundle) / KIB)
        run.end()
    return pages


@contextmanager
def _room(folder: Path, port: int) -> Iterator[Run]:
    """A room to which the bench may log in."""
    kept_tokens(folder).write(All((TOKEN,)))
    config, before = folder / "room.toml", os.environ.get(STATE)
    config.write_text(CONFIG.format(port=port, page=0))
    os.environ[STATE] = str(folder)
    try:
        with running("-m", "tests.bench.full_log", "run", "--config", str(config)) as run:
            yield run
    finally:
        os.environ.pop(STATE)
        if before is not None:
            os.environ[STATE] = before


def _kib(run: Run, what: str) -> int:
    told = Path(f"/proc/{run.process.pid}/status").read_text()
    return int(some(re.search(rf"^{what}:\s+(\d+) kB", told, re.MULTILINE))[1])
