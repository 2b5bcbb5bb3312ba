"""What the appliance knows about itself, from real files."""

from pathlib import Path

import pytest
import trio
import trio.testing
from PIL import Image

from appliance.card.report import FOR_DISPLAY
from appliance.display.burnin import DisplayPolicy
from appliance.services.box.surroundings import CARD_MISTAKES, LOOK_AGAIN, LOOK_AT_FILES, CardMistakes, Clock
from appliance.services.outputs.display import LOOK_FOR_CLOCK, DisplayService
from appliance.services.store import RoomStore
from drivers.oled.fake import VirtualOled
from tests.display.scenes import room
from tests.virtual_time import passes, real


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """The file by which systemd-timesyncd tells that the time is right; its folder is there while it runs."""
    path = tmp_path / "timesync" / "synchronized"
    path.parent.mkdir()
    return path


def test_the_time_is_not_known_before_a_server_told_it(told: Path) -> None:
    moment = 100.0
    clock = Clock(told, lambda: moment)
    assert clock() is None
    told.touch()
    moment += LOOK_AT_FILES
    assert clock() is not None
    told.unlink()  # timesyncd was stopped; the clock goes on
    assert clock() is not None


def test_pictures_in_quick_succession_do_not_each_look_at_the_files(told: Path) -> None:
    moment = 100.0
    clock = Clock(told, lambda: moment)
    assert clock() is None
    told.touch()
    moment += LOOK_AT_FILES / 2
    assert clock() is None
    moment += LOOK_AT_FILES / 2
    assert clock() is not None


def test_a_machine_without_timesyncd_is_believed(tmp_path: Path) -> None:
    assert Clock(tmp_path / "timesync" / "synchronized", lambda: 100.0)() is not None


def test_a_year_that_cannot_be_is_not_shown(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told.touch()
    monkeypatch.setattr("appliance.services.box.surroundings.FIRST_YEAR", 9999)
    assert Clock(told, lambda: 100.0)() is None


async def test_the_display_shows_a_dash_until_the_time_is_known(
    told: Path, autojump_clock: trio.testing.MockClock
) -> None:
    glass, store = VirtualOled(), RoomStore()
    store.followed.value = room()
    service = DisplayService(
        glass.open, store, DisplayPolicy(shift_every=0), name="Neptune", address=lambda: "10.0.0.7", clock=Clock(told)
    )
    async with trio.open_nursery() as nursery:
        await nursery.start(service.run)
        await passes(0.1)
        unknown = glass.image.copy()
        await passes(3 * LOOK_FOR_CLOCK)
        assert same(glass.image, unknown)
        await trio.Path(told).touch()
        await passes(2 * LOOK_FOR_CLOCK)
        assert not same(glass.image, unknown)
        nursery.cancel_scope.cancel()


@pytest.fixture
def patient_clock() -> trio.testing.MockClock:
    """Leaves threads, which read the file, the time to do so."""
    return trio.testing.MockClock(autojump_threshold=real(0.02))


async def test_mistakes_of_the_card_come_and_go(tmp_path: Path, patient_clock: trio.testing.MockClock) -> None:
    path = tmp_path / "mistakes"
    card = CardMistakes(path)
    async with trio.open_nursery() as nursery:
        await nursery.start(card.run)
        await trio.Path(path).write_text("room.toml: mistake, line 7\n")
        await comes(card, "room.toml: mistake, line 7")
        await trio.Path(path).unlink()
        await comes(card, "")
        nursery.cancel_scope.cancel()


def test_they_are_where_the_card_writes_them() -> None:
    assert Path("/") / FOR_DISPLAY == CARD_MISTAKES


async def comes(card: CardMistakes, text: str) -> None:
    with trio.fail_after(20 * LOOK_AGAIN):
        while card.text != text:
            await passes(LOOK_AGAIN / 2)


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.tobytes() == other.tobytes()
