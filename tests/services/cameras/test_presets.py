"""Stored positions in a real folder."""

from collections.abc import Callable
from pathlib import Path

import pytest
import trio

from appliance.services.cameras.presets import FILE, PresetService
from drivers.visca.model.profile import Position
from tests.odd_files import ODD, a_folder
from tests.virtual_time import passes, real

LEFT, RIGHT = Position(0.0, 0.5, 0.25), Position(1.0, 0.5)


async def start(nursery: trio.Nursery, service: PresetService) -> None:
    await nursery.start(lambda task_status: service.run(task_status=task_status))


def content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def until(done: Callable[[], bool]) -> None:
    """Waits for what a thread does."""
    with trio.fail_after(real(5)):
        while not done():
            await trio.lowlevel.checkpoint()


async def kept_in(folder: Path, number: int) -> Position | None:
    service = PresetService(folder)
    async with trio.open_nursery() as nursery:
        await start(nursery, service)
        nursery.cancel_scope.cancel()
    return service.presets.recall(number)


async def test_places_survive_a_restart(tmp_path: Path) -> None:
    service = PresetService(tmp_path)
    async with trio.open_nursery() as nursery:
        await start(nursery, service)
        assert service.presets.store(3, LEFT)
        assert service.presets.store(15, RIGHT)
        await until(lambda: b'"15"' in content(tmp_path / FILE))
        nursery.cancel_scope.cancel()
    assert [await kept_in(tmp_path, number) for number in (3, 15, 4)] == [LEFT, RIGHT, None]
    assert names(tmp_path) == [FILE]


async def test_a_place_that_is_forgotten_stays_forgotten(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"1":{"pan":0.5},"2":{"zoom":1}}')
    service = PresetService(tmp_path)
    async with trio.open_nursery() as nursery:
        await start(nursery, service)
        service.presets.forget(1)
        await until(lambda: b'"1"' not in content(tmp_path / FILE))
        nursery.cancel_scope.cancel()
    assert [await kept_in(tmp_path, number) for number in (1, 2)] == [None, Position(zoom=1.0)]


@pytest.mark.parametrize(
    "written",
    [b"{", b"\xff\xfe", b'{"255":{}}', b'{"x":{}}', b'{"1":{"pan":"left"}}', b"[]", b'{"1":{"a":' + b"[" * 60_000],
)
async def test_a_file_that_cannot_be_understood_is_put_aside(tmp_path: Path, written: bytes) -> None:
    (tmp_path / FILE).write_bytes(written)
    assert await kept_in(tmp_path, 1) is None
    assert (tmp_path / "presets.bad").read_bytes() == written


async def test_what_cannot_be_written_is_written_when_it_can(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    service = PresetService(folder)
    with pytest.RaisesGroup(FileNotFoundError):
        async with trio.open_nursery() as nursery:
            await start(nursery, service)
            service.presets.store(1, LEFT)
            await trio.sleep_forever()
    folder.mkdir()
    async with trio.open_nursery() as nursery:
        await start(nursery, service)
        await until(lambda: b'"1"' in content(folder / FILE))
        nursery.cancel_scope.cancel()
    assert service.presets.recall(1) == LEFT


async def test_without_a_folder_places_last_as_long_as_the_process(autojump_clock: trio.testing.MockClock) -> None:
    service = PresetService(None)
    async with trio.open_nursery() as nursery:
        await start(nursery, service)
        service.presets.store(1, LEFT)
        await passes(60)
        assert service.presets.recall(1) == LEFT
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("put", ODD, ids=lambda put: put.__name__)
async def test_whatever_stands_there_it_starts_and_stops_and_keeps_what_is_stored(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    put(folder / FILE)
    service = PresetService(folder)
    with trio.fail_after(real(2)):
        async with trio.open_nursery() as nursery:
            await start(nursery, service)
            service.presets.store(1, LEFT)
            await until(lambda: b'"1"' in content(folder / FILE))
            nursery.cancel_scope.cancel()
    assert await kept_in(folder, 1) == LEFT
    assert not (folder / FILE).is_symlink()
    theirs = tmp_path / "theirs"
    assert not theirs.exists() or theirs.read_text() == "theirs"


async def test_what_cannot_even_be_put_aside_costs_only_what_it_would_have_kept(tmp_path: Path) -> None:
    a_folder(tmp_path / FILE)
    a_folder(tmp_path / "presets.bad")
    service = PresetService(tmp_path)
    with trio.fail_after(real(2)), pytest.RaisesGroup(IsADirectoryError):
        async with trio.open_nursery() as nursery:
            await start(nursery, service)
            service.presets.store(1, LEFT)
            await trio.sleep_forever()
    assert service.presets.recall(1) == LEFT
