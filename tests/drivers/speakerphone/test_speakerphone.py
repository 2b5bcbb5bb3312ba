import errno
import gc
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from drivers.errors import DeviceError, DeviceLost, DeviceMissing
from drivers.flood import BURST, PAUSE, RATE
from drivers.keypad.key_events import EV_KEY, EV_SYN, INPUT_EVENT, SYN_REPORT
from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.descriptor import Descriptor, parse
from drivers.speakerphone.events import KEY_VOLUMEDOWN, KEY_VOLUMEUP
from drivers.speakerphone.fake import VirtualSpeakerphone
from drivers.speakerphone.requests import HoldKey, HookOff, HookOn, MuteKey, MuteLock, Reject, Request, VolumeKey
from drivers.speakerphone.session import Session
from drivers.speakerphone.speakerphone import Speakerphone
from drivers.speakerphone.telephony import Lamps
from tests.drivers.speakerphone import descriptors as hid
from tests.virtual_time import passes, real

MUTED, UNMUTED = b"\x04\x04\x00", b"\x04\x00\x00"
KEY_MICMUTE = 248
DARK = {"off_hook": False, "mute": False, "ring": False, "hold": False}


@pytest.fixture
def clock() -> MockClock:
    """Jumps when nothing happens, and leaves the sockets time to deliver."""
    return MockClock(autojump_threshold=real(0.02))


class Room:
    """A speakerphone in use: what was asked for, and lamps awaited instead of slept for."""

    def __init__(self) -> None:
        self._moved = trio.Event()
        self.virtual = VirtualSpeakerphone(self._changed)
        self.driver = Speakerphone(SpeakerphoneConfig(), open=self.virtual.open)
        self._send, self._receive = trio.open_memory_channel[Request](1000)
        self._emit: Callable[[Request], None] = self._send.send_nowait

    def emit(self, request: Request) -> None:
        self._emit(request)

    def emit_to(self, other: Callable[[Request], None]) -> None:
        self._emit = other

    def _changed(self) -> None:
        self._moved.set()

    async def shows(self, **lamps: bool) -> None:
        with trio.fail_after(real(5)):
            while self.virtual.lamps != DARK | lamps:
                self._moved = trio.Event()
                await self._moved.wait()

    async def asked(self) -> Request:
        with trio.fail_after(real(5)):
            return await self._receive.receive()

    async def silent_for(self, seconds: float) -> bool:
        with trio.move_on_after(seconds) as scope:
            await self._receive.receive()
        return scope.cancelled_caught


@asynccontextmanager
async def in_use() -> AsyncIterator[Room]:
    room = Room()
    async with trio.open_nursery() as nursery:
        await nursery.start(room.driver.run, room.emit)
        yield room
        nursery.cancel_scope.cancel()


async def test_call_and_hang_up(clock: MockClock) -> None:
    async with in_use() as room:
        room.virtual.hook(True)
        assert await room.asked() == HookOff()
        room.driver.set_lamps(Lamps(off_hook=True))
        await room.shows(off_hook=True)
        room.virtual.hook(False)  # at once: the device has acknowledged its lamp
        assert await room.asked() == HookOn()


async def test_call_taken_elsewhere_is_not_echoed(clock: MockClock) -> None:
    async with in_use() as room:
        room.driver.set_lamps(Lamps(ring=True))
        await room.shows(ring=True)
        room.driver.set_lamps(Lamps(off_hook=True))
        await room.shows(off_hook=True)
        assert await room.silent_for(3)


async def test_hang_up_key_while_ringing_rejects(clock: MockClock) -> None:
    async with in_use() as room:
        room.driver.set_lamps(Lamps(ring=True))
        await room.shows(ring=True)
        room.virtual.hook(False)
        assert await room.asked() == Reject()
        assert await room.silent_for(3)


async def test_request_that_changes_nothing_is_answered_with_the_lamps_again(clock: MockClock) -> None:
    async with in_use() as room:
        for _ in range(2):
            room.virtual.hook(True)
            assert await room.asked() == HookOff()
            assert await room.silent_for(2)  # the device falls back to its lamps, so that the next press counts again


