"""Who did what reaches the card: rarely, and before it matters."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trio
import trio.testing

from appliance.maintain.audit import Audit, Entry
from appliance.maintain.kept import FILE, Kept
from appliance.services.box.audit import AuditService
from tests.virtual_time import real

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@asynccontextmanager
async def running(folder: Path | None) -> AsyncIterator[Audit]:
    audit = Audit(lambda: NOW)
    service = AuditService(folder, audit)
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        yield audit
        nursery.cancel_scope.cancel()


def written(folder: Path) -> list[str]:
    return [entry.what for entry in Kept(folder).read()]


async def test_it_outlives_the_appliance(tmp_path: Path) -> None:
    for name in ("first", "second"):
        async with running(tmp_path) as audit:
            audit.note("crestron", name)
    async with running(tmp_path) as audit:
        assert [entry.what for entry in audit.last()] == ["second", "first"]


async def test_a_busy_program_costs_one_write_a_minute(
    tmp_path: Path, autojump_clock: trio.testing.MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = list[int]()
    append = Kept.append

    def counted(kept: Kept, taken: tuple[Entry, ...]) -> None:
        batches.append(sum(entry.times for entry in taken))
        append(kept, taken)

    monkeypatch.setattr(Kept, "append", counted)
    async with running(tmp_path) as audit:
        for number in range(3000):  # five minutes
            audit.note("crestron", f"ptz {number % 4}")
            await trio.sleep(0.1)
        autojump_clock.autojump_threshold = math.inf  # the last write is in a thread, which the clock does not wait for
    assert sum(batches) == 3000
    assert len(batches) <= 7  # the first at once, one a minute, and the last at the end


async def test_what_a_maintainer_did_is_written_at_once(tmp_path: Path) -> None:
    async with running(tmp_path) as audit:
        audit.note("crestron", "call")
        with trio.fail_after(real(10)):
            while written(tmp_path) != ["call"]:
                await trio.testing.wait_all_tasks_blocked(0.01)
        audit.note("anna", "restart", soon=True)
        with trio.fail_after(real(10)):
            while written(tmp_path) != ["call", "restart"]:
                await trio.testing.wait_all_tasks_blocked(0.01)


async def test_what_cannot_be_written_is_written_later(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    audit = Audit(lambda: NOW)
    service = AuditService(tmp_path, audit)
    audit.note("anna", "log_in")
    for _ in range(2):
        with pytest.RaisesGroup(OSError, allow_unwrapped=True, flatten_subgroups=True):
            async with trio.open_nursery() as nursery:
                await nursery.start(lambda task_status: service.run(task_status=task_status))
    assert [entry.what for entry in audit.last()] == ["log_in"]
    (tmp_path / FILE).rmdir()
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        nursery.cancel_scope.cancel()
    assert written(tmp_path) == ["log_in"]


async def test_without_a_folder_it_lasts_as_long_as_the_process() -> None:
    async with running(None) as audit:
        audit.note("anna", "log_in")
        assert audit.last()
