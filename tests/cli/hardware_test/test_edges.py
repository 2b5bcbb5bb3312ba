"""The jumper between two pins: gpiozero's connected mock pins stand for the wire."""

from typing import Any

import pytest
import trio
from gpiozero import LED
from gpiozero.pins.mock import MockConnectedPin, MockFactory
from trio.testing import MockClock

from appliance.cli.hardware_test.bench import Bench, Hardware, Jumper, Options
from appliance.cli.hardware_test.steps.devices import edges as module
from appliance.cli.hardware_test.steps.devices.edges import EDGES, STORMS, edges
from appliance.cli.hardware_test.steps.devices.edges import finding as judged
from appliance.cli.hardware_test.steps.devices.free_pins import PREFERRED, free_jumper, taken
from drivers.errors import DeviceMissing
from drivers.gpio.debounce import Kind
from drivers.gpio.header import gpio_name
from tests.cli.hardware_test.benches import bench, figures, room

CONNECTED = Options(attended=False, jumpers=(Jumper("GPIO16", "GPIO20"),))


def wired(*, into: str | None = "GPIO20") -> Any:
    """Pins of which GPIO16 drives another one."""
    factory = MockFactory()
    if into is not None:
        factory.pin("GPIO16", pin_class=MockConnectedPin, input_pin=factory.pin(into))
    return factory


def on(factory: Any, *answers: str, options: Options = CONNECTED, config: str = "") -> Bench:
    return bench(*answers, options=options, config=config, hardware=Hardware(pins=lambda _config: factory))


@pytest.fixture(autouse=True)
def stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Edges are stamped by trio's clock, as the kernel's are by the one clock of a Pi, however busy this machine is."""
    monkeypatch.setattr(
        "gpiozero.pins.mock.monotonic", lambda: trio.current_time() if trio.lowlevel.in_trio_run() else 0
    )


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Latencies are real ones, and this machine may be busy."""
    monkeypatch.setattr(module, "SLOWEST_HALF", 1e6)
    monkeypatch.setattr(module, "SLOWEST", 1e6)


@pytest.mark.usefixtures("unhurried")
async def test_every_edge_is_timed_and_a_storm_counts_once(autojump_clock: MockClock) -> None:
    factory = wired()
    finding = await edges(on(factory))
    said = figures(finding)
    assert (said["edges_lost"], said["presses"], said["releases"]) == (0, STORMS, STORMS)
    assert isinstance(said["latency_p50"], float)
    assert 0 < said["latency_p50"] <= said["latency_p99"]  # type: ignore[operator]  # both are floats
    assert finding.outcome == "passed"


async def test_without_a_wire_it_fails_soon_and_says_where(autojump_clock: MockClock) -> None:
    finding = await edges(on(wired(into=None)))
    assert finding.outcome == "failed"
    assert "Nothing arrived at GPIO20 from GPIO16" in str(finding.why)
    assert autojump_clock.current_time() < 10


async def test_a_wire_to_the_wrong_pin_fails(autojump_clock: MockClock) -> None:
    assert (await edges(on(wired(into="GPIO21")))).outcome == "failed"


async def test_pins_are_given_back(autojump_clock: MockClock) -> None:
    factory = wired()
    await edges(on(factory))
    assert [factory.pin(name).function for name in ("GPIO16", "GPIO20")] == ["input", "input"]
    assert not factory._reservations or not any(factory._reservations.values())  # nobody else tells


@pytest.mark.usefixtures("unhurried")
async def test_a_person_is_told_which_pins_to_connect(autojump_clock: MockClock) -> None:
    bench_ = on(wired(), "", options=Options())
    assert (await edges(bench_)).outcome == "passed"
    assert "GPIO16 (place 36 of the header) with GPIO20 (place 38)" in bench_._person.said[0]  # type: ignore[attr-defined]  # the fake's


@pytest.mark.parametrize("options", [Options(attended=False), Options()])
async def test_without_a_jumper_nothing_is_driven(options: Options, autojump_clock: MockClock) -> None:
    def never(_config: object) -> Any:
        raise AssertionError("a pin was asked for")

    finding = await edges(bench("s", options=options, hardware=Hardware(pins=never)))
    assert (finding.outcome, finding.why.key) == ("skipped", "hwtest.no_jumper")


async def test_a_jumper_from_a_pin_that_the_room_uses_is_not_driven(autojump_clock: MockClock) -> None:
    finding = await edges(on(wired(), config="[relays.door]\npin = 16\n"))
    assert finding.outcome == "skipped"


async def test_a_pin_that_is_in_use_is_an_error_that_names_it(autojump_clock: MockClock) -> None:
    factory = wired()
    with LED("GPIO16", pin_factory=factory), pytest.raises(DeviceMissing, match="GPIO16"):
        await edges(on(factory))


def test_slow_and_lost_edges_and_bounces_that_count_fail() -> None:
    fine, kinds = [0.001] * EDGES, [Kind.PRESSED, Kind.RELEASED] * STORMS
    assert judged(fine, kinds).outcome == "passed"
    assert judged(fine[:-1], kinds).outcome == "failed"
    assert judged([0.001] * (EDGES - 3) + [0.03] * 3, kinds).outcome == "failed"
    assert judged([0.006] * EDGES, kinds).outcome == "failed"
    assert judged(fine, [*kinds, Kind.PRESSED]).outcome == "failed"
    assert judged(fine, kinds[:-1]).outcome == "failed"


def test_free_pins_are_neighbours_that_the_room_does_not_use() -> None:
    every = "".join(f'[buttons.b{number}]\npin = {pin}\npress = "none"\n' for number, pin in enumerate((16, 21, 24)))
    used = taken(room(every))
    assert {"GPIO16", "GPIO21", "GPIO24", "GPIO14", "GPIO15"} <= used
    jumper = free_jumper(room(every))
    assert (jumper.out, jumper.into) == PREFERRED[3]
    assert free_jumper(None) == Jumper(*PREFERRED[0])


@pytest.mark.parametrize("pair", PREFERRED)
def test_pins_that_are_preferred_are_on_the_header(pair: tuple[str, str]) -> None:
    assert [gpio_name(name) for name in pair] == list(pair)
