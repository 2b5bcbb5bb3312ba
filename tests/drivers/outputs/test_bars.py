"""Bars: recorded bytes of each kind, the current that they may take, and what they show when."""

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st
from trio.testing import MockClock

from drivers.errors import DeviceLost, DeviceMissing
from drivers.outputs import patterns
from drivers.outputs.bars.bar import EACH, Bar, darken, hertz, transfer
from drivers.outputs.bars.bytes_of import LARGEST, length, most_pixels
from drivers.outputs.bars.config import BarConfig
from drivers.outputs.bars.fake import VirtualBar
from tests.virtual_time import passes, real

PLENTY = 20_000  # mA

# One byte 0x00 is 8 short pulses, 0xff 8 long ones, 0x80 a long one and seven short ones.
SHORT, LONG, FIRST_LONG = "88888888", "cccccccc", "c8888888"

RECORDED = [
    (BarConfig(pixels=1, limit=PLENTY, brightness=100), "#ff0000", "00" * 8 + SHORT + LONG + SHORT + "00" * 128),
    (
        BarConfig(pixels=2, limit=PLENTY, brightness=100),
        "#800000",
        "00" * 8 + (SHORT + FIRST_LONG + SHORT) * 2 + "00" * 128,
    ),
    (
        BarConfig(pixels=1, limit=PLENTY, brightness=100, order="rgb"),
        "#ff0000",
        "00" * 8 + LONG + SHORT + SHORT + "00" * 128,
    ),
    (
        BarConfig(pixels=1, limit=PLENTY, brightness=100, timing="6.6"),
        "#00ff00",
        "00" * 8 + "f0" * 8 + "c0" * 16 + "00" * 256,
    ),
    (
        BarConfig(kind="sk6812rgbw", pixels=1, limit=PLENTY, brightness=100),
        "#ff8080",
        "00" * 8 + SHORT + "8ccccccc" + SHORT + FIRST_LONG + "00" * 128,
    ),
    (
        BarConfig(kind="apa102", pixels=2, limit=PLENTY, brightness=100),
        "#0102ff",
        "00000000" + "ffff0201" * 2 + "00" * 5,
    ),
    (
        BarConfig(kind="sk9822", pixels=1, limit=PLENTY, brightness=100, order="rgb"),
        "#010203",
        "00000000ff010203" + "00" * 5,
    ),
]


@pytest.mark.parametrize(("config", "colour", "recorded"), RECORDED)
def test_bytes_on_the_wire(config: BarConfig, colour: str, recorded: str) -> None:
    data = transfer(config, colour, 1.0)
    assert data.hex() == recorded
    assert len(data) == length(config.kind, config.timing, config.pixels)


def test_sixty_leds_are_one_transfer_of_two_milliseconds() -> None:
    config = BarConfig(pixels=60)
    data = transfer(config, "#ffffff", 1.0)
    assert len(data) == 8 + 720 + 128
    assert 8 * len(data) / hertz(config) < 0.0021
    assert 8 * 128 / hertz(config) > 300e-6
    assert 8 * 256 / hertz(BarConfig(pixels=1, timing="6.6")) > 300e-6


@pytest.mark.parametrize(("kind", "timing"), [("ws2812", "3.35"), ("ws2812", "6.6"), ("sk6812rgbw", "3.35")])
def test_more_than_one_transfer_is_refused(kind: str, timing: str) -> None:
    most = most_pixels(kind, timing)
    assert length(kind, timing, most) < LARGEST <= length(kind, timing, most + 1)
    BarConfig(kind=kind, timing=timing, pixels=most)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=f"expected at most {most}"):
        BarConfig(kind=kind, timing=timing, pixels=most + 1)  # type: ignore[arg-type]


CONFIGS = st.builds(
    BarConfig,
    kind=st.sampled_from(["ws2812", "sk6812", "sk6812rgbw", "apa102", "sk9822"]),
    timing=st.sampled_from(["3.35", "6.6"]),
    order=st.sampled_from(["rgb", "grb", "bgr", None]),
    pixels=st.integers(1, 100),
    limit=st.integers(20, 5000),
    brightness=st.integers(1, 100),
)


