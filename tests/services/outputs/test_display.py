"""A display that loses power for a moment acknowledges everything and shows nothing: it comes back by itself."""

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import msgspec
import pytest
import trio
import trio.testing
from luma.core.interface.serial import i2c

from appliance.display.burnin import DisplayPolicy
from appliance.room.local_events.box import Halted
from appliance.services.outputs.display import FOR_A_PICTURE, REFRESH, DisplayService, Said
from appliance.services.store import RoomStore
from drivers.errors import DeviceLost
from drivers.oled.config import OledConfig
from drivers.oled.connect import panel
from drivers.oled.oled import open_oled
from drivers.oled.panel import Panel
from tests.display.scenes import room
from tests.drivers.oled.bus import FakeBus
from tests.drivers.oled.test_panel import DRIVERS, Driver, same
from tests.virtual_time import passes

MIDNIGHT = datetime(2026, 11, 22)  # noqa: DTZ001  # the wall clock of the room
STILL = DisplayPolicy(shift_every=0, dim_after=0, off_after=0)
HOUR = 3600.0
WINDOW = 6  # bytes of a command that says where pixels go; the start sequence has more


class Shown:
    """A display service on a bus, in a room where nothing happens; `drawn` counts how often it looked at the room."""

    def __init__(self, bus: FakeBus, driver: Driver, policy: DisplayPolicy) -> None:
        self.drawn = 0
        self.said = Said()
        self._bus = bus
        self.store = RoomStore()
        self.store.followed.value = room()
        self.service = DisplayService(
            lambda: open_oled(OledConfig(driver=driver), self._connect, in_thread=False),
            self.store,
            policy,
            name="Neptune",
            address=self._address,
            clock=lambda: MIDNIGHT + timedelta(seconds=trio.current_time()),
            said=self.said,
        )

    async def until_lost(self) -> None:
        """Runs it, and breaks its bus once it shows something."""
        async with trio.open_nursery() as nursery:
            await nursery.start(self.service.run)
            await passes(0.1)
            assert self.said.words
            self._bus.fails_with = errno.EIO

    def _connect(self, config: OledConfig) -> Panel:
        return panel(config, i2c(bus=self._bus))

    def _address(self) -> str:
        self.drawn += 1
        return "10.0.0.7"


@asynccontextmanager
async def shown(bus: FakeBus, driver: Driver = "ssd1306", policy: DisplayPolicy = STILL) -> AsyncIterator[Shown]:
    display = Shown(bus, driver, policy)
    async with trio.open_nursery() as nursery:
        await nursery.start(display.service.run)
        await passes(0.1)
        yield display
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("driver", DRIVERS)
async def test_display_that_lost_power_shows_the_room_again(
    driver: Driver, autojump_clock: trio.testing.MockClock
) -> None:
    bus = FakeBus(driver)
    async with shown(bus, driver) as display:
        for wait in (5, 17, 41):
            await passes(wait)
            bus.lose_power()
            assert bus.dark
            await passes(REFRESH + FOR_A_PICTURE)
            assert not bus.dark
            assert bus.contrast == STILL.contrast
            drawn = bus.picture()
            display.store.followed.value = room(mic_muted=True)  # and what is new arrives on it
            await passes(0.1)
            assert not same(bus.picture(), drawn)
            display.store.followed.value = room()
            await passes(0.1)
            assert same(bus.picture(), drawn)


async def test_page_without_a_clock_of_its_own_is_sent_again_too(autojump_clock: trio.testing.MockClock) -> None:
    bus = FakeBus()
    async with shown(bus) as display:
        display.store.followed.value = room(number="2045")
        await passes(0.1)
        before = bus.picture()
        bus.lose_power()
        await passes(REFRESH + FOR_A_PICTURE)
        assert same(bus.picture(), before)


async def test_clock_is_not_woken_for_it(autojump_clock: trio.testing.MockClock) -> None:
    bus = FakeBus()
    async with shown(bus) as display:
        display.drawn = 0
        await passes(HOUR)
        assert display.drawn <= 61


async def test_dark_display_is_left_in_peace_and_starts_when_somebody_comes(
    autojump_clock: trio.testing.MockClock,
) -> None:
    bus = FakeBus()
    async with shown(bus, policy=DisplayPolicy(off_after=60)) as display:
        await passes(70)
        assert bus.dark
        display.drawn = 0
        bus.commands.clear()
        bus.lose_power()
        await passes(HOUR)
        assert (display.drawn, bus.commands) == (0, [])
        display.store.followed.value = room(number="2", active_at=trio.current_time())
        await passes(0.1)
        assert not bus.dark
        assert bus.frames_since_power == 1
        assert bus.picture().getbbox() is not None


async def test_a_lit_display_is_started_again_every_ten_minutes(autojump_clock: trio.testing.MockClock) -> None:
    bus = FakeBus()
    async with shown(bus) as display:
        display.store.followed.value = room(number="2045")
        await passes(1)
        bus.commands.clear()
        await passes(REFRESH - 60)
        assert not any(len(command) > WINDOW for command in bus.commands)
        await passes(2 * FOR_A_PICTURE)
        assert sum(len(command) > WINDOW for command in bus.commands) == 1


async def test_it_says_in_words_what_is_on_the_glass(autojump_clock: trio.testing.MockClock) -> None:
    policy = msgspec.structs.replace(STILL, off_after=HOUR)
    async with shown(FakeBus(), policy=policy) as display:
        assert "Neptune" in display.said.words
        display.store.followed.value = room(mic_muted=True)
        await passes(0.1)
        assert "Microphone off" in display.said.words
        await passes(2 * HOUR)
        assert display.said.words == ()


async def test_a_display_that_is_configured_no_more_goes_dark(autojump_clock: trio.testing.MockClock) -> None:
    bus = FakeBus()
    async with shown(bus) as display:
        assert not bus.dark
        assert display.said.words
    assert bus.dark
    assert bus.picture().getbbox() is None  # and whoever switches it on does not see the room as it was
    assert (display.said.words, display.said.picture) == ((), None)


async def test_at_the_end_of_the_room_its_last_picture_stays(autojump_clock: trio.testing.MockClock) -> None:
    bus = FakeBus()
    async with shown(bus) as display:
        display.store.apply(Halted())
    assert not bus.dark
    assert bus.picture().getbbox() is not None
    assert display.said.words


async def test_it_says_nothing_once_the_display_is_lost(autojump_clock: trio.testing.MockClock) -> None:
    bus = FakeBus()
    display = Shown(bus, "ssd1306", STILL)
    with pytest.RaisesGroup(DeviceLost):
        await display.until_lost()
    assert display.said.words == ()


async def test_dark_display_wakes_when_a_device_is_gone(autojump_clock: trio.testing.MockClock) -> None:
    bus = FakeBus()
    async with shown(bus, policy=msgspec.structs.replace(STILL, off_after=HOUR)) as display:
        await passes(2 * HOUR)
        assert bus.dark
        display.store.service_is("keypad", online=False)
        await passes(0.1)
        assert not bus.dark
        assert "keypad" in " ".join(display.said.words)