async def test_mute_there_and_back(clock: MockClock) -> None:
    async with in_use() as room:
        room.virtual.mute(True)
        room.virtual.mute(False)  # waits for the lamp, as people do
        assert await room.asked() == MuteKey(True)
        room.driver.set_lamps(Lamps(mute=True))
        assert await room.asked() == MuteKey(False)
        room.driver.set_lamps(Lamps())
        await room.shows()
        room.virtual.mute()
        assert await room.asked() == MuteKey(True)


async def test_mute_that_is_so_already_is_not_pressed(clock: MockClock) -> None:
    async with in_use() as room:
        room.driver.set_lamps(Lamps(mute=True))
        await room.shows(mute=True)
        room.virtual.mute(True)
        assert await room.silent_for(3)


async def test_hold_key_and_lamp(clock: MockClock) -> None:
    async with in_use() as room:
        room.driver.set_lamps(Lamps(off_hook=True))
        await room.shows(off_hook=True)
        room.virtual.hold()
        assert await room.asked() == HoldKey()
        room.driver.set_lamps(Lamps(off_hook=True, hold=True))
        await room.shows(off_hook=True, hold=True)
        assert await room.silent_for(3)


async def test_a_device_that_keeps_its_microphone_muted_is_told_once_and_mutes_again(clock: MockClock) -> None:
    async with in_use() as room:
        room.virtual.keeps_muted = True
        with capture_logs() as logs:
            room.virtual.mute(True)
            assert await room.asked() == MuteKey(True)
            for expected in ([MuteLock(True), MuteKey(True)], [MuteKey(True)]):
                room.driver.set_lamps(Lamps(mute=True))
                await room.shows(mute=True)
                room.driver.set_lamps(Lamps())
                assert [await room.asked() for _ in expected] == expected
                room.driver.set_lamps(Lamps(mute=True))
            assert await room.silent_for(20)
            room.virtual.keeps_muted = False
            room.driver.set_lamps(Lamps())
            assert await room.asked() == MuteLock(False)
        assert [line["on"] for line in logs if line["event"] == "speakerphone_mute_lock"] == [True, False]


async def test_volume(clock: MockClock) -> None:
    async with in_use() as room:
        room.virtual.volume(2)
        room.virtual.volume(-1)
        assert [await room.asked() for _ in range(3)] == [VolumeKey(1), VolumeKey(1), VolumeKey(-1)]


async def test_latest_lamps_win_and_are_shown_at_once_when_plugged(clock: MockClock) -> None:
    room = Room()
    room.driver.set_lamps(Lamps(ring=True))
    room.driver.set_lamps(Lamps(off_hook=True, mute=True, hold=True))
    async with trio.open_nursery() as nursery:
        await nursery.start(room.driver.run, room.emit)
        assert room.virtual.lamps == {"off_hook": True, "mute": True, "ring": False, "hold": True}
        assert await room.silent_for(3)
        nursery.cancel_scope.cancel()


async def test_lamps_go_out_when_the_driver_ends(clock: MockClock) -> None:
    async with in_use() as room:
        room.driver.set_lamps(Lamps(ring=True, mute=True))
        await room.shows(ring=True, mute=True)
    assert room.virtual.lamps == DARK


async def test_unplugged_is_lost_then_missing_then_back(clock: MockClock) -> None:
    room = Room()
    room.driver.set_lamps(Lamps(off_hook=True))

    async def pull(*, task_status: trio.TaskStatus[None]) -> None:
        with pytest.raises(DeviceLost, match="virtual speakerphone went away"):
            await room.driver.run(room.emit, task_status=task_status)

    async with trio.open_nursery() as nursery:
        await nursery.start(pull)
        room.virtual.unplug()
        room.driver.set_lamps(Lamps())  # the loss shows on both ways
    assert not room.virtual.plugged
    assert room.virtual.lamps == DARK
    with pytest.raises(DeviceMissing, match="unplugged"):
        await room.driver.run(room.emit)
    room.virtual.plug()
    room.driver.set_lamps(Lamps(ring=True))
    async with trio.open_nursery() as nursery:
        await nursery.start(room.driver.run, room.emit)
        await room.shows(ring=True)
        nursery.cancel_scope.cancel()


