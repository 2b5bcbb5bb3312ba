"""One run of a browser: real processes, none of which is left."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
import trio

from appliance.kiosk import browser
from appliance.kiosk.browser import CHROMIUM, Screen, command, show
from tests.virtual_time import real

SCREEN = Screen("http://127.0.0.1:8090/panel")
LEAVES_ONE_BEHIND = 'trap "" TERM; sleep 1000 & echo $! >"$0/child"; echo $$ >"$0/self"; mkdir -p profile; wait'


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "RUNTIME_DIRECTORY": str(tmp_path)}


async def until(condition: Callable[[], bool]) -> None:
    with trio.fail_after(real(20)):
        while not condition():  # noqa: ASYNC110  # of other processes nobody tells
            await trio.sleep(0.01)


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_its_end_is_told_and_its_folder_is_gone(tmp_path: Path, environ: dict[str, str]) -> None:
    seen: list[tuple[Path, int]] = []

    def how(_screen: Screen, folder: Path) -> list[str]:
        seen.append((folder, stat.S_IMODE(folder.stat().st_mode)))
        return ["sh", "-c", 'touch "$HOME/lock"; exit 7']

    assert await show(SCREEN, how, environ) == 7
    assert await show(SCREEN, how, environ) == 7
    assert len({folder for folder, _ in seen}) == 2  # nothing of the last is there for the next
    assert {mode for _, mode in seen} == {0o700}
    assert left(tmp_path) == []


async def test_cancelled_it_ends_with_all_that_it_has_started(
    tmp_path: Path, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "GRACE", 0.2)  # it does not heed SIGTERM
    notes = tmp_path / "notes"
    notes.mkdir()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(show, SCREEN, lambda *_: ["sh", "-c", LEAVES_ONE_BEHIND, str(notes)], environ)
        await until(lambda: (notes / "self").exists() and (notes / "self").read_text() != "")
        pids = [int((notes / name).read_text()) for name in ("child", "self")]
        assert all(map(runs, pids))
        nursery.cancel_scope.cancel()
    await until(lambda: not any(map(runs, pids)))
    assert left(tmp_path) == ["notes"]


async def test_one_that_is_not_installed_is_an_error(tmp_path: Path, environ: dict[str, str]) -> None:
    with pytest.raises(FileNotFoundError):
        await show(SCREEN, lambda *_: ["/missing/cage"], environ)
    assert left(tmp_path) == []


def test_the_picture_is_turned_only_where_that_is_asked_for(tmp_path: Path) -> None:
    upright = command(SCREEN, tmp_path)
    assert upright[upright.index(CHROMIUM) - 1] == ""
    turned = command(Screen(SCREEN.url, 270), tmp_path)
    kanshi = Path(turned[turned.index(CHROMIUM) - 1])
    assert "output * enable transform 270\n" in kanshi.read_text()


def test_the_profile_is_in_the_folder_and_the_page_comes_last(tmp_path: Path) -> None:
    words = command(SCREEN, tmp_path)
    assert words[0] == "cage"
    assert f"--user-data-dir={tmp_path}/profile" in words
    assert words[-1] == SCREEN.url
    assert not {"--no-sandbox", "--ignore-certificate-errors", "--disable-dev-shm-usage"} & set(words)
