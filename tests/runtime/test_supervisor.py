import itertools
import random
import socket

import pytest
import trio
from trio.testing import MockClock

from appliance.runtime.error_groups import plain
from appliance.runtime.supervisor import STOP_GRACE, Condition, Health, Service, Supervisor
from appliance.runtime.systemd import Notifier
from tests.virtual_time import passes


class DeviceGone(Exception):
    pass


def endless(log: list[str], name: str) -> Service:
    async def run(*, task_status: trio.TaskStatus[None]) -> None:
        log.append(f"{name} starts")
        task_status.started()
        try:
            await trio.sleep_forever()
        finally:
            log.append(f"{name} ends")

    return Service(name, run)


async def test_services_start_in_order_and_end_in_reverse(autojump_clock: MockClock) -> None:
    log: list[str] = []
    supervisor = Supervisor([endless(log, "lamps"), endless(log, "link"), endless(log, "buttons")])
    async with trio.open_nursery() as nursery:
        await nursery.start(supervisor.run)
        assert log == ["lamps starts", "link starts", "buttons starts"]
        supervisor.stop()
    assert log[3:] == ["buttons ends", "link ends", "lamps ends"]


async def test_a_service_that_fails_while_it_is_ended_costs_no_other(autojump_clock: MockClock) -> None:
    log: list[str] = []

    async def lose_the_device() -> None:
        try:
            await trio.sleep_forever()
        finally:
            raise DeviceGone("pulled out")

    async def keypad(*, task_status: trio.TaskStatus[None]) -> None:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(trio.sleep_forever)
            nursery.start_soon(lose_the_device)
            task_status.started()

    supervisor = Supervisor([endless(log, "lamps"), Service("keypad", keypad)])
    async with trio.open_nursery() as nursery:
        await nursery.start(supervisor.run)
        supervisor.stop()
    assert log == ["lamps starts", "lamps ends"]
    assert supervisor.health["keypad"].condition is Condition.READY  # it was ended, and is not tried again


async def test_some_end_and_begin_while_the_others_go_on(autojump_clock: MockClock) -> None:
    log: list[str] = []
    forgotten: list[str] = []
    before = [endless(log, "lamps"), endless(log, "button a"), endless(log, "button b")]
    supervisor = Supervisor(before, forget=forgotten.append)
    async with trio.open_nursery() as nursery:
        await nursery.start(supervisor.run)
        log.clear()
        await supervisor.end({"button a", "button b", "nobody"})
        assert log == ["button b ends", "button a ends"]
        assert forgotten == ["button a", "button b"]
        assert supervisor.health.keys() == {"lamps"}
        await supervisor.begin([endless(log, "display"), before[0], endless(log, "button b")])
        assert log[2:] == ["display starts", "button b starts"]
        assert supervisor.names == {"display", "lamps", "button b"}
        supervisor.stop()
    assert log[4:] == ["button b ends", "lamps ends", "display ends"]  # in the reverse of the new order


async def test_one_that_does_not_end_holds_up_a_change_no_longer_than_the_end(autojump_clock: MockClock) -> None:
    async def clings(*, task_status: trio.TaskStatus[None]) -> None:
        task_status.started()
        with trio.CancelScope(shield=True):
            await trio.sleep(60)

    supervisor = Supervisor([Service("bar", clings)])
    async with trio.open_nursery() as nursery:
        await nursery.start(supervisor.run)
        began = trio.current_time()
        await supervisor.end({"bar"})
        assert trio.current_time() - began == pytest.approx(STOP_GRACE)
        assert supervisor.names == frozenset()
        supervisor.stop()


async def test_a_change_waits_for_the_end_of_the_start_and_begins_nothing_after_a_stop(
    autojump_clock: MockClock,
) -> None:
    log: list[str] = []

    async def slow(*, task_status: trio.TaskStatus[None]) -> None:
        await trio.sleep(0.5)
        task_status.started()
        await trio.sleep_forever()

    supervisor = Supervisor([Service("display", slow), endless(log, "link")])
    async with trio.open_nursery() as nursery:
        nursery.start_soon(supervisor.run)
        await supervisor.end({"link"})
        assert log == ["link starts", "link ends"]
        supervisor.stop()
        await supervisor.begin([endless(log, "link")])
    assert log == ["link starts", "link ends"]


async def test_a_remark_stands_beside_the_condition_of_services(autojump_clock: MockClock) -> None:
    class Told(Notifier):
        said = ""

        def status(self, text: str) -> None:
            self.said = text

    notifier = Told({})
    supervisor = Supervisor([endless([], "lamps")], notifier=notifier)
    async with trio.open_nursery() as nursery:
        await nursery.start(supervisor.run)
        supervisor.remark("the file is wrong")
        assert notifier.said == "all services running; the file is wrong"
        supervisor.remark("")
        assert notifier.said == "all services running"
        supervisor.stop()


async def test_a_failing_service_is_offline_and_comes_back_and_costs_no_other(autojump_clock: MockClock) -> None:
    tries = 0
    log: list[str] = []
    told: list[tuple[str, Health]] = []

    async def flaky(*, task_status: trio.TaskStatus[None]) -> None:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise DeviceGone("no keypad at /dev/input/event7")
        task_status.started()
        await trio.sleep_forever()

    services = [Service("keypad", flaky), endless(log, "lamps")]
    supervisor = Supervisor(services, report=lambda name, health: told.append((name, health)), rng=random.Random(1))
    async with trio.open_nursery() as nursery:
        await nursery.start(supervisor.run)
        assert supervisor.health["keypad"] == Health(Condition.OFFLINE, "no keypad at /dev/input/event7")
        assert supervisor.health["lamps"].condition is Condition.READY
        await passes(0.5 + 1 + 2)  # the longest that three waits can be
        supervisor.stop()
    keypad = [health.condition for name, health in told if name == "keypad"]
    assert keypad == [Condition.STARTING, Condition.OFFLINE, Condition.READY]  # never flickers between tries
    assert log == ["lamps starts", "lamps ends"]


async def test_back_off_grows_to_half_a_minute_and_starts_again_after_a_good_run(autojump_clock: MockClock) -> None:
    starts: list[float] = []
    good = False

    async def fails(*, task_status: trio.TaskStatus[None]) -> None:
        starts.append(trio.current_time())
        if good:
            await passes(60)
        raise DeviceGone("gone")

    supervisor = Supervisor([Service("display", fails)], rng=random.Random(7))
    async with trio.open_nursery() as nursery:
        await nursery.start(supervisor.run)
        await passes(300)
        waits = [b - a for a, b in itertools.pairwise(starts)]
        assert 0.25 <= waits[0] <= 0.5
        assert all(15 <= wait <= 30 for wait in waits[7:])
        good = True
        count = len(starts)
        await passes(30 + 60 + 0.5 + 0.1)
        assert len(starts) == count + 2  # the good run, and soon after it the next
        supervisor.stop()


class Socket:
    """Where a device is plugged in; counts the tries to use it."""

    def __init__(self) -> None:
        self.tries: list[float] = []
        self.there = False
        self.gone = trio.Event()

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        self.tries.append(trio.current_time())
        await trio.lowlevel.checkpoint()
        if not self.there:
            raise DeviceGone("no keypad found")
        task_status.started()
        await self.gone.wait()
        raise DeviceGone("it went away")


async def test_news_end_the_wait_for_the_next_try_and_only_for_whom_they_are_meant(autojump_clock: MockClock) -> None:
    keypad, phone = Socket(), Socket()
    services = [Service("keypad", keypad.run, "input"), Service("phone", phone.run, "hidraw")]
    supervisor = Supervisor(services, rng=random.Random(1))
    async with trio.open_nursery() as nursery:
        await nursery.start(supervisor.run)
        await passes(300)  # both wait for half a minute by now
        keypad.there = phone.there = True
        before = len(phone.tries)
        supervisor.wake("input")
        await trio.testing.wait_all_tasks_blocked()
        assert supervisor.health["keypad"].condition is Condition.READY
        assert keypad.tries[-1] == trio.current_time()
        assert supervisor.health["phone"].condition is Condition.OFFLINE
        assert len(phone.tries) == before
        supervisor.stop()