class Stubborn:
    """A device that takes its reports in a way of its own."""

    name = "stubborn"
    product = ""

    def __init__(self, *, error: OSError | None = None, hangs: bool = False) -> None:
        self.descriptor: Descriptor = parse(hid.GENERIC)
        self.fd, self._writer = os.pipe2(os.O_NONBLOCK)
        self.error, self._hangs = error, hangs
        self.written: list[tuple[float, bytes]] = []
        self.volume: int | None = None

    @asynccontextmanager
    async def open(self, _: SpeakerphoneConfig) -> AsyncIterator["Stubborn"]:
        yield self
        os.close(self.fd)

    @asynccontextmanager
    async def hold_events(self) -> AsyncIterator[int | None]:
        yield self.volume

    async def write(self, report: bytes) -> None:
        self.written.append((trio.current_time(), report))
        await trio.lowlevel.checkpoint()
        if self._hangs:
            await trio.sleep_forever()
        if self.error:
            raise self.error

    def say(self, report: bytes) -> None:
        os.write(self._writer, report)

    def unplug(self) -> None:
        os.close(self._writer)


async def test_device_that_takes_no_report_is_lost_in_bounded_time(clock: MockClock) -> None:
    stubborn = Stubborn(hangs=True)
    with trio.fail_after(1.5), pytest.raises(DeviceLost, match=r"stubborn went away.*timed out"):
        await Speakerphone(SpeakerphoneConfig(), open=stubborn.open).run(lambda _: None)
    stubborn.unplug()


async def test_lamps_are_sent_again_a_second_after_a_request_and_once(clock: MockClock) -> None:
    stubborn, room = Stubborn(), Room()
    async with trio.open_nursery() as nursery:
        await nursery.start(Speakerphone(SpeakerphoneConfig(), open=stubborn.open).run, room.emit)
        stubborn.say(b"\x02\x01\x00")
        await room.asked()
        asked_at = trio.current_time()
        assert await room.silent_for(10)
        assert [report for _, report in stubborn.written] == [b"\x02\x00\x00"] * 2
        assert 0.9 < stubborn.written[1][0] - asked_at < 1.1
        nursery.cancel_scope.cancel()
    stubborn.unplug()


async def test_lamps_that_change_are_the_answer(clock: MockClock) -> None:
    stubborn, room = Stubborn(), Room()
    driver = Speakerphone(SpeakerphoneConfig(), open=stubborn.open)
    async with trio.open_nursery() as nursery:
        await nursery.start(driver.run, room.emit)
        stubborn.say(b"\x02\x01\x00")
        await room.asked()
        driver.set_lamps(Lamps(off_hook=True))
        assert await room.silent_for(10)
        assert [report for _, report in stubborn.written] == [b"\x02\x00\x00", b"\x02\x01\x00"]
        nursery.cancel_scope.cancel()
    stubborn.unplug()


async def test_device_that_refuses_its_lamps_still_has_keys(clock: MockClock) -> None:
    stubborn = Stubborn(error=BrokenPipeError(32, "Broken pipe"))
    room = Room()
    driver = Speakerphone(SpeakerphoneConfig(), open=stubborn.open)

    async def run(*, task_status: trio.TaskStatus[None]) -> None:
        with pytest.raises(DeviceLost):
            await driver.run(room.emit, task_status=task_status)

    async with trio.open_nursery() as nursery:
        await nursery.start(run)
        stubborn.say(b"\x02\x01\x00")
        assert await room.asked() == HookOff()
        driver.set_lamps(Lamps(mute=True))
        with pytest.raises(DeviceError, match="refuses the report of its lamps"):
            await driver.written()
        stubborn.unplug()


