"""Serial lines whose far end is a pseudo-terminal that sends back what it gets, or something else."""

from collections.abc import Callable

import pytest
import trio

from appliance.cli.hardware_test.bench import Hardware, Options
from appliance.cli.hardware_test.steps.devices.serial_loop import BAUDS, Loop, figures_of, measured, serial_loop
from appliance.cli.hardware_test.steps.devices.serial_loop import finding as judged
from drivers.errors import DeviceMissing
from tests.cli.hardware_test.benches import bench, figures
from tests.cli.hardware_test.conftest import Line


async def looped(line: Line, make: Callable[[bytes], bytes]) -> list[Loop]:
    async with trio.open_nursery() as nursery:
        nursery.start_soon(line.answer, make)
        found = await measured(line.path)
        nursery.cancel_scope.cancel()
    return found


async def test_all_bytes_come_back_at_every_speed(line: Line) -> None:
    found = await looped(line, lambda data: data)
    assert [(loop.baud, loop.sent - loop.right) for loop in found] == [(baud, 0) for baud in BAUDS]
    assert [loop.sent for loop in found] == [480, 960, 1920, 2048, 2048]


async def test_a_byte_that_is_wrong_is_counted(line: Line) -> None:
    spoilt: list[bytes] = []

    def spoil(data: bytes) -> bytes:
        spoilt.append(data)
        return bytes([data[0] ^ 1]) + data[1:] if len(spoilt) == 1 else data

    found = await looped(line, spoil)
    assert [loop.sent - loop.right for loop in found] == [1, 0, 0, 0, 0]


async def test_an_open_line_is_tried_at_one_speed_only(line: Line, autojump_clock: object) -> None:
    found = await measured(line.path)
    assert [(loop.baud, loop.right) for loop in found] == [(BAUDS[0], 0)]


async def test_a_silent_line_fails_and_is_named(line: Line, autojump_clock: object) -> None:
    finding = await serial_loop(bench(options=Options(attended=False, lines=(line.path,))))
    assert (finding.outcome, figures(finding)) == ("failed", {})
    assert line.path in str(finding.why)


def test_a_silent_line_does_not_hide_what_the_others_did() -> None:
    finding = judged({"silent": [Loop(9600, 480, 0, 2.5)], "fine": [Loop(9600, 480, 480, 0.5)]})
    assert finding.outcome == "failed"
    assert "silent" in str(finding.why)
    assert figures(finding) == {"bytes_wrong fine, 9600 baud": 0, "line_rate fine, 9600 baud": 100}


async def test_each_line_that_there_is_is_asked_for(line: Line) -> None:
    asked = bench("s", "", hardware=Hardware(ports=lambda: ["/dev/serial0", line.path]))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(line.answer, lambda data: data)
        finding = await serial_loop(asked)
        nursery.cancel_scope.cancel()
    said = asked._person.said  # type: ignore[attr-defined]  # the fake's
    assert "places 8 and 10" in said[0]
    assert line.path in said[1]
    assert {value for name, value in figures(finding).items() if name.startswith("bytes_wrong")} == {0}


async def test_nobody_there_to_connect_anything() -> None:
    finding = await serial_loop(bench(options=Options(attended=False), hardware=Hardware(ports=lambda: ["/dev/tty9"])))
    assert (finding.outcome, finding.why.key) == ("skipped", "hwtest.no_loop")


async def test_a_line_that_is_not_there_is_named() -> None:
    with pytest.raises(DeviceMissing, match="/dev/no-such-line"):
        await serial_loop(bench(options=Options(attended=False, lines=("/dev/no-such-line",))))


def test_a_line_that_is_slower_than_it_should_be_fails() -> None:
    loop = Loop(9600, 480, 480, 1.0)
    assert loop.percent == pytest.approx(50)
    assert [each.fits for each in figures_of("line", [loop])] == [True, False]
