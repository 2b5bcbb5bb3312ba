"""A start is judged by what the firmware says of itself, over minutes of virtual time and a real socket."""

from pathlib import Path

import pytest
import trio
import trio.testing
from trio.testing import MockClock

from appliance.card.update import room, watch
from appliance.card.update.verdict import Health
from appliance.card.update.watch import PATIENCE, judged, listens
from appliance.language.text import NOTHING, Text, verbatim
from tests.card.update.firmware import Firmware, firmware
from tests.virtual_time import real

HOLD = 180.0


async def up(health: Health | None) -> Text:
    """What the simplest judge says."""
    return NOTHING if health is not None and health.is_up else verbatim("down" if health else "not running")


@pytest.fixture
def socket(tmp_path: Path) -> Path:
    return tmp_path / room.SOCKET.relative_to("/")


@pytest.fixture
def clock(autojump_clock: MockClock) -> MockClock:
    """Jumps only once sockets had the time to carry what was written to them."""
    autojump_clock.autojump_threshold = real(0.05)
    return autojump_clock


async def test_what_works_for_long_enough_is_good(tmp_path: Path, socket: Path, clock: MockClock) -> None:
    async with firmware(tmp_path):
        begun = trio.current_time()
        assert not await judged(socket, HOLD, up)
        assert trio.current_time() - begun == pytest.approx(HOLD, abs=1)


async def test_a_break_begins_it_again(tmp_path: Path, socket: Path, clock: MockClock) -> None:
    async with firmware(tmp_path) as box, trio.open_nursery() as nursery:

        async def breaks() -> None:
            await trio.sleep(HOLD - 10)
            await box.say(link="down")
            await trio.sleep(1)
            await box.say(link="up")

        nursery.start_soon(breaks)
        begun = trio.current_time()
        assert not await judged(socket, HOLD, up)
        assert trio.current_time() - begun == pytest.approx(2 * HOLD - 9, abs=3)


async def test_what_never_works_is_said_when_patience_is_over(tmp_path: Path, socket: Path, clock: MockClock) -> None:
    async with firmware(tmp_path, link="refused"):
        begun = trio.current_time()
        assert str(await judged(socket, HOLD, up)) == "down"
        assert trio.current_time() - begun == pytest.approx(PATIENCE, abs=1)


async def test_a_firmware_that_does_not_run_is_said(socket: Path, autojump_clock: MockClock) -> None:
    assert str(await judged(socket, HOLD, up)) == "not running"


@pytest.mark.slow
async def test_one_that_crashes_again_and_again_never_works(tmp_path: Path, socket: Path, clock: MockClock) -> None:
    """Each life is shorter than what is asked for."""
    async with trio.open_nursery() as nursery:

        async def lives() -> None:
            while True:
                async with firmware(tmp_path):
                    await trio.sleep(HOLD / 2)
                await trio.sleep(5)

        nursery.start_soon(lives)
        begun = trio.current_time()
        assert str(await judged(socket, HOLD, up)) == "not running"
        assert trio.current_time() - begun < PATIENCE + HOLD
        nursery.cancel_scope.cancel()


async def test_what_works_late_is_given_the_time_to_go_on(tmp_path: Path, socket: Path, clock: MockClock) -> None:
    async with firmware(tmp_path, link="down") as box, trio.open_nursery() as nursery:

        async def late() -> None:
            await trio.sleep(PATIENCE - 5)
            await box.say(link="up")

        nursery.start_soon(late)
        begun = trio.current_time()
        assert not await judged(socket, HOLD, up)
        assert trio.current_time() - begun == pytest.approx(PATIENCE - 5 + HOLD, abs=3)


async def test_what_nobody_tells_of_is_looked_at_again(tmp_path: Path, socket: Path, clock: MockClock) -> None:
    looks = 0

    async def after_three(_health: Health | None) -> Text:
        nonlocal looks
        looks += 1
        return NOTHING if looks > 3 else verbatim("not yet")

    async with firmware(tmp_path):
        assert not await judged(socket, HOLD, after_three)
        assert trio.current_time() > 2 * watch.PROBE


async def test_whether_something_listens(nursery: trio.Nursery) -> None:
    listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
    port = listeners[0].socket.getsockname()[1]
    assert await listens("127.0.0.1", port)
    await listeners[0].aclose()
    assert not await listens("127.0.0.1", port)
    assert not await listens("no.such.host.invalid", 80)


async def test_a_call_is_waited_for(tmp_path: Path, socket: Path) -> None:
    async with firmware(tmp_path, busy=True) as box, trio.open_nursery() as nursery:
        nursery.start_soon(quiet_later, box)
        with trio.fail_after(real(5)):
            assert await room.until_quiet(1000, socket)


async def quiet_later(box: Firmware) -> None:
    await trio.testing.wait_all_tasks_blocked(0.05)
    await box.say(busy=False)


async def test_a_call_that_does_not_end_is_not_waited_for_for_ever(
    tmp_path: Path, socket: Path, clock: MockClock
) -> None:
    async with firmware(tmp_path, busy=True):
        assert not await room.until_quiet(3600, socket)


async def test_where_no_firmware_runs_there_is_no_call(socket: Path) -> None:
    assert await room.until_quiet(1000, socket)
    assert await room.now(socket) is None
    await room.nudge(socket)


async def test_a_nudge_arrives(tmp_path: Path, socket: Path) -> None:
    async with firmware(tmp_path) as box:
        await room.nudge(socket)
        assert box.looks == 1
        assert await room.now(socket) == Health("up")


async def test_lines_that_are_none_are_left_out(tmp_path: Path, socket: Path) -> None:
    async with firmware(tmp_path, link=1):
        with trio.move_on_after(0.2) as limit:
            await room.now(socket)
        assert limit.cancelled_caught
