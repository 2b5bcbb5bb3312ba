import errno
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from functools import partial

import pytest
import trio
from luma.core.interface.serial import i2c
from PIL import Image
from trio.testing import MockClock

from drivers.errors import DeviceLost, DeviceMissing
from drivers.oled.config import OledConfig
from drivers.oled.connect import panel
from drivers.oled.oled import ANSWER_TIME, open_oled
from drivers.oled.panel import Panel
from tests.drivers.oled.bus import FakeBus
from tests.drivers.oled.test_panel import DRIVERS, Driver, corner, same
from tests.virtual_time import real

CONFIG = OledConfig()
GONE = [errno.EREMOTEIO, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ETIMEDOUT]


@pytest.fixture
def bus() -> Iterator[FakeBus]:
    bus = FakeBus()
    yield bus
    if bus.stuck is not None:
        bus.stuck.set()  # let an abandoned thread end


def on(bus: FakeBus) -> Callable[[OledConfig], Panel]:
    return lambda config: panel(config, i2c(bus=bus))


async def test_picture_reaches_the_glass_from_another_thread(bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        await oled.show(corner())
        assert same(bus.picture(), corner())
    assert threading.current_thread().name not in bus.threads


async def test_same_picture_is_sent_once(bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        before = bus.carried
        await oled.show(corner())
        once = bus.carried
        assert once > before
        await oled.show(corner())
        assert bus.carried == once
        await oled.show(Image.new("1", (128, 64)))
        assert bus.carried > once


async def test_contrast_and_switching_send_only_what_changes(bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        bus.commands.clear()
        await oled.wake()  # it is
        await oled.set_contrast(0)
        await oled.set_contrast(0)
        await oled.set_contrast(255)
        await oled.hide()
        await oled.hide()
        await oled.wake()
        await oled.wake()
        assert bus.commands[:3] == [b"\x81\x00", b"\x81\xff", b"\xae"]
        assert bus.commands[-1] == b"\xaf"


@pytest.mark.parametrize("image", [Image.new("RGB", (128, 64)), Image.new("1", (64, 128))])
async def test_wrong_picture_is_refused(image: Image.Image, bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        with pytest.raises(ValueError, match='takes mode "1", 128x64'):
            await oled.show(image)


@pytest.mark.parametrize("level", [-1, 256])
async def test_wrong_contrast_is_refused(level: int, bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        with pytest.raises(ValueError, match="0 to 255"):
            await oled.set_contrast(level)


async def test_no_bus_on_this_machine_is_missing() -> None:
    """The real path down to the kernel, which has no such bus."""
    with pytest.raises(DeviceMissing, match=r"no ssd1306 display at 0x3c on I2C bus 251: .*/dev/i2c-251"):
        async with open_oled(OledConfig(bus=251)):
            pytest.fail("there is no such bus")


@pytest.mark.parametrize("code", GONE)
async def test_absent_display_is_missing(code: int, bus: FakeBus) -> None:
    bus.fails_with = code
    with pytest.raises(DeviceMissing, match=r"no ssd1306 display at 0x3c on I2C bus 1: .+"):
        async with open_oled(CONFIG, on(bus)):
            pytest.fail("nobody answers")


@pytest.mark.parametrize("code", GONE)
async def test_display_that_goes_away_is_lost_and_can_be_opened_again(code: int, bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        bus.fails_with = code
        uses: list[Callable[[], Awaitable[None]]] = [
            lambda: oled.show(corner()),
            oled.hide,
            lambda: oled.set_contrast(1),
        ]
        for use in uses:
            with pytest.raises(DeviceLost, match=r"display lost: .+"):
                await use()
    bus.fails_with = None
    async with open_oled(CONFIG, on(bus)) as oled:
        await oled.show(corner())
    assert same(bus.picture(), corner())


async def test_dark_display_is_left_in_peace_and_started_when_it_wakes(bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        await oled.hide()
        bus.commands.clear()
        await oled.show(corner())
        await oled.set_contrast(99)
        oled.assume_reset()
        await oled.hide()
        assert bus.commands == []
        bus.lose_power()
        await oled.wake()
        assert same(bus.picture(), corner())
        assert bus.contrast == 99


async def test_display_assumed_reset_gets_everything_with_the_next_call(bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        await oled.set_contrast(99)
        await oled.show(corner())
        bus.lose_power()
        oled.assume_reset()
        before = bus.frames
        await oled.show(corner())
        await oled.set_contrast(99)
        await oled.wake()
        assert bus.frames == before + 1
        assert same(bus.picture(), corner())
        assert bus.contrast == 99


@pytest.mark.parametrize("driver", DRIVERS)
async def test_contrast_that_nobody_has_set_is_the_same_after_a_reset(driver: Driver) -> None:
    bus = FakeBus(driver)
    async with open_oled(OledConfig(driver=driver), on(bus)) as oled:
        before = bus.contrast
        bus.lose_power()
        oled.assume_reset()
        await oled.show(corner())
        assert bus.contrast == before


async def test_reset_during_a_transfer_is_not_forgotten(bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        bus.stuck = threading.Event()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(oled.show, corner())
            await trio.testing.wait_all_tasks_blocked()
            oled.assume_reset()
            bus.stuck.set()
        bus.stuck = None
        bus.lose_power()
        await oled.show(corner())
        assert same(bus.picture(), corner())


async def test_display_that_lost_power_with_an_error_gets_everything(bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        await oled.show(corner())
        bus.fails_with = errno.EIO
        with pytest.raises(DeviceLost):
            await oled.set_contrast(1)
        bus.fails_with = None
        bus.lose_power()
        await oled.set_contrast(2)
        assert same(bus.picture(), corner())


async def test_whoever_calls_during_a_transfer_is_done_after_it(bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        bus.stuck = threading.Event()
        async with trio.open_nursery() as nursery:
            for step in (partial(oled.show, corner()), oled.hide, oled.wake, partial(oled.set_contrast, 9)):
                nursery.start_soon(step)
                await trio.testing.wait_all_tasks_blocked()
            bus.stuck.set()
        bus.stuck = None
        assert same(bus.picture(), corner())
        assert bus.contrast == 9
        bus.commands.clear()
        await oled.show(corner())
        await oled.set_contrast(9)
        await oled.wake()
    assert bus.commands == []


@pytest.mark.parametrize("driver", DRIVERS)
async def test_what_was_lost_on_the_way_is_on_the_glass_with_the_next_picture(driver: Driver) -> None:
    """A transfer that breaks off has changed a part of the memory, and nobody knows which."""
    bus = FakeBus(driver)
    async with open_oled(OledConfig(driver=driver), on(bus)) as oled:
        await oled.show(corner())
        for transfers in range(1, 12):
            bus.breaks_after = transfers
            with suppress(DeviceLost):
                await oled.show(corner().rotate(180))
            bus.breaks_after = None
            await oled.show(corner())
            assert same(bus.picture(), corner())


async def test_picture_that_failed_is_sent_again(bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        bus.fails_with = errno.EIO
        with pytest.raises(DeviceLost):
            await oled.show(corner())
        bus.fails_with = None
        await oled.show(corner())
    assert same(bus.picture(), corner())


class Hanging:
    """A display whose start hangs until `go`; counts how often it was tried and let go of."""

    def __init__(self) -> None:
        self.tried, self.go, self.closed = threading.Semaphore(0), threading.Event(), threading.Semaphore(0)

    def connect(self, config: OledConfig) -> Panel:
        self.tried.release()
        self.go.wait(10)
        display = panel(config, i2c(bus=FakeBus()))
        display.cleanup = self.closed.release  # type: ignore[method-assign]  # counts that it was let go of
        return display

    async def refused(self) -> None:
        with pytest.raises(DeviceMissing, match=r"no answer in 2 s"):
            async with open_oled(CONFIG, self.connect):
                pytest.fail("it hangs")


async def test_bus_that_hangs_is_given_up_and_never_gets_a_second_thread(mock_clock: MockClock) -> None:
    hanging = Hanging()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(hanging.refused)
        await trio.to_thread.run_sync(hanging.tried.acquire)
        mock_clock.jump(ANSWER_TIME)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(hanging.refused)
        await trio.testing.wait_all_tasks_blocked()
        mock_clock.jump(ANSWER_TIME)
    hanging.go.set()
    assert await trio.to_thread.run_sync(hanging.closed.acquire, True, 10), "opened too late: closed again"
    with trio.fail_after(real(5)):
        async with open_oled(CONFIG, on(FakeBus())) as oled:
            await oled.show(corner())
    assert not hanging.tried.acquire(blocking=False), "the second waited for the one thread"


async def test_cancellation_gets_through_and_the_next_picture_is_complete(bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        bus.stuck = threading.Event()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(oled.show, Image.new("1", (128, 64), 1))
            await trio.testing.wait_all_tasks_blocked()
            nursery.cancel_scope.cancel()
        bus.stuck.set()
        with trio.fail_after(real(5)):
            await oled.show(corner())
    assert same(bus.picture(), corner())


async def test_loop_runs_on_while_the_bus_is_slow(bus: FakeBus) -> None:
    async with open_oled(CONFIG, on(bus)) as oled:
        bus.stuck = stuck = threading.Event()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(oled.show, corner())
            await trio.testing.wait_all_tasks_blocked()
            stuck.set()  # only a loop that runs gets here
    assert same(bus.picture(), corner())