async def test_who_waits_hears_when_the_lamps_are_taken_and_when_the_device_goes(clock: MockClock) -> None:
    room = Room()
    room.driver.set_lamps(Lamps(ring=True))
    with pytest.raises(DeviceLost, match="is not there"):
        await room.driver.written()

    async def run(*, task_status: trio.TaskStatus[None]) -> None:
        with pytest.raises(DeviceLost):
            await room.driver.run(room.emit, task_status=task_status)

    async with trio.open_nursery() as nursery:
        await nursery.start(run)
        await room.driver.written()
        room.driver.set_lamps(Lamps(mute=True))
        await room.driver.written()
        await room.shows(mute=True)
        room.virtual.unplug()
        await passes(1)
    with pytest.raises(DeviceLost, match="is not there"):
        await room.driver.written()


async def test_noise_is_survived_and_counted(clock: MockClock) -> None:
    stubborn, room = Stubborn(), Room()
    driver = Speakerphone(SpeakerphoneConfig(), open=stubborn.open)

    async def run(*, task_status: trio.TaskStatus[None]) -> None:
        with pytest.raises(DeviceLost):
            await driver.run(room.emit, task_status=task_status)

    with capture_logs() as logs:
        async with trio.open_nursery() as nursery:
            await nursery.start(run)
            for report in (b"\xff" * 64, b"\x02", b"\x09\x01\x01", b"\x02"):
                stubborn.say(report)
                await trio.testing.wait_all_tasks_blocked()
            stubborn.say(b"\x01\x01")
            assert await room.asked() == VolumeKey(1)
            stubborn.unplug()
    assert [line["event"] for line in logs] == ["speakerphone_report_wrong"] * 2 + ["speakerphone_faults"]
    assert (logs[-1]["unknown"], logs[-1]["short"]) == (2, 2)


@pytest.mark.parametrize("number", [errno.ENODEV, errno.EIO, errno.EPROTO, errno.ESHUTDOWN])
async def test_a_device_that_vanishes_while_it_is_written_to_is_lost(clock: MockClock, number: int) -> None:
    stubborn, room = Stubborn(), Room()
    driver = Speakerphone(SpeakerphoneConfig(), open=stubborn.open)

    async def run(*, task_status: trio.TaskStatus[None]) -> None:
        with trio.fail_after(real(5)), pytest.raises(DeviceLost, match=os.strerror(number)):
            await driver.run(room.emit, task_status=task_status)

    async with trio.open_nursery() as nursery:
        await nursery.start(run)
        stubborn.error = OSError(number, os.strerror(number))
        driver.set_lamps(Lamps(ring=True))
    stubborn.unplug()


async def test_a_read_that_says_nothing_is_the_end(clock: MockClock) -> None:
    stubborn = Stubborn()
    stubborn.unplug()
    with trio.fail_after(real(1)), pytest.raises(DeviceLost, match=os.strerror(errno.ENODEV)):
        await Speakerphone(SpeakerphoneConfig(), open=stubborn.open).run(lambda _: None)


async def test_a_lock_that_opens_in_silence_is_told_too(clock: MockClock) -> None:
    stubborn, room = Stubborn(), Room()
    driver = Speakerphone(SpeakerphoneConfig(), open=stubborn.open)
    async with trio.open_nursery() as nursery:
        await nursery.start(driver.run, room.emit)
        for expected in ([MuteKey()], [MuteLock(True), MuteKey()]):  # its key only says that it was pressed
            driver.set_lamps(Lamps(mute=True))
            await passes(1)
            driver.set_lamps(Lamps())
            await passes(0.1)
            stubborn.say(b"\x02\x04\x00")
            assert [await room.asked() for _ in expected] == expected
            stubborn.say(b"\x02\x00\x00")
        driver.set_lamps(Lamps(mute=True))
        await passes(1)
        driver.set_lamps(Lamps())
        assert await room.asked() == MuteLock(False)
        nursery.cancel_scope.cancel()
    stubborn.unplug()


