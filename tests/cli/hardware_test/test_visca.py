"""VISCA lines: a camera that is emulated behind a pseudo-terminal, and a stick that is moved."""

import os
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from appliance.cli.hardware_test.bench import Options
from appliance.cli.hardware_test.steps.devices.visca import ENOUGH, visca
from drivers.errors import DeviceMissing
from tests.cli.hardware_test.benches import bench, figures
from tests.cli.hardware_test.conftest import Line
from tests.virtual_time import real

VERSION_INQUIRY = bytes.fromhex("81090002FF")
VERSION = bytes.fromhex("9050000104020100 02FF")  # Sony, EVI-D70
DRIVE = bytes.fromhex("8101060105050103FF")


async def moved(line: Line, frames: int) -> None:
    """Moves the stick once the line is open: what came before is thrown away."""
    await trio.sleep(1)
    os.write(line.far, DRIVE * frames)


class Camera:
    """One camera of a daisy chain."""

    def __init__(self) -> None:
        self._heard = b""

    def answer(self, data: bytes) -> bytes:
        *frames, self._heard = (self._heard + data).split(b"\xff")
        return b"".join(self._to(frame + b"\xff") for frame in frames)

    def _to(self, frame: bytes) -> bytes:
        if frame[:2] == bytes.fromhex("8830"):  # AddressSet: the next one has the next address
            return bytes.fromhex("883002FF")
        if frame[0] == 0x88:
            return frame
        return VERSION if frame == VERSION_INQUIRY else b""


async def test_a_camera_says_what_it_is(line: Line) -> None:
    config = f'[cameras.wall]\nline = "{line.path}"\nnumber = 2\n'
    async with trio.open_nursery() as nursery:
        nursery.start_soon(line.answer, Camera().answer)
        finding = await visca(bench(config=config, options=Options(attended=False)))
        nursery.cancel_scope.cancel()
    assert finding.outcome == "passed"
    assert figures(finding) == {"cameras_found wall": 1, "camera_model wall": "0001:0402"}


async def test_a_camera_that_is_silent_fails(line: Line, autojump_clock: object) -> None:
    config = f'[cameras.wall]\nline = "{line.path}"\nnumber = 2\n'
    finding = await visca(bench(config=config))
    assert (finding.outcome, figures(finding)) == ("failed", {"cameras_found wall": 0})


@pytest.mark.parametrize(("frames", "outcome"), [(ENOUGH, "passed"), (ENOUGH - 1, "failed")])
async def test_a_stick_that_is_moved_is_heard(frames: int, outcome: str, line: Line, mock_clock: MockClock) -> None:
    mock_clock.autojump_threshold = real(0.05)  # leaves the line time to deliver
    async with trio.open_nursery() as nursery:
        nursery.start_soon(moved, line, frames)
        finding = await visca(bench("", config=f'[joysticks.desk]\nport = "{line.path}"\n'))
    assert (finding.outcome, figures(finding)) == (outcome, {"stick_frames desk": frames})


async def test_a_line_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeviceMissing, match="no such device"):
        await visca(bench("", config=f'[joysticks.desk]\nport = "{tmp_path}/x"\n'))


async def test_nobody_there_to_move_a_stick(line: Line) -> None:
    finding = await visca(bench(config=f'[joysticks.desk]\nport = "{line.path}"\n', options=Options(attended=False)))
    assert (finding.outcome, finding.why.key) == ("skipped", "hwtest.needs_person")
    assert (await visca(bench())).why.key == "hwtest.none_configured"
