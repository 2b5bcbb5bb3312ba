"""When the browser is started again, in virtual time."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from appliance.kiosk.browser import Screen
from appliance.kiosk.memory import Memory
from appliance.kiosk.pulse import FIRST
from appliance.kiosk.pulse import PATIENCE as HEARD_WITHIN
from appliance.kiosk.supervisor import PATIENCE, Supervisor
from appliance.kiosk.told import Settings, Told
from appliance.runtime.followed import Followed

BOX = "http://127.0.0.1:8090"
PANEL = Settings("/panel?inches=7", 90, "ru", "Neptune")


class Kiosk:
    """A supervisor, and a browser that lives as long as it is told to."""

    def __init__(self, folder: Path) -> None:
        self.told: Followed[Told | None] = Followed(None)
        self.shown: list[tuple[float, Screen]] = []
        self.running = 0
        self.dies = trio.Event()
        self.starts = True
        self.folder = folder
        self.memory = Memory(folder)
        self.supervisor = Supervisor(self.told, self.show, self.memory, folder, BOX, random.Random(1))
        self.alive = 0

    async def show(self, screen: Screen) -> int:
        self.shown.append((trio.current_time(), screen))
        if not self.starts:
            raise FileNotFoundError("cage")
        self.running += 1
        self.dies = trio.Event()
        try:
            await self.dies.wait()
        finally:
            self.running -= 1
        return 1

    def says(self, settings: Settings = PANEL, *, beats: int = 1, quiet: bool = True) -> None:
        self.alive += beats
        self.told.value = Told(settings, self.alive, quiet)

    async def lives(self, seconds: int, settings: Settings = PANEL, *, quiet: bool = True) -> None:
        for _ in range(seconds):
            self.says(settings, quiet=quiet)
            await trio.sleep(1)

    @property
    def screens(self) -> list[str]:
        return [screen.url for _, screen in self.shown]


@pytest.fixture
async def kiosk(tmp_path: Path, nursery: trio.Nursery) -> AsyncIterator[Kiosk]:
    one = Kiosk(tmp_path)
    nursery.start_soon(one.supervisor.run)
    yield one
    assert one.running <= 1


async def test_what_the_box_says_is_shown_at_once(autojump_clock: MockClock, kiosk: Kiosk) -> None:
    await trio.sleep(1)
    assert kiosk.screens == []
    kiosk.says()
    await trio.sleep(0.1)
    assert [screen for _, screen in kiosk.shown] == [Screen(f"{BOX}/panel?inches=7", 90)]


async def test_a_box_that_does_not_answer_is_waited_for_on_a_page_of_our_own(
    autojump_clock: MockClock, kiosk: Kiosk
) -> None:
    await trio.sleep(PATIENCE + 1)
    assert kiosk.screens == [(kiosk.folder / "starting.html").as_uri()]
    await trio.sleep(1000)
    assert len(kiosk.shown) == 1
    await kiosk.lives(2)
    assert kiosk.screens[1:] == [f"{BOX}/panel?inches=7"]
    assert kiosk.running == 1


async def test_the_box_is_remembered_for_the_next_start(
    autojump_clock: MockClock, kiosk: Kiosk, tmp_path: Path
) -> None:
    await kiosk.lives(2)
    assert Memory(tmp_path).settings == PANEL
    kiosk.told.value = None
    kiosk.dies.set()
    await trio.sleep(5)
    _, screen = kiosk.shown[-1]
    assert screen.rotate == 90
    page = (kiosk.folder / "starting.html").read_text()
    assert '<html lang="ru">' in page
    assert "<bdi>Neptune</bdi>" in page


async def test_a_page_that_lives_is_left_alone(autojump_clock: MockClock, kiosk: Kiosk) -> None:
    await kiosk.lives(3600)
    assert len(kiosk.shown) == 1


async def test_a_page_that_hangs_is_replaced_within_its_patience(autojump_clock: MockClock, kiosk: Kiosk) -> None:
    await kiosk.lives(100)
    hung = trio.current_time()
    while len(kiosk.shown) < 2 and trio.current_time() < hung + 60:
        kiosk.says(beats=0)
        await trio.sleep(1)
    began, screen = kiosk.shown[1]
    assert HEARD_WITHIN - 1 <= began - hung <= HEARD_WITHIN + 2
    assert screen == kiosk.shown[0][1]


async def test_a_browser_that_never_shows_its_page_gets_ever_more_time_up_to_a_bound(
    autojump_clock: MockClock, kiosk: Kiosk
) -> None:
    while len(kiosk.shown) < 12 and trio.current_time() < 1e5:
        kiosk.says(beats=0)
        await trio.sleep(1)
    gaps = [later - sooner for (sooner, _), (later, _) in zip(kiosk.shown, kiosk.shown[1:], strict=False)]
    assert len(gaps) == 11
    assert all(FIRST <= gap <= FIRST + 62 for gap in gaps)


async def test_one_that_cannot_be_started_is_tried_again_and_again_but_ever_more_rarely(
    autojump_clock: MockClock, kiosk: Kiosk
) -> None:
    kiosk.starts = False
    await kiosk.lives(3600)
    assert 60 < len(kiosk.shown) < 150
    kiosk.starts = True
    await kiosk.lives(70)
    assert kiosk.running == 1


async def test_the_boxs_own_page_is_left_to_say_that_the_box_is_down(autojump_clock: MockClock, kiosk: Kiosk) -> None:
    await kiosk.lives(20)
    kiosk.told.value = None
    await trio.sleep(3600)
    kiosk.alive = 0
    kiosk.says(beats=0)
    await trio.sleep(5)
    await kiosk.lives(60)
    assert len(kiosk.shown) == 1


async def test_another_configuration_is_another_screen(autojump_clock: MockClock, kiosk: Kiosk) -> None:
    await kiosk.lives(5)
    await kiosk.lives(5, Settings("/panel/door", 0, "ru", "Neptune"))
    assert [screen for _, screen in kiosk.shown[1:]] == [Screen(f"{BOX}/panel/door", 0)]


async def test_another_name_of_the_room_is_the_same_screen(autojump_clock: MockClock, kiosk: Kiosk) -> None:
    await kiosk.lives(5)
    await kiosk.lives(5, Settings(PANEL.path, PANEL.rotate, "en", "Pluto"))
    assert len(kiosk.shown) == 1


async def test_a_new_browser_that_is_asked_for_waits_for_the_end_of_a_call(
    autojump_clock: MockClock, kiosk: Kiosk
) -> None:
    await kiosk.lives(5)
    await kiosk.lives(5, quiet=False)
    kiosk.supervisor.ask()
    await kiosk.lives(500, quiet=False)
    assert len(kiosk.shown) == 1
    await kiosk.lives(500)
    assert len(kiosk.shown) == 2
