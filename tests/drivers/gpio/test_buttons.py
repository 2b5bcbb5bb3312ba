import math
import threading
from collections.abc import Callable
from typing import Any

import pytest
import trio
from gpiozero import LED
from trio.testing import MockClock

from drivers.errors import DeviceLost, DeviceMissing
from drivers.gpio.buttons import Button, ButtonEvent
from drivers.gpio.config import ButtonConfig
from drivers.gpio.debounce import RECHECK, Kind
from drivers.gpio.fake import VirtualGpio
from drivers.gpio.header import gpio_name
from tests.virtual_time import real

PRESSED, HELD, RELEASED = Kind.PRESSED, Kind.HELD, Kind.RELEASED
CALL = {"call": ButtonConfig(pin=17, edge="trailing")}
RAW = {"call": ButtonConfig(pin=17, debounce=0)}
STORM = [PRESSED, RELEASED] * 100 + [PRESSED]


class Bench:
    """Buttons that run on virtual pins, and what they reported."""

    def __init__(self, nursery: trio.Nursery, configs: dict[str, ButtonConfig]) -> None:
        self.gpio = VirtualGpio(configs, {})
        self.buttons = [Button(name, config, self.gpio.factory) for name, config in configs.items()]
        self.events: list[ButtonEvent] = []
        self._configs = configs
        self._listeners: list[Callable[[float, int], None]] = []
        self._nursery = nursery

    async def start(self) -> None:
        for button in self.buttons:
            await self._nursery.start(button.run, self.events.append)
        for config in self._configs.values():
            self._stamp_edges(config)

    def _stamp_edges(self, config: ButtonConfig) -> None:
        """Stamps edges by trio's clock, as the kernel's are by the one clock of a Pi: gpiozero's mock has real time."""
        pin, clock = self.gpio.factory.pin(gpio_name(config.pin)), trio.lowlevel.current_clock()
        hear = pin.when_changed

        def stamped(_ticks: float, level: int) -> None:
            hear(clock.current_time(), level)

        self._listeners.append(stamped)  # the pin keeps a weak reference only
        pin.when_changed = stamped

    @property
    def kinds(self) -> list[Kind]:
        return [event.kind for event in self.events]


async def passing(seconds: float) -> None:
    """Let the mock clock pass on; nothing really waits."""
    with trio.move_on_after(seconds):
        await trio.sleep_forever()