async def test_news_in_vain_make_the_next_tries_come_soon(autojump_clock: MockClock) -> None:
    keypad = Socket()
    supervisor = Supervisor([Service("keypad", keypad.run, "input")], rng=random.Random(1))
    async with trio.open_nursery() as nursery:
        await nursery.start(supervisor.run)
        await passes(300)
        supervisor.wake("input")
        await passes(0.5)
        assert keypad.tries[-1] - keypad.tries[-2] <= 0.5
        supervisor.stop()


async def test_news_while_it_runs_make_one_try_at_once_when_it_fails_and_no_more(
    autojump_clock: MockClock,
) -> None:
    keypad = Socket()
    supervisor = Supervisor([Service("keypad", keypad.run, "input")], rng=random.Random(1))
    async with trio.open_nursery() as nursery:
        await nursery.start(supervisor.run)
        await passes(300)
        keypad.there = True
        supervisor.wake("input")
        await trio.testing.wait_all_tasks_blocked()
        assert supervisor.health["keypad"].condition is Condition.READY
        supervisor.wake("input")  # another one is plugged in, or the same again before its loss was noticed
        keypad.gone.set()
        keypad.gone = trio.Event()
        await trio.testing.wait_all_tasks_blocked()
        assert keypad.tries[-1] == trio.current_time()
        tries = len(keypad.tries)
        keypad.gone.set()  # without news it waits
        await trio.testing.wait_all_tasks_blocked()
        assert len(keypad.tries) == tries
        supervisor.stop()


async def test_a_service_that_does_not_become_ready_holds_the_others_up_for_a_second_only(
    autojump_clock: MockClock,
) -> None:
    log: list[str] = []

    async def slow(*, task_status: trio.TaskStatus[None]) -> None:
        await trio.sleep_forever()

    begin = trio.current_time()
    supervisor = Supervisor([Service("slow", slow), endless(log, "buttons")])
    async with trio.open_nursery() as nursery:
        await nursery.start(supervisor.run)
        assert trio.current_time() - begin == pytest.approx(1.0)
        assert log == ["buttons starts"]
        supervisor.stop()


async def test_ending_is_bounded_even_when_a_service_hangs_on(autojump_clock: MockClock) -> None:
    async def clings(*, task_status: trio.TaskStatus[None]) -> None:
        task_status.started()
        try:
            await trio.sleep_forever()
        finally:
            with trio.CancelScope(shield=True):
                await passes(1.9)

    begin = trio.current_time()
    supervisor = Supervisor([endless([], "lamps"), Service("clings", clings)])
    async with trio.open_nursery() as nursery:
        await nursery.start(supervisor.run)
        supervisor.stop()
    assert STOP_GRACE < trio.current_time() - begin < 2.0


async def test_systemd_hears_ready_status_watchdog_and_stopping(
    autojump_clock: MockClock, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = str(tmp_path_factory.mktemp("n") / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(path)
        systemd.setblocking(False)
        notifier = Notifier({"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "10000000"})
        supervisor = Supervisor([endless([], name) for name in ("lamps", "buttons", "panel")], notifier=notifier)
        async with trio.open_nursery() as nursery:
            await nursery.start(supervisor.run)
            await passes(12)
            supervisor.stop()
        heard = []
        while True:
            try:
                heard.append(systemd.recv(4096).decode())
            except BlockingIOError:
                break
    assert "READY=1" in heard
    assert heard.count("WATCHDOG=1") == 3  # at once, and then twice in each of systemd's 10 s
    assert "STOPPING=1" in heard
    assert [message for message in heard if message.startswith("STATUS=")] == [
        "STATUS=starting",
        "STATUS=all services running",
    ]


def test_watchdog_meant_for_another_process_is_not_fed() -> None:
    assert Notifier({"NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "5000000", "WATCHDOG_PID": "1"}).watchdog is None


def test_an_absent_notify_socket_is_survived(tmp_path_factory: pytest.TempPathFactory) -> None:
    Notifier({"NOTIFY_SOCKET": str(tmp_path_factory.mktemp("n") / "nobody")}).ready()


def test_errors_in_groups_read_as_one_line() -> None:
    nested = ExceptionGroup("trio", [ExceptionGroup("inner", [ValueError("first"), OSError("second")])])
    assert plain(nested) == "first; second"
    assert plain(KeyError()) == "KeyError"