@given(config=CONFIGS, colour=st.tuples(*[st.integers(0, 255)] * 3), level=st.floats(0, 1))
def test_a_bar_never_takes_more_than_it_may(config: BarConfig, colour: tuple[int, ...], level: float) -> None:
    bar = VirtualBar(config)
    bar.write(transfer(config, "#" + bytes(colour).hex(), level))
    assert len(set(bar.colours)) == 1
    parts = patterns.channels(bar.colours[0])
    white = min(parts) if config.kind == "sk6812rgbw" else 0
    taken = (sum(part - white for part in parts) + white) / 255 * EACH * config.pixels
    assert taken <= config.limit
    assert all(shown <= asked * level * config.brightness / 100 + 1 for shown, asked in zip(parts, colour, strict=True))


@pytest.fixture
def clock() -> MockClock:
    """Time passes at once, but not before what a thread does has been done."""
    return MockClock(autojump_threshold=real(0.005))


CONFIG = BarConfig(pixels=3, brightness=100, limit=PLENTY)


async def test_it_shows_a_pattern_again_every_second_and_is_dark_in_the_end(clock: MockClock) -> None:
    leds = VirtualBar(CONFIG)
    bar = Bar("door", CONFIG, leds.open)
    async with trio.open_nursery() as nursery:
        await nursery.start(bar.run)
        assert leds.opened_with == ("0.0", 3_350_000, 0)
        await passes(10)
        assert len(leds.written) == 1, "a dark bar is told so once"
        bar.set(patterns.ON, "red")
        await passes(0.05)
        assert leds.colours == ["#ff0000"] * 3
        before = len(leds.written)
        await passes(10)
        assert len(leds.written) - before == 10
        leds.colours = ["#000000"] * 3  # plugged in again
        await passes(1)
        assert leds.colours == ["#ff0000"] * 3
        bar.set(patterns.pattern(["50% 0.3", "off 0.3"]), "#00ff00")
        seen = []
        await passes(0.15)
        for _ in range(4):
            seen.append(leds.colours[0])
            await passes(0.3)
        assert seen == ["#007f00", "#000000"] * 2
        nursery.cancel_scope.cancel()
    assert leds.colours == ["#000000"] * 3


async def test_it_is_dimmer_at_night(nursery: trio.Nursery, clock: MockClock) -> None:
    config = BarConfig(pixels=3, brightness=100, night=10, limit=PLENTY)
    leds = VirtualBar(config)
    bar = Bar("door", config, leds.open)
    await nursery.start(bar.run)
    for night, shown in ((False, "#ff0000"), (True, "#190000"), (False, "#ff0000")):
        bar.set(patterns.ON, "red", night=night)
        await passes(0.05)
        assert leds.colours == [shown] * 3


async def test_one_that_is_not_there_is_missing_and_one_that_goes_is_lost(
    clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(_device: str, _hertz: int, _mode: int) -> VirtualBar:
        raise FileNotFoundError(2, "No such file or directory")

    with pytest.raises(DeviceMissing, match=r"bar 'door': /dev/spidev0.0: .*No such file"):
        await Bar("door", CONFIG, nothing).run()
    with pytest.raises(DeviceMissing, match=r"bar 'door': 0.0: .*No such file"):
        darken("door", CONFIG, nothing)
    leds = VirtualBar(CONFIG)
    bar = Bar("door", CONFIG, leds.open)
    with pytest.RaisesGroup(pytest.RaisesExc(DeviceLost, match="bar 'door': gone")):
        async with trio.open_nursery() as nursery:
            await nursery.start(bar.run)
            bar.set(patterns.ON, "red")
            await bar.written()
            assert leds.colours == ["#ff0000"] * 3
            monkeypatch.setattr(leds, "write", gone)
            bar.set(patterns.ON)
            with pytest.raises(DeviceLost, match="bar 'door': gone"):
                await bar.written()


def test_it_is_put_out_after_a_crash() -> None:
    leds = VirtualBar(CONFIG)
    leds.write(transfer(CONFIG, "#00ff00", 1.0))
    darken("door", CONFIG, leds.open)
    assert leds.colours == ["#000000"] * 3


def gone(_data: bytes) -> None:
    raise OSError("gone")