async def test_press_hold_and_release(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    bench = Bench(nursery, {"call": ButtonConfig(pin=17, edge="trailing", hold=1.5)})
    await bench.start()
    begin = trio.current_time()
    bench.gpio.press("call")
    await passing(4)
    bench.gpio.release("call")
    await passing(1)
    assert [(event.kind, round(event.at - begin, 6)) for event in bench.events] == [
        (PRESSED, 0.02),
        (HELD, 1.52),
        (RELEASED, 4.02),
    ]
    assert {event.name for event in bench.events} == {"call"}


@pytest.mark.parametrize(("apart", "kinds"), [(0.0007, [PRESSED]), (0.019, [PRESSED]), (0.021, STORM)])
async def test_storm_of_200_edges_is_one_press(
    apart: float, kinds: list[Kind], nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    bench = Bench(nursery, CALL)
    await bench.start()
    for _ in range(100):
        bench.gpio.press("call")
        await passing(apart)
        bench.gpio.release("call")
        await passing(apart)
    bench.gpio.press("call")
    await passing(10)
    assert bench.kinds == kinds


async def test_spike_is_nothing(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    bench = Bench(nursery, CALL)
    await bench.start()
    bench.gpio.press("call")
    await passing(0.019)
    bench.gpio.release("call")
    await passing(10)
    assert bench.events == []


async def test_without_debounce_the_press_is_reported_in_the_next_turn_of_the_loop(nursery: trio.Nursery) -> None:
    bench = Bench(nursery, RAW)
    heard = trio.Event()

    def hear(event: ButtonEvent) -> None:
        bench.events.append(event)
        heard.set()

    await nursery.start(bench.buttons[0].run, hear)
    bench.gpio.press("call")
    with trio.fail_after(real(5)):
        await heard.wait()
    assert bench.kinds == [PRESSED]


async def test_short_tap_without_debounce_is_not_lost(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    bench = Bench(nursery, RAW)
    await bench.start()
    bench.gpio.press("call")
    bench.gpio.release("call")
    await passing(1)
    assert bench.kinds == [PRESSED, RELEASED]


@pytest.mark.parametrize(
    "config",
    [
        ButtonConfig(pin="GPIO17", pull="down"),
        ButtonConfig(pin="BOARD11", pull="none"),
        ButtonConfig(pin=17, pull="none", active_high=True),
        ButtonConfig(pin=17, pull="up", active_high=True),
    ],
)
async def test_every_wiring(config: ButtonConfig, nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    bench = Bench(nursery, {"call": config})
    await bench.start()
    await passing(1)
    assert bench.events == []
    bench.gpio.press("call")
    await passing(1)
    bench.gpio.release("call")
    await passing(1)
    assert bench.kinds == [PRESSED, RELEASED]


async def test_button_that_is_down_at_the_start_is_silent_at_first(
    nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    bench = Bench(nursery, {"call": ButtonConfig(pin=17, hold=0.5)})
    bench.gpio.press("call")
    await bench.start()
    await passing(5)
    bench.gpio.release("call")
    await passing(5)
    assert bench.events == []
    bench.gpio.press("call")
    await passing(0.1)
    assert bench.kinds == [PRESSED]


async def test_two_buttons_do_not_mix(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    bench = Bench(nursery, CALL | {"mute": ButtonConfig(pin=27, edge="trailing", debounce=0.1)})
    await bench.start()
    bench.gpio.press("mute")
    await passing(0.05)
    bench.gpio.press("call")
    await passing(1)
    assert [(event.name, event.kind) for event in bench.events] == [("call", PRESSED), ("mute", PRESSED)]


async def test_release_whose_edge_was_lost_is_noticed(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    bench = Bench(nursery, CALL)
    await bench.start()
    bench.gpio.press("call")
    await passing(0.5)
    bench.gpio.factory.pin(17).edges = "none"
    bench.gpio.release("call")
    await passing(RECHECK + 0.1)
    assert bench.kinds == [PRESSED, RELEASED]


async def test_nothing_is_heard_after_the_end_and_the_pins_are_free(autojump_clock: MockClock) -> None:
    gpio = VirtualGpio(RAW, {})
    button = Button("call", RAW["call"], gpio.factory)
    events: list[ButtonEvent] = []
    for _ in range(2):
        async with trio.open_nursery() as nursery:
            await nursery.start(button.run, events.append)
            listener = gpio.factory.pin(17).when_changed
            nursery.cancel_scope.cancel()
        gpio.press("call")
        listener(0.0, 0)  # an edge that was on its way in another thread
        await passing(1)
        gpio.release("call")
    assert events == []
    assert gpio.factory.pin(17).when_changed is None


async def test_pin_in_use_is_missing_and_named() -> None:
    gpio = VirtualGpio(CALL, {})
    with LED(17, pin_factory=gpio.factory), pytest.raises(DeviceMissing, match=r"button 'call': pin 17 .* in use"):
        await Button("call", CALL["call"], gpio.factory).run(print)


async def test_pin_that_is_not_on_the_header_is_missing_and_named() -> None:
    gpio = VirtualGpio({}, {})
    with pytest.raises(DeviceMissing, match=r"button 'odd': pin 'GPIO99' cannot be used: .* the 40-pin header"):
        await Button("odd", ButtonConfig(pin="GPIO99"), gpio.factory).run(print)


async def test_a_start_that_failed_frees_the_pin(monkeypatch: pytest.MonkeyPatch) -> None:
    gpio = VirtualGpio(CALL, {})
    monkeypatch.setattr(type(gpio.factory.pin(17)), "state", property(raiser(OSError("unplugged"))))
    with pytest.raises(DeviceMissing, match="unplugged"):
        await Button("call", CALL["call"], gpio.factory).run(print)
    monkeypatch.undo()
    LED(17, pin_factory=gpio.factory).close()


@pytest.mark.parametrize("pin", ["gpio17", "board11", "j8:11", "BCM17", "17"])
async def test_every_name_of_a_pin_that_the_configuration_takes_is_one_to_listen_to(
    pin: str, nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    bench = Bench(nursery, CALL)
    await nursery.start(Button("call", ButtonConfig(pin=pin), bench.gpio.factory).run, bench.events.append)
    bench.gpio.press("call")
    await passing(1)
    assert bench.kinds == [PRESSED]


async def test_pin_that_cannot_be_read_any_more_is_lost(
    monkeypatch: pytest.MonkeyPatch, autojump_clock: MockClock
) -> None:
    gpio = VirtualGpio(CALL, {})
    with pytest.RaisesGroup(pytest.RaisesExc(DeviceLost, match="button 'call'.*GPIO17.*unplugged")):
        async with trio.open_nursery() as nursery:
            await nursery.start(Button("call", CALL["call"], gpio.factory).run, print)
            monkeypatch.setattr(type(gpio.factory.pin(17)), "state", property(raiser(OSError("unplugged"))))
            gpio.press("call")


@pytest.mark.parametrize("debounce", [0, 0.02])
async def test_error_of_the_listener_ends_run(debounce: float, autojump_clock: MockClock) -> None:
    configs = {"call": ButtonConfig(pin=17, debounce=debounce)}
    gpio = VirtualGpio(configs, {})
    with pytest.RaisesGroup(trio.WouldBlock):
        async with trio.open_nursery() as nursery:
            await nursery.start(Button("call", configs["call"], gpio.factory).run, raiser(trio.WouldBlock()))
            gpio.press("call")


async def test_storm_from_another_thread_piles_up_nothing(nursery: trio.Nursery) -> None:
    """As on a Pi, where lgpio's thread calls: 20,000 edges while the loop looks away become one press."""
    bench = Bench(nursery, RAW)
    released = trio.Event()
    waiting: list[int] = []

    def emit(event: ButtonEvent) -> None:
        bench.events.append(event)
        if event.kind is RELEASED:
            released.set()

    await nursery.start(bench.buttons[0].run, emit)

    def storm() -> None:
        for _ in range(10_000):
            bench.gpio.press("call")
            bench.gpio.release("call")

    thread = threading.Thread(target=storm)
    thread.start()
    thread.join()  # the loop is held up on purpose
    waiting.append(trio.lowlevel.current_statistics().run_sync_soon_queue_size)
    with trio.fail_after(real(5)):
        await released.wait()
    assert waiting[0] <= 1
    assert bench.kinds == [PRESSED, RELEASED]


def test_edge_after_the_loop_ended_is_dropped() -> None:
    gpio = VirtualGpio(CALL, {})
    listeners: list[Any] = []

    async def main() -> None:
        async with trio.open_nursery() as nursery:
            await nursery.start(Button("call", CALL["call"], gpio.factory).run, print)
            listeners.append(gpio.factory.pin(17).when_changed)
            nursery.cancel_scope.cancel()

    trio.run(main)
    listeners[0](0.0, math.inf)


def raiser(error: Exception) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail
