import gc
import math
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
import trio
import trio.testing
from structlog.testing import capture_logs

from appliance.config.tables.keypads import Keypad as Bindable
from drivers.errors import DeviceLost, DeviceMissing
from drivers.flood import PAUSE
from drivers.keypad.config import KeyboardConfig, KeypadConfig
from drivers.keypad.device import KeypadDevice, KeypadNode
from drivers.keypad.fake import VirtualKeypad
from drivers.keypad.key_events import KeyEvent
from drivers.keypad.keypad import Keypad
from tests.some import some
from tests.virtual_time import real


class Typed:
    """What a keypad emitted, awaited one by one."""

    def __init__(self) -> None:
        self._send, self._receive = trio.open_memory_channel[KeyEvent](math.inf)
        self.emit = self._send.send_nowait

    async def next(self) -> KeyEvent:
        with trio.fail_after(real(5)):
            return await self._receive.receive()

    def nothing(self) -> bool:
        return self._receive.statistics().current_buffer_used == 0


@asynccontextmanager
async def running(keypad: VirtualKeypad) -> AsyncIterator[Typed]:
    typed = Typed()
    async with trio.open_nursery() as nursery:
        await nursery.start(Keypad(KeypadConfig(), open=keypad.open).run, typed.emit)
        yield typed
        nursery.cancel_scope.cancel()


async def test_keys_are_emitted_as_they_are_typed() -> None:
    virtual = VirtualKeypad()
    async with running(virtual) as typed:
        for symbol in ("5", "#", "A", "call"):
            virtual.key(symbol)
            assert await typed.next() == KeyEvent(symbol, True)
            assert await typed.next() == KeyEvent(symbol, False)


async def test_one_edge_at_a_time() -> None:
    virtual = VirtualKeypad()
    async with running(virtual) as typed:
        virtual.key("7", True)
        assert await typed.next() == KeyEvent("7", True)
        assert typed.nothing()
        virtual.key("7", False)
        assert await typed.next() == KeyEvent("7", False)


async def test_unplugged_lets_go_of_what_was_down_and_says_lost() -> None:
    virtual, typed = VirtualKeypad(), Typed()

    async def pull(*, task_status: trio.TaskStatus[None]) -> None:
        with pytest.raises(DeviceLost, match="virtual keypad"):
            await Keypad(KeypadConfig(), open=virtual.open).run(typed.emit, task_status=task_status)

    async with trio.open_nursery() as nursery:
        await nursery.start(pull)
        virtual.key("3", True)
        assert await typed.next() == KeyEvent("3", True)
        virtual.unplug()
        virtual.unplug()
    assert await typed.next() == KeyEvent("3", down=False, lost=True)


async def test_missing_while_unplugged_and_back_when_plugged() -> None:
    virtual = VirtualKeypad()
    virtual.unplug()
    virtual.key("1")
    with pytest.raises(DeviceMissing, match="unplugged"):
        await Keypad(KeypadConfig(), open=virtual.open).run(Typed().emit)
    virtual.plug()
    async with running(virtual) as typed:
        virtual.key("1")
        assert await typed.next() == KeyEvent("1", True)


async def test_events_that_did_not_fit_are_made_good() -> None:
    virtual = VirtualKeypad()
    async with running(virtual) as typed:
        while not some(virtual._pipe)._overflown:  # nobody reads in between
            virtual.key("1")
        virtual.key("2", True)
        assert {(await typed.next()).symbol for _ in range(500)} == {"1"}  # makes room
        virtual.key("3")
        down: set[str] = set()
        while (event := await typed.next()) != KeyEvent("3", False):
            (down.add if event.down else down.discard)(event.symbol)
        with trio.fail_after(real(5)):
            await trio.testing.wait_all_tasks_blocked()
        while not typed.nothing():
            event = await typed.next()
            (down.add if event.down else down.discard)(event.symbol)
        assert down - {"3"} == {"2"}  # its press was lost; the driver asked which keys are down


def descriptors() -> set[str]:
    return {each.name for each in Path("/proc/self/fd").iterdir()}


async def test_descriptors_are_closed() -> None:
    gc.collect()  # earlier tests' rubbish
    before = descriptors()
    async with running(VirtualKeypad()):
        assert descriptors() > before
    assert descriptors() == before


def test_no_such_key() -> None:
    with pytest.raises(ValueError, match="did you mean KEY_SLASH"):
        VirtualKeypad().key("hash")


async def test_a_key_can_be_named_as_the_kernel_does() -> None:
    virtual = VirtualKeypad()
    async with running(virtual) as typed:
        virtual.key("KP5")
        assert (await typed.next()).symbol == "5"


async def test_a_keypad_that_floods_is_heard_less_often(autojump_clock: trio.testing.MockClock) -> None:
    autojump_clock.autojump_threshold = real(0.02)
    virtual = VirtualKeypad()
    async with running(virtual) as typed:
        began = trio.current_time()
        with capture_logs() as logs:
            for _ in range(200):
                for down in (True, False):
                    virtual.key("1", down)
                    assert await typed.next() == KeyEvent("1", down)
        assert [line["event"] for line in logs] == ["device_floods"]
        assert trio.current_time() - began >= PAUSE


class Joined:
    """A device whose event nodes are those of several virtual keypads."""

    def __init__(self, *parts: VirtualKeypad) -> None:
        self.name = "joined"
        self._parts = parts
        self.nodes: list[KeypadNode] = []

    @asynccontextmanager
    async def open(self, config: KeyboardConfig) -> AsyncIterator[KeypadDevice]:
        async with AsyncExitStack() as stack:
            devices = [await stack.enter_async_context(part.open(config)) for part in self._parts]
            self.nodes = [node for device in devices for node in device.nodes]
            yield self


async def test_keys_of_every_node_are_heard() -> None:
    digits, consumer, typed = VirtualKeypad("digits"), VirtualKeypad("consumer"), Typed()
    config = Bindable(keys={"CALC": "redial"})
    async with trio.open_nursery() as nursery:
        await nursery.start(Keypad(config, open=Joined(digits, consumer).open).run, typed.emit)
        digits.key("5", True)
        assert await typed.next() == KeyEvent("5", True)
        consumer.key("CALC", True)
        assert await typed.next() == KeyEvent("KEY_CALC", True)
        nursery.cancel_scope.cancel()


async def test_one_lost_node_is_a_lost_device_and_everything_is_closed() -> None:
    gc.collect()
    before = descriptors()
    digits, consumer, typed = VirtualKeypad("digits"), VirtualKeypad("consumer"), Typed()

    async def run(*, task_status: trio.TaskStatus[None]) -> None:
        keypad = Keypad(KeypadConfig(), open=Joined(digits, consumer).open)
        with pytest.raises(DeviceLost, match="joined went away"):
            await keypad.run(typed.emit, task_status=task_status)

    async with trio.open_nursery() as nursery:
        await nursery.start(run)
        digits.key("5", True)
        assert await typed.next() == KeyEvent("5", True)
        consumer.unplug()
    assert await typed.next() == KeyEvent("5", down=False, lost=True)
    assert descriptors() == before
