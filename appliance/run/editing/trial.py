"""What is on trial, kept over restarts of the firmware: a change may need one, and its maker goes on afterwards."""

import contextlib
from pathlib import Path
from typing import Final, Literal

import msgspec
import structlog

from appliance.runtime import atomic
from appliance.runtime.files import read_file

log = structlog.get_logger()

FILE: Final = "trial.json"
LARGEST: Final = 4096  # bytes


class Trial(msgspec.Struct, frozen=True):
    """A change on trial. `who` made it; `linked`: whether the link to the terminal was there before.

    `doubt`: what was asked of the deputy and not answered, so that nobody knows whether the change is on trial at all
    ("take"), or was kept ("keep").
    """

    who: str
    linked: bool
    doubt: Literal["", "take", "keep"] = ""


class Memory:
    """Remembers the trial in a folder, without one for as long as the process lasts. `keep` and `forget` block."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder else None
        self._trial: Trial | None = None

    def trial(self) -> Trial | None:
        """Returns the trial that was begun last and is not over; None where none is known. Blocks."""
        if self._trial is None and self._path is not None:
            with contextlib.suppress(OSError, ValueError):  # there is none, or nobody can read it: that is none
                self._trial = msgspec.json.decode(read_file(self._path, LARGEST, follow=False), type=Trial)
        return self._trial

    def keep(self, trial: Trial) -> None:
        """Remembers one; where the folder cannot be written, until the process ends."""
        self._trial = trial
        if self._path is not None:
            try:
                atomic.make_folder(self._path.parent, 0o700)
                atomic.write(self._path, msgspec.json.encode(trial), 0o600)
            except OSError as error:
                log.warning("trial_not_kept", reason=str(error))

    def forget(self) -> None:
        """Forgets it."""
        self._trial = None
        if self._path is not None:
            with contextlib.suppress(OSError):
                atomic.remove(self._path)