async def test_an_answer_that_is_read_late_is_no_refusal(clock: MockClock) -> None:
    stubborn = Stubborn()
    stubborn.descriptor = parse(hid.YEALINK_LIKE)
    session = Session(stubborn)
    for mute in (True, False):
        await session.show(Lamps(mute=mute))
        stubborn.say(MUTED)
        assert await session.requests() == []
    await passes(1)  # the loop was busy elsewhere
    stubborn.say(UNMUTED)
    assert [await session.requests() for _ in range(2)] == [[], []]
    stubborn.unplug()
    os.close(stubborn.fd)


def descriptors() -> set[str]:
    return {each.name for each in Path("/proc/self/fd").iterdir()}


async def test_descriptors_are_closed(clock: MockClock) -> None:
    gc.collect()  # earlier tests' rubbish
    before = descriptors()
    async with in_use():
        assert descriptors() > before
    assert descriptors() == before


async def test_a_device_that_floods_is_heard_less_often_and_loses_nothing_that_the_kernel_keeps(
    clock: MockClock,
) -> None:
    async with in_use() as room:
        began = trio.current_time()
        with capture_logs() as logs:
            for _ in range(300):
                room.virtual.volume(+1)
                assert await room.asked() == VolumeKey(+1)
        assert [line["event"] for line in logs] == ["device_floods"]
        assert trio.current_time() - began >= PAUSE


async def test_of_a_flood_one_report_is_read_between_two_turns_of_anybody_else(clock: MockClock) -> None:
    async with in_use() as room:
        heard = 0

        def count(_: Request) -> None:
            nonlocal heard
            heard += 1

        room.emit_to(count)
        seen = []
        for _ in range(200):
            room.virtual.volume(+20)  # 40 reports more than anybody can press, whenever there is room for them
            before = heard
            await trio.lowlevel.checkpoint()  # another input's turn
            seen.append(heard - before)
        assert sum(seen) > 50
        assert max(seen) <= 1


async def test_of_ten_thousand_reports_a_second_a_few_hundred_are_read(clock: MockClock) -> None:
    async with in_use() as room:
        heard = 0

        def count(_: Request) -> None:
            nonlocal heard
            heard += 1

        room.emit_to(count)
        for _ in range(20):
            room.virtual.volume(+250)  # 500 reports
            await passes(0.05)
        assert BURST / 2 < heard <= (BURST + RATE + 50) / 2  # a press is two reports


def key_event(code: int, value: int) -> bytes:
    return INPUT_EVENT.pack(0, 0, EV_KEY, code, value) + INPUT_EVENT.pack(0, 0, EV_SYN, SYN_REPORT, 0)


async def test_volume_keys_that_are_in_no_report_are_heard_from_the_input_device(clock: MockClock) -> None:
    stubborn, room = Stubborn(), Room()
    stubborn.volume, keys = os.pipe2(os.O_NONBLOCK)
    driver = Speakerphone(SpeakerphoneConfig(), open=stubborn.open)

    async def run(*, task_status: trio.TaskStatus[None]) -> None:
        with trio.fail_after(60), pytest.raises(DeviceLost, match=os.strerror(errno.ENODEV)):
            await driver.run(room.emit, task_status=task_status)

    async with trio.open_nursery() as nursery:
        await nursery.start(run)
        for code, values in ((KEY_VOLUMEUP, (1, 2, 2, 0, 1, 0)), (KEY_VOLUMEDOWN, (1, 0)), (KEY_MICMUTE, (1, 0))):
            for value in values:
                os.write(keys, key_event(code, value))
        assert [await room.asked() for _ in range(3)] == [VolumeKey(1), VolumeKey(1), VolumeKey(-1)]
        assert await room.silent_for(3)
        os.close(keys)  # unplugged
    os.close(stubborn.volume)
    stubborn.unplug()
