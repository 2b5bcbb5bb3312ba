"""The demo on a morning of its own, for pictures: `python -m` it, told where to listen; it says where it is.

Its wall clock, and that of its log, begin at `BEGIN` on whatever day it is started.
"""

import sys
import time
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import Final

import trio

from appliance.run.demo.demo import run_demo
from appliance.runtime import logs
from appliance.services.box import surroundings

BEGIN: Final = datetime(2026, 11, 27, 9, 41, 0, tzinfo=UTC)
_STARTED: Final = time.time()


def moment() -> float:
    """Returns Unix seconds of that morning."""
    return BEGIN.timestamp() + time.time() - _STARTED


class _Morning(datetime):
    """What tells the time to whoever asks for now."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "_Morning":
        """Returns the time of that morning."""
        return cls.fromtimestamp(moment(), tz)


def main(listen: str) -> None:
    """Serves until it is ended."""
    logs.configure("info", shown="warning")
    setattr(surroundings, "datetime", _Morning)  # noqa: B010  # a name that the module does not export; this process alone
    logs.recent._now = moment  # what it is told the time by
    trio.run(run_demo, listen, partial(print, flush=True))


if __name__ == "__main__":
    main(sys.argv[1])
