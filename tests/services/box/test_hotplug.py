import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from appliance.services.box.hotplug import HotplugService
from drivers.hotplug import Plugs, Unavailable
from tests.drivers.test_hotplug import Paper, udev
from tests.virtual_time import passes

__all__ = ["udev"]


async def test_who_waits_for_a_subsystem_is_woken(udev: Paper, autojump_clock: MockClock) -> None:
    woken: list[str] = []

    async def watch(subsystems: object) -> Plugs:
        await trio.lowlevel.checkpoint()
        return Plugs(udev, ["hidraw", "input"])

    async with trio.open_nursery() as nursery:
        await nursery.start(HotplugService(watch, ["hidraw", "input"], woken.append).run)
        udev.tell("add input", "add hidraw", "remove tty")
        await passes(1)
        assert woken == ["hidraw", "input"]
        nursery.cancel_scope.cancel()


async def test_where_nobody_tells_it_is_said_once_and_costs_nothing(autojump_clock: MockClock) -> None:
    async def watch(subsystems: object) -> Plugs:
        await trio.lowlevel.checkpoint()
        raise Unavailable("udev cannot be heard: Address family not supported by protocol")

    with capture_logs() as logs:
        async with trio.open_nursery() as nursery:
            await nursery.start(HotplugService(watch, ["input"], pytest.fail).run)
            await passes(3600)
            nursery.cancel_scope.cancel()
    assert [(line["event"], line["reason"]) for line in logs] == [
        ("hotplug_unavailable", "udev cannot be heard: Address family not supported by protocol")
    ]
