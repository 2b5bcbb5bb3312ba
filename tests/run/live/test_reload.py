"""A room that takes another configuration while it runs is the room that would have been started with it."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import trio
from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded
from trio.testing import MockClock

from appliance.run.appliance import Appliance
from appliance.run.demo import virtual
from appliance.run.demo.virtual import panel, virtual_room, wanted
from appliance.run.live.reload import Reload
from appliance.run.live.settings import Settings
from appliance.run.pages.status import Pages, pages_of
from appliance.run.parts import Parts
from appliance.run.tables.every import ROOM
from appliance.run.tables.metrics import metrics
from appliance.run.tables.sharing import shared
from appliance.virtual.hardware import VirtualHardware
from drivers.visca.model.actions import Drive
from tests.run.live.rooms import ALWAYS, room, texts
from tests.virtual_time import passes, real

HEAD = ALWAYS.format(name="Neptune", language="en", room="", panel="")


class Live:
    """A running room whose file the test writes."""

    def __init__(self, text: str, virtual: VirtualHardware, appliance: Appliance) -> None:
        self.text = text
        self.virtual = virtual
        self.appliance = appliance
        self.reads = 0
        self.reload = Reload(appliance, Settings(room(text)), self._read, self._become)

    def _read(self) -> Settings:
        self.reads += 1
        return Settings(room(self.text))

    def _become(self, new: Settings, hardware: Any) -> Any:  # openers, as they are
        self.virtual.become(**wanted(new.config))
        return hardware

    def is_so(self) -> tuple[object, ...]:
        """What runs, and what of it is to be seen."""
        seen = self.virtual.describe()
        blinks = {kind: sorted(seen.pop(kind)) for kind in ("lamps", "lights", "bars", "serial")}
        del seen["revision"], seen["display"]
        known = self.appliance.parts.conditions.known
        return (
            {name: each.health for name, each in known.items()},
            seen,
            blinks,
            sorted(self.appliance.store.state.offline),
        )


@asynccontextmanager
async def living(text: str) -> AsyncIterator[Live]:
    config = room(text)
    with virtual_room(config) as (virtual, hardware):

        def pages(parts: Any) -> Any:  # a table
            return panel(virtual, parts)

        appliance = Appliance(config, hardware, (*ROOM, shared, metrics, pages))
        async with trio.open_nursery() as nursery:
            await nursery.start(appliance.run)
            yield Live(text, virtual, appliance)
            appliance.stop()


def in_time(test: Callable[[], Any]) -> None:
    """Runs it with time that passes at once, but not before sockets have had theirs."""
    trio.run(test, clock=MockClock(autojump_threshold=real(0.01)))


@pytest.mark.slow
@seeded(7)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts(), texts())
def test_any_room_becomes_any_other(before: str, after: str) -> None:
    async def reloaded() -> tuple[object, ...]:
        async with living(before) as live:
            live.text = after
            assert not await live.reload()
            await passes(40)
            return live.is_so()

    async def fresh() -> tuple[object, ...]:
        async with living(after) as live:
            await passes(40)
            return live.is_so()

    found = list[tuple[object, ...]]()

    async def both() -> None:
        found.extend([await reloaded(), await fresh()])

    in_time(both)
    assert found[0] == found[1]


CAMERAS = """
[joysticks.left]
port = "virtual"
[joysticks.right]
port = "virtual"
[cameras.back]
line = "virtual"
number = 2
[cameras.front]
line = "virtual"
number = 3
"""
CAMERA_PARTS = ("joystick left", "joystick right", "camera back", "camera front", "presets", "presets back", "panel")


@pytest.mark.parametrize(
    ("old", "new", "begun"),
    [
        ('[joysticks.left]\nport = "virtual"', '[joysticks.left]\nport = "virtual"\nbaud = 38400', {"joystick left"}),
        ("number = 3", "number = 4", {"camera front", "joystick left", "joystick right", "panel"}),
    ],
)
def test_a_camera_or_a_joystick_costs_no_camera_but_itself(old: str, new: str, begun: set[str]) -> None:
    async def test() -> None:
        async with living(HEAD + CAMERAS) as live:
            await passes(10)
            parts = live.appliance.parts
            since = {name: parts.conditions.known[name].since for name in CAMERA_PARTS}
            parts.local_cameras.by_name["back"].service.ask(Drive(pan=1))
            back = parts.local_cameras.by_name["back"]
            await passes(0.5)
            live.text = HEAD + CAMERAS.replace(old, new)
            assert not await live.reload()
            await passes(5)
            now = {name: parts.conditions.known[name].since for name in CAMERA_PARTS}
            assert {name for name in CAMERA_PARTS if now[name] != since[name]} == begun
            assert parts.local_cameras.by_name["back"] is back
            assert parts.local_cameras.moves("back")  # whoever moves it goes on
            back.service.ask(Drive(pan=0))

    in_time(test)


def test_pins_are_free_for_others_and_what_was_on_is_off() -> None:
    siren = "[relays.siren]\npin = 16\n"
    lamp = '[lamps.link]\npin = 16\n[buttons.siren]\npin = 17\npress = "mute"\n'

    async def test() -> None:
        async with living(HEAD + siren + '[buttons.siren]\npin = 17\npress = "relay siren on"\n') as live:
            live.virtual.gpio.press("siren")
            await passes(1)
            assert live.virtual.gpio.relays() == {"siren": True}
            live.text = HEAD + lamp
            assert not await live.reload()
            await passes(1)
            assert live.virtual.gpio.relays() == {}
            assert not live.appliance.store.state.offline - {"card"}
            assert live.virtual.gpio.pressed("siren")  # the finger is still there

    in_time(test)


def test_a_pulse_of_a_relay_that_goes_ends_safely() -> None:
    async def test() -> None:
        text = '[relays.door]\npin = 16\n[buttons.open]\npin = 17\npress = "relay door pulse 5"\n'
        async with living(HEAD + text) as live:
            pin = live.virtual.gpio.factory.pin("GPIO16")
            live.virtual.gpio.press("open")
            await passes(1)
            assert pin.state
            live.text = HEAD
            assert not await live.reload()
            assert not pin.state
            assert not live.appliance.store.state.outputs
            await passes(10)

    in_time(test)


def test_what_stays_keeps_what_it_has_switched() -> None:
    async def test() -> None:
        text = '[relays.siren]\npin = 16\n[buttons.siren]\npin = 17\npress = "relay siren on"\n'
        async with living(HEAD + text) as live:
            live.virtual.gpio.press("siren")
            await passes(1)
            live.text = HEAD + text + "[relays.other]\npin = 26\n[lamps.muted]\npin = 6\n"
            assert not await live.reload()
            assert live.virtual.gpio.relays() == {"siren": True, "other": False}
            live.text = live.text.replace("siren on", "siren off")
            live.virtual.gpio.release("siren")
            assert not await live.reload()
            live.virtual.gpio.press("siren")  # the one that stayed is still the one that is switched
            await passes(1)
            assert live.virtual.gpio.relays()["siren"] is False

    in_time(test)


def test_a_lamp_that_stays_does_not_blink() -> None:
    async def test() -> None:
        async with living(HEAD + '[lamps.link]\npin = 19\nshows = "link"\n') as live:
            await passes(1)
            lit, seen = live.virtual.gpio.factory.pin("GPIO19"), list[bool]()
            before = lit.state
            lit.told = lambda: seen.append(lit.state)
            live.text += '[lamps.muted]\npin = 6\n[buttons.x]\npin = 17\npress = "mute"\n'
            assert not await live.reload()
            assert lit.state == before
            assert seen == []

    in_time(test)


def test_a_wrong_file_changes_nothing_until_it_is_right() -> None:
    async def test() -> None:
        async with living(HEAD) as live:
            services = live.appliance.services
            live.text = HEAD + "[buttons.call]\npin = 99\n"
            assert not await live.reload()
            assert {mistake.key for mistake in live.appliance.parts.mistakes} == {
                "buttons.call.pin",
                "buttons.call.press",
            }
            assert live.appliance.services is services
            live.text = HEAD
            assert not await live.reload()
            assert not live.appliance.parts.mistakes

    in_time(test)


def test_a_reload_that_finds_nothing_new_is_no_restart() -> None:
    async def test() -> None:
        async with living(HEAD) as live:
            assert not await live.reload()
            await passes(60)
            assert not await live.reload()

    in_time(test)


async def test_pages_are_not_built_anew_for_a_lamp(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take milliseconds, in which nobody's press would be heard."""
    built, beside = list[str](), list[bool]()

    def counted(parts: Parts) -> Pages:
        built.append(parts.config.room.name)
        beside.append(threading.current_thread() is not threading.main_thread())
        return pages_of(parts)

    monkeypatch.setattr(virtual, "pages_of", counted)
    lamp = "[lamps.link]\npin = {}\n"
    async with living(HEAD + lamp.format(6)) as live:
        assert built == ["Neptune"]
        live.text = HEAD + lamp.format(7)
        await live.reload()
        assert built == ["Neptune"]
        live.text = HEAD.replace("Neptune", "Triton")
        await live.reload()
        assert built == ["Neptune", "Triton"]
        assert beside == [False, True]
