"""Every recording in tests/recordings goes through the driver again; a new one needs nothing but its file there.

What was understood when it was recorded must be understood now, and nothing more; what was not must be by now. A step
that a device really cannot do has "skipped" as its outcome.
"""

import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from drivers.speakerphone.config import SpeakerphoneConfig
from drivers.speakerphone.descriptor import Descriptor, parse
from drivers.speakerphone.events import ReportsOnly
from drivers.speakerphone.recording import Asked, Heard, Lit, Outcome, Recording, read
from drivers.speakerphone.requests import Request
from drivers.speakerphone.speakerphone import Speakerphone
from drivers.speakerphone.steps import STEPS, Step
from drivers.speakerphone.telephony import Lamps
from tests.virtual_time import real

FOLDER = Path(__file__).parent.parent.parent / "recordings"
FILES = sorted(FOLDER.glob("*.jsonl"))
BY_NAME = {step.name: step for step in STEPS}


class Played(ReportsOnly):
    """The device of a recording, as hidraw gives it."""

    def __init__(self, recording: Recording) -> None:
        self.name, self.product = recording.header.name, recording.header.product
        self.descriptor: Descriptor = parse(bytes.fromhex(recording.header.descriptor))
        self._near, self._far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.fd = self._near.fileno()
        os.set_blocking(self.fd, False)

    @asynccontextmanager
    async def open(self, config: SpeakerphoneConfig) -> AsyncIterator["Played"]:
        with self._near, self._far:
            await trio.lowlevel.checkpoint()
            yield self

    async def write(self, report: bytes) -> None:
        """What it says to its lamps is in the recording."""
        await trio.lowlevel.checkpoint()

    def send(self, report: str) -> None:
        self._far.send(bytes.fromhex(report))


@pytest.fixture
def clock() -> MockClock:
    """Jumps when nothing happens, and leaves the socket time to deliver."""
    return MockClock(autojump_threshold=real(0.002))


async def replayed(recording: Recording) -> dict[str, list[Request]]:
    """What the driver takes the reports of each step for."""
    device, asked = Played(recording), dict[str, list[Request]]()
    phone, step = Speakerphone(SpeakerphoneConfig(), open=device.open), ""
    async with trio.open_nursery() as nursery:
        await nursery.start(phone.run, lambda request: asked.setdefault(step, []).append(request))
        began = trio.current_time()
        for line in recording.lines:
            await trio.sleep_until(max(began + line.at, trio.current_time()))
            await trio.testing.wait_all_tasks_blocked()  # in the order of the recording, also within one moment
            if isinstance(line, Asked):
                step = line.step
            elif isinstance(line, Heard):
                device.send(line.report)
            elif isinstance(line, Lit):
                phone.set_lamps(Lamps(**dict.fromkeys(line.lit, True)))
        await trio.testing.wait_all_tasks_blocked()
        nursery.cancel_scope.cancel()
    return asked


def wrong(step: Step, how: str, asked: list[Request]) -> str:
    """What is wrong with one step; empty where nothing is."""
    expected = how in ("understood", "not understood")
    means = " or ".join(map(repr, step.means)) if expected else "nothing"
    right = all(request in step.means for request in asked) if expected else not asked
    number = len(asked) == 1 or (step.several and asked) if expected else True
    return "" if right and number else f"{step.name}: expected {means}, got {asked}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_a_recording_means_what_the_person_did(path: Path, clock: MockClock) -> None:
    recording = read(await trio.Path(path).read_text())
    asked = await replayed(recording)
    outcomes = {line.step: line.how for line in recording.lines if isinstance(line, Outcome)}
    complaints = [wrong(BY_NAME[name], how, asked.get(name, [])) for name, how in outcomes.items()]
    assert [complaint for complaint in complaints if complaint] == []


def test_what_was_made_up_says_so() -> None:
    assert len(FILES) >= 6
    origins = {path.stem: read(path.read_text()).header.origin for path in FILES}
    made_up = [name for name in origins if name.endswith("-like") or name == "virtual"]
    assert all(origins[name].startswith("synthetic: ") for name in made_up)
    assert all(origin == "recorded" or origin.startswith("synthetic: ") for origin in origins.values())
