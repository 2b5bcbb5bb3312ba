"""Displays by their serial line: the bytes of each make, and what is believed when."""

import os
import tty
from collections.abc import Iterator

import pytest
import trio
from trio.testing import MockClock

from drivers.errors import DeviceMissing
from drivers.outputs.screens.config import ScreenConfig
from drivers.outputs.screens.fake import VirtualScreen
from drivers.outputs.screens.makes import MAKES, Make
from drivers.outputs.screens.screen import Screen
from tests.virtual_time import passes, real

BYTES: dict[Make, tuple[str, str, str]] = {
    "samsung": ("aa1101010114", "aa1101010013", "aa11010012"),
    "lg": (b"ka 01 01\r".hex(), b"ka 01 00\r".hex(), b"ka 01 ff\r".hex()),
    "sharp": (b"POWR0001\r".hex(), b"POWR0000\r".hex(), b"POWR????\r".hex()),
    "nec": (
        "0130413041304302433230334436303030310373" + "0d",
        "0130413041304302433230334436303030340376" + "0d",
        "01304130413036023031443603740d",
    ),
}
EACH = pytest.mark.parametrize("make", list(MAKES))


@EACH
def test_what_a_make_is_told(make: Make) -> None:
    protocol = MAKES[make]
    assert tuple(command(1).hex() for command in (protocol.on, protocol.off, protocol.asks)) == BYTES[make]


class Room:
    """A display and what is known of it."""

    def __init__(self, make: Make = "samsung") -> None:
        config = ScreenConfig(kind=make, line="virtual")
        self.there = VirtualScreen(config)
        self.screen = Screen("wall", config, self.there.open)
        self.told: list[bool | str | None] = []

    def hear(self, on: bool | None, *, silent: bool = False) -> None:  # as the driver has it
        self.told.append("silent" if silent else on)

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        await self.screen.run(self.hear, task_status=task_status)


@EACH
async def test_it_is_switched_and_says_so(make: Make, nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    room = Room(make)
    await nursery.start(room.run)
    await passes(1)
    assert room.told == [False]
    room.screen.switch(on=True)
    await passes(3)
    assert (room.there.on, room.told) == (True, [False, True])
    room.screen.switch(on=False)
    await passes(3)
    assert (room.there.on, room.told) == (False, [False, True, False])
    on, off, asks = map(bytes.fromhex, BYTES[make])
    assert room.there.heard == [asks, on, asks, off, asks]


async def test_one_that_sleeps_is_asked_again_and_one_that_never_answers_is_said_to_be_silent(
    nursery: trio.Nursery, autojump_clock: MockClock
) -> None:
    room = Room()
    room.there.deaf = True
    await nursery.start(room.run)
    await passes(2)
    assert room.told == [None]
    room.screen.switch(on=True)
    await passes(5)
    room.there.deaf = False
    await passes(25)
    assert room.told == [None, True]
    room.there.deaf = True
    room.screen.switch(on=False)
    await passes(60)
    assert room.told == [None, True, "silent"]
    assert room.there.heard.count(bytes.fromhex(BYTES["samsung"][1])) == 3


async def test_who_wants_something_else_meanwhile_gets_that(nursery: trio.Nursery, autojump_clock: MockClock) -> None:
    room = Room()
    await nursery.start(room.run)
    await passes(1)
    room.screen.switch(on=True)
    await passes(0.5)
    room.screen.switch(on=False)
    await passes(10)
    assert (room.there.on, room.told) == (False, [False, False])


async def test_noise_on_a_line_is_no_answer_and_has_an_end(
    nursery: trio.Nursery, autojump_clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room()
    monkeypatch.setattr(room.there, "answer", lambda _data: b"\xaa\xff" * 4000)
    await nursery.start(room.run)
    room.screen.switch(on=True)
    await passes(60)
    assert room.told == [None, "silent"]


@pytest.fixture
def line() -> Iterator[tuple[int, str]]:
    """Both ends of a pseudo-terminal."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    yield ours, os.ttyname(theirs)
    os.close(ours)
    os.close(theirs)


@EACH
async def test_on_a_real_serial_line(make: Make, line: tuple[int, str], nursery: trio.Nursery) -> None:
    far, path = line
    config = ScreenConfig(kind=make, line=path)
    there = VirtualScreen(config)
    there.on = True
    heard = trio.Event()
    told: list[bool | None] = []

    def hear(on: bool | None, *, silent: bool = False) -> None:  # as the driver has it
        told.append(None if silent else on)
        heard.set()

    async def answer() -> None:
        while True:
            await trio.lowlevel.wait_readable(far)
            os.write(far, there.answer(os.read(far, 100)))

    nursery.start_soon(answer)
    await nursery.start(Screen("wall", config).run, hear)
    with trio.fail_after(real(20)):
        await heard.wait()
    assert told == [True]


async def test_a_line_that_is_not_there_is_missing() -> None:
    with pytest.raises(DeviceMissing, match="/dev/nothing: no such device"):
        await Screen("wall", ScreenConfig(kind="lg", line="/dev/nothing")).run(Room().hear)
