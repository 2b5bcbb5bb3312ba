import pytest
import trio
from gpiozero import LED
from trio.testing import MockClock, wait_all_tasks_blocked

from drivers.errors import DeviceLost, DeviceMissing
from drivers.gpio.config import LampConfig
from drivers.gpio.fake import VirtualGpio
from drivers.gpio.lamps import Lamps
from drivers.outputs import patterns
from drivers.outputs.config import LightConfig
from drivers.outputs.patterns import Pattern
from tests.virtual_time import real

TWO = {"ringing": LampConfig(pin=5), "muted": LampConfig(pin=6, active_high=False)}


class Recorder:
    """Lamps that run on virtual pins, and when which of them was lit."""

    def __init__(self) -> None:
        self.gpio = VirtualGpio({}, TWO, self._note)
        self.lamps = Lamps(TWO)
        self.changes: list[tuple[float, dict[str, bool]]] = []
        self.begin = trio.current_time()

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Has the pins of both lamps and shows their patterns until cancelled."""
        async with trio.open_nursery() as nursery:
            await nursery.start(self.lamps.play)
            for name in TWO:
                await nursery.start(self.lamps.own, name, self.gpio.factory)
            task_status.started()

    def _note(self) -> None:
        self.changes.append((round(trio.current_time() - self.begin, 6), self.gpio.lamps()))

    def times(self, name: str) -> list[float]:
        """When the lamp went on or off, on and off in turn."""
        lit, times = False, []
        for at, lamps in self.changes:
            if lamps[name] != lit:
                lit = lamps[name]
                times.append(at)
        return times


async def passing(seconds: float) -> None:
    """Let the mock clock pass on; nothing really waits."""
    with trio.move_on_after(seconds):
        await trio.sleep_forever()


async def test_on_and_off(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    panel = Recorder()
    await nursery.start(panel.run)
    assert panel.gpio.lamps() == {"ringing": False, "muted": False}
    panel.lamps.set("muted", patterns.ON)
    await passing(1)
    assert panel.gpio.lamps() == {"ringing": False, "muted": True}
    panel.lamps.set("muted", patterns.OFF)
    await passing(1)
    assert panel.gpio.lamps() == {"ringing": False, "muted": False}
    assert panel.times("muted") == [0, 1]


@pytest.mark.parametrize(
    ("pattern", "times"),
    [
        (patterns.BLINK, [0, 0.5, 1, 1.5, 2, 2.5]),
        (patterns.BLINK_FAST, [number * 0.125 for number in range(24)]),
        (patterns.UNKNOWN, [0, 0.125, 2, 2.125]),
    ],
)
async def test_patterns_keep_time(
    pattern: Pattern, times: list[float], nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    panel = Recorder()
    await nursery.start(panel.run)
    panel.lamps.set("ringing", pattern)
    await passing(2.9)
    assert panel.times("ringing") == [time for time in times if time < 2.9]


async def test_lamps_blink_together_whenever_they_began(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    panel = Recorder()
    await nursery.start(panel.run)
    panel.lamps.set("ringing", patterns.BLINK)
    await passing(0.7)
    panel.lamps.set("muted", patterns.BLINK)
    await passing(3)
    assert panel.times("muted") == [1, 1.5, 2, 2.5, 3, 3.5]
    assert panel.times("ringing")[2:] == panel.times("muted")


async def test_first_blinking_lamp_lights_at_once(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    panel = Recorder()
    await nursery.start(panel.run)
    await passing(77.7)
    panel.lamps.set("ringing", patterns.BLINK)
    await passing(0.1)
    assert panel.times("ringing") == [77.7]


async def test_steady_lamps_let_the_loop_sleep(nursery: trio.Nursery, mock_clock: MockClock) -> None:
    panel = Recorder()
    await nursery.start(panel.run)
    panel.lamps.set("ringing", patterns.ON)
    await wait_all_tasks_blocked()
    assert trio.lowlevel.current_statistics().seconds_to_next_deadline == float("inf")
    panel.lamps.set("ringing", patterns.BLINK)
    await wait_all_tasks_blocked()
    assert trio.lowlevel.current_statistics().seconds_to_next_deadline == pytest.approx(0.5)


async def test_what_was_set_before_the_start_is_shown_after_it(
    nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    panel = Recorder()
    panel.lamps.set("muted", patterns.ON)
    await nursery.start(panel.run)
    await passing(0.01)
    assert panel.gpio.lamps() == {"ringing": False, "muted": True}


async def test_all_off_and_free_after_the_end_and_on_again_in_the_next_run(autojump_clock: MockClock) -> None:
    panel = Recorder()
    panel.lamps.set("ringing", patterns.ON)
    panel.lamps.set("muted", patterns.ON)
    for _ in range(2):
        with trio.move_on_after(1):
            await panel.run()
        assert panel.gpio.lamps() == {"ringing": False, "muted": False}
        assert panel.gpio.factory.pin(6).state, "an active-low lamp is dark at a high level"
    assert panel.times("ringing") == panel.times("muted") == [0, 1, 1, 2]


def test_unknown_lamp_is_named() -> None:
    with pytest.raises(KeyError, match="no lamp 'nope'; there are ringing, muted"):
        Lamps(TWO).set("nope", patterns.ON)


async def test_pin_in_use_is_missing_and_named() -> None:
    gpio = VirtualGpio({}, TWO)
    with LED(6, pin_factory=gpio.factory), pytest.raises(DeviceMissing, match=r"lamp 'muted': pin 6 .* in use"):
        await Lamps(TWO).own("muted", gpio.factory)


async def test_pin_that_cannot_be_driven_any_more_is_lost_and_the_other_goes_on(
    nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch, autojump_clock: MockClock
) -> None:
    panel = Recorder()
    await nursery.start(panel.lamps.play)
    await nursery.start(panel.lamps.own, "muted", panel.gpio.factory)
    with pytest.RaisesGroup(pytest.RaisesExc(DeviceLost, match="lamp 'ringing'.*GPIO5.*unplugged")):
        async with trio.open_nursery() as its_own:
            await its_own.start(panel.lamps.own, "ringing", panel.gpio.factory)
            monkeypatch.setattr(panel.gpio.factory.pin(5), "_set_state", unplugged)
            panel.lamps.set("ringing", patterns.ON)
    panel.lamps.set("muted", patterns.ON)
    await passing(0.1)
    assert panel.gpio.lamps() == {"ringing": False, "muted": True}


async def test_a_pin_that_could_not_be_put_out_is_free_all_the_same(
    nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch, autojump_clock: MockClock
) -> None:
    panel = Recorder()
    await nursery.start(panel.lamps.play)
    with pytest.RaisesGroup(pytest.RaisesExc(DeviceLost)), monkeypatch.context() as patch:
        async with trio.open_nursery() as its_own:
            await its_own.start(panel.lamps.own, "ringing", panel.gpio.factory)
            patch.setattr(panel.gpio.factory.pin(5), "_set_state", unplugged)
            panel.lamps.set("ringing", patterns.ON)
    await nursery.start(panel.lamps.own, "ringing", panel.gpio.factory)
    await passing(0.1)
    assert panel.gpio.lamps()["ringing"]


async def test_a_lamp_whose_pin_comes_later_blinks_in_step(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    panel = Recorder()
    await nursery.start(panel.lamps.play)
    for name in TWO:
        panel.lamps.set(name, patterns.BLINK)
    await nursery.start(panel.lamps.own, "ringing", panel.gpio.factory)
    await passing(1.3)
    await nursery.start(panel.lamps.own, "muted", panel.gpio.factory)
    await passing(1)
    assert panel.times("muted") == [1.3, 1.5, 2, 2.5][: len(panel.times("muted"))]
    assert panel.times("muted")[1:] == panel.times("ringing")[3:]


async def test_lamps_without_a_pin_let_the_loop_sleep(nursery: trio.Nursery, mock_clock: MockClock) -> None:
    lamps = Lamps(TWO)
    lamps.set("ringing", patterns.BLINK)
    await nursery.start(lamps.play)
    await wait_all_tasks_blocked()
    assert trio.lowlevel.current_statistics().seconds_to_next_deadline == float("inf")


def unplugged(_value: float) -> None:
    raise OSError("unplugged")


OUTSIDE = LightConfig(red=20, green=21, blue=22, active_high=False)


async def test_a_light_has_seven_colours_and_the_dark(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    gpio, lights = VirtualGpio({}, {}, lights={"door": OUTSIDE}), Lamps({"door": OUTSIDE})
    await nursery.start(lights.play)
    await nursery.start(lights.own, "door", gpio.factory)
    for colour, shown in {"green": "#00ff00", "amber": "#ffff00", "#7f80ff": "#00ffff", "white": "#ffffff"}.items():
        lights.set("door", patterns.ON, colour)
        await passing(0.1)
        assert gpio.lights() == {"door": shown}
    lights.set("door", patterns.pattern(["on 0.2", "30% 0.2", "red 0.6"]), "blue")
    await passing(0.05)
    seen = []
    for _ in range(10):
        seen.append(gpio.lights()["door"])
        await passing(0.1)
    assert seen == [*["#0000ff"] * 2, *["#000000"] * 2, *["#ff0000"] * 6]


async def test_a_light_is_dark_after_the_end_and_a_pin_in_use_is_named() -> None:
    gpio, lights = VirtualGpio({}, {}, lights={"door": OUTSIDE}), Lamps({"door": OUTSIDE})
    lights.set("door", patterns.ON, "red")
    with LED(21, pin_factory=gpio.factory), pytest.raises(DeviceMissing, match=r"light 'door': pin 21 .* in use"):
        await lights.own("door", gpio.factory)
    async with trio.open_nursery() as nursery:
        await nursery.start(lights.play)
        await nursery.start(lights.own, "door", gpio.factory)
        await wait_all_tasks_blocked()
        assert gpio.lights() == {"door": "#ff0000"}
        nursery.cancel_scope.cancel()
    assert gpio.lights() == {"door": "#000000"}


async def test_a_light_that_loses_one_pin_is_lost_and_leaves_the_others_dark(
    nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch, autojump_clock: MockClock
) -> None:
    gpio, lights = VirtualGpio({}, {}, lights={"door": OUTSIDE}), Lamps({"door": OUTSIDE})
    await nursery.start(lights.play)
    with pytest.RaisesGroup(pytest.RaisesExc(DeviceLost, match="light 'door'.*GPIO21.*unplugged")):
        async with trio.open_nursery() as its_own:
            await its_own.start(lights.own, "door", gpio.factory)
            monkeypatch.setattr(gpio.factory.pin(21), "_set_state", unplugged)
            lights.set("door", patterns.ON, "white")
    assert gpio.lights()["door"][1:3] == gpio.lights()["door"][5:] == "00"


async def test_who_waits_hears_when_a_lamp_is_written(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    panel = Recorder()
    await nursery.start(panel.run)
    panel.lamps.set("muted", patterns.ON)
    assert not panel.gpio.lamps()["muted"]
    await panel.lamps.written("muted")
    assert panel.gpio.lamps()["muted"]
    panel.lamps.set("muted", patterns.ON)  # the same again
    with trio.fail_after(real(1)):
        await panel.lamps.written("muted")


async def test_who_waits_hears_why_a_lamp_is_not_written(
    nursery: trio.Nursery, monkeypatch: pytest.MonkeyPatch, autojump_clock: MockClock
) -> None:
    panel = Recorder()
    await nursery.start(panel.lamps.play)
    with pytest.raises(DeviceLost, match="lamp 'muted' has lost its pin"):
        await panel.lamps.written("muted")

    async def lose() -> None:
        with pytest.raises(DeviceLost):
            await panel.lamps.own("muted", panel.gpio.factory)

    nursery.start_soon(lose)
    await passing(1)
    monkeypatch.setattr(panel.gpio.factory.pin(6), "_set_state", unplugged)
    panel.lamps.set("muted", patterns.ON)
    with pytest.raises(DeviceLost, match=r"GPIO6.*unplugged|has lost its pin"):
        await panel.lamps.written("muted")
