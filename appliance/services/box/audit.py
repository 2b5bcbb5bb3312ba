"""Keeps who did what on the card, in batches: see `maintain.audit`."""

import contextlib
import math
from pathlib import Path
from typing import Final

import structlog
import trio

from appliance.maintain.audit import MOST, Audit, Entry
from appliance.maintain.kept import Kept

log = structlog.get_logger()

LAST_WRITE: Final = 0.5  # seconds that the last batch may take when the appliance ends


class AuditService:
    """Writes `audit` to files below `folder`; without a folder it lasts as long as the process."""

    def __init__(self, folder: Path | None, audit: Audit) -> None:
        self._kept = Kept(folder) if folder else None
        self._audit = audit
        self._loaded = False
        self._left: tuple[Entry, ...] = ()  # taken, and not written yet
        self._written_at = -math.inf

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Reads the files once, then writes batches, until cancelled; raises `OSError`, and can be run again."""
        if self._kept is None:
            log.info("audit_not_kept", reason="STATE_DIRECTORY is not set")
            task_status.started()
            await trio.sleep_forever()
        if not self._loaded:
            self._audit.remember(await trio.to_thread.run_sync(self._kept.read))
            self._loaded = True
        await self._write(self._kept)
        task_status.started()
        try:
            while True:
                await self._audit.due(self._written_at)
                await self._write(self._kept)
        except trio.Cancelled:
            with trio.move_on_after(LAST_WRITE, shield=True), contextlib.suppress(OSError):
                await self._write(self._kept)
            raise

    async def _write(self, kept: Kept) -> None:
        """Writes what is there; what cannot be written is tried again by the next run, so much of it as has room."""
        batch, self._left = (*self._left, *self._audit.take())[-MOST:], ()
        if not batch:
            return
        self._written_at = trio.current_time()
        try:
            await trio.to_thread.run_sync(kept.append, batch, abandon_on_cancel=True)
        except OSError:
            self._left = batch
            raise
