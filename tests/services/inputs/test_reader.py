"""A reader's lines as the room hears them; the bytes go through a real pipe."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from appliance.room.inputs import Input, Misread, Scanned
from appliance.services.inputs.reader import ReaderService
from drivers.keypad.config import WedgeConfig
from drivers.keypad.fake import VirtualKeypad, input_event
from drivers.keypad.key_events import EV_SYN, SYN_DROPPED, SYN_REPORT
from drivers.keypad.keypad import Keypad
from drivers.keypad.reader.alt_codes import AltCodes
from tests.some import some
from tests.virtual_time import passes, real


@pytest.fixture
def clock() -> MockClock:
    """Time passes at once, but not before what is in the pipe has been read."""
    return MockClock(autojump_threshold=real(0.01))


class Reader:
    def __init__(self, alt_codes: AltCodes = "ascii") -> None:
        self.virtual = VirtualKeypad("badge")
        self._inputs: list[Input] = []
        keyboard = Keypad(WedgeConfig(device="badge"), self.virtual.open)
        self.service = ReaderService("badge", keyboard, self._inputs.append, alt_codes)

    def type(self, keys: str) -> None:
        for key in keys.split():
            self.virtual.key(key[1:] if key[0] in "+-" else key, {"+": True, "-": False}.get(key[0]))

    async def heard(self) -> list[Input]:
        await passes(0.02)
        heard = list(self._inputs)
        self._inputs.clear()
        return heard


@asynccontextmanager
async def a_reader(alt_codes: AltCodes = "ascii") -> AsyncIterator[Reader]:
    reader = Reader(alt_codes)
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: reader.service.run(task_status=task_status))
        yield reader
        nursery.cancel_scope.cancel()


async def test_a_line_is_scanned(clock: object) -> None:
    async with a_reader() as reader:
        reader.type("+LEFTALT KP6 KP5 -LEFTALT KEY_B ENTER")
        assert await reader.heard() == [Scanned("badge", "Ab")]


async def test_a_language_is_configured(clock: object) -> None:
    async with a_reader("cyrillic") as reader:
        reader.type("+LEFTALT KP0 KP1 KP9 KP2 -LEFTALT ENTER")
        assert await reader.heard() == [Scanned("badge", "А")]


async def test_what_cannot_be_decoded_is_said_and_not_repeated(clock: object) -> None:
    async with a_reader() as reader:
        with capture_logs() as logs:
            reader.type("KEY_1 KEY_2 +LEFTALT KP1 KP9 KP2 -LEFTALT KEY_3 ENTER")
            assert await reader.heard() == [Misread("badge")]
        assert logs == [
            {
                "event": "reader_line_refused",
                "log_level": "warning",
                "reader": "badge",
                "why": "an Alt code that cannot be decoded",
            }
        ]
        reader.type("KEY_4 ENTER")
        assert await reader.heard() == [Scanned("badge", "4")]


async def test_a_line_of_which_the_kernel_dropped_events_is_refused(clock: object) -> None:
    async with a_reader() as reader:
        reader.type("KEY_1")
        some(reader.virtual._pipe).send(input_event(EV_SYN, SYN_DROPPED, 0) + input_event(EV_SYN, SYN_REPORT, 0))
        reader.type("KEY_2 ENTER")
        assert await reader.heard() == [Misread("badge")]
