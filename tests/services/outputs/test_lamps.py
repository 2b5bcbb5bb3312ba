"""Lamps follow the room, and time where what they show depends on it."""

from typing import Any

import pytest
import trio
from trio.testing import MockClock

from appliance.room.parts.link import Link, LinkPhase
from appliance.room.show import indicators
from appliance.room.show.indicators import Indicator, Pattern
from appliance.room.show.shown import Shown
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed
from appliance.services.outputs.lamps import LampService
from appliance.services.outputs.signs import Sign
from drivers.errors import DeviceLost
from drivers.gpio.config import LampConfig
from drivers.gpio.fake import VirtualGpio
from drivers.outputs.patterns import BLINK_FAST, BUILT_IN
from tests.virtual_time import passes

UP = RoomState(link=Link(LinkPhase.UP))


def test_a_driver_has_every_pattern_that_a_room_shows_and_no_other() -> None:
    assert list(Pattern) == list(BUILT_IN)


async def test_a_lamp_may_change_because_time_has_passed(
    autojump_clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = trio.current_time() + 60
    looks = []

    def meeting_soon(_state: RoomState, now: float) -> Shown[Pattern]:
        looks.append(now)
        return Shown(Pattern.OFF, until=soon) if now < soon else Shown(Pattern.ON)

    table: dict[Indicator, Any] = {**indicators._CONFIRMED, Indicator.MUTED: meeting_soon}
    monkeypatch.setattr(indicators, "_CONFIRMED", table)
    configs = {"meeting": LampConfig(pin=5)}
    gpio = VirtualGpio({}, configs)
    service = LampService(
        configs, {"meeting": Sign(shows=Indicator.MUTED, patterns=BUILT_IN)}, lambda: gpio.factory, Followed(UP)
    )
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        await nursery.start(lambda task_status: service.light("meeting", task_status=task_status))
        await passes(59.9)
        assert (gpio.lamp("meeting"), len(looks)) == (False, 1)
        await passes(0.2)
        assert (gpio.lamp("meeting"), len(looks)) == (True, 2)
        nursery.cancel_scope.cancel()


async def test_a_lamp_that_is_tried_blinks_for_a_while_and_shows_the_room_again(autojump_clock: MockClock) -> None:
    configs = {"link": LampConfig(pin=5), "other": LampConfig(pin=6)}
    gpio, room = VirtualGpio({}, configs), Followed(UP)
    signs = {name: Sign(shows=Indicator.LINK, patterns=BUILT_IN) for name in configs}
    service = LampService(configs, signs, lambda: gpio.factory, room)
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        with pytest.raises(DeviceLost), service.tried("link", BLINK_FAST, "white"):  # its pin is not ours yet
            pass
        await nursery.start(lambda task_status: service.light("link", task_status=task_status))
        await passes(1)
        shown = gpio.lamp("link")
        with service.tried("link", BLINK_FAST, "white"):
            await service.written("link")
            assert gpio.lamp("link")
            seen = set[bool]()
            for _ in range(10):
                await passes(0.125)
                seen.add(gpio.lamp("link"))
                room.value = RoomState(link=Link(LinkPhase.UP))  # whatever the room does meanwhile
            assert seen == {True, False}
        await passes(0.1)
        after = set[bool]()
        for _ in range(10):
            await passes(0.125)
            after.add(gpio.lamp("link"))
        assert after == {shown}
        nursery.cancel_scope.cancel()
