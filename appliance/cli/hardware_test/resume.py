"""Keeps a run over a restart of the box: the report so far, and what the watchdog's step has to know afterwards.

The file is written atomically and flushed before the kernel hangs, and removed as soon as it has been read: a run is
continued once.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from appliance.cli.hardware_test.report import Report
from appliance.cli.hardware_test.steps.box.watchdog import Hung
from appliance.runtime import atomic

STATE: Final = Path("/var/lib/offhook-hardware-test.json")
"""On the card /var/lib is on the data partition. Not the service's own folder: that belongs to its account."""


class Interrupted(msgspec.Struct, frozen=True):
    """A run that ended in a hang. `to`: where the report goes, empty for nowhere; `remaining`: steps not tried yet."""

    report: Report
    hung: Hung
    to: str = ""
    remaining: Sequence[str] = ()


def keep(interrupted: Interrupted, path: Path = STATE) -> None:
    """Writes it. Blocks. Raises OSError: when it cannot be written."""
    atomic.write(path, msgspec.json.encode(interrupted), 0o600)


def taken(path: Path = STATE) -> Interrupted | None:
    """Returns the run that was interrupted and forgets it; None where there is none, or the file makes no sense."""
    content = atomic.content_of(path)
    if content is None:
        return None
    atomic.remove(path)
    try:
        return msgspec.json.decode(content, type=Interrupted)
    except msgspec.DecodeError:
        return None
