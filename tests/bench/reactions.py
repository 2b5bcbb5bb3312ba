"""How fast the room reacts: one sample of each measurement and of each floor in turn, again and again.

A processor that has rested is several times slower for a while, for the floors as well: both are measured, awake and
rested. The display draws at most twenty pictures a second, so that what it does is always measured rested.
"""

import contextlib
import os
import random
import socket
import time
import tty
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

import msgspec
import trio
from gpiozero.pins.mock import MockFactory
from trio_websocket import WebSocketConnection

from appliance.display.draw import draw
from appliance.terminal.messages.devices import PtzLeft, SetMicMute
from tests.bench.far_end import HOST, FarEnd
from tests.bench.figures import Samples
from tests.bench.frames import frame, mute_event
from tests.bench.kernel_pins import KernelPresses
from tests.bench.patience import patience
from tests.bench.room import MUTE_LINE, BenchRoom

REST = 0.06  # seconds: longer than the display waits between two pictures, so that it draws each time
SETTLE = 0.0005  # seconds: what the sample before left to do takes less
SAMPLE = 5.0  # seconds for one sample; what takes longer is a broken measurement
LEFT = bytes.fromhex("81 01 06 01 08 08 01 03 FF")
STILL = bytes.fromhex("81 01 06 01 08 08 03 03 FF")

PRESSES = ("line_to_frame", "edge_to_frame")

Measure = Callable[[], Awaitable[dict[str, int]]]  # one sample: nanoseconds by name
Press = Callable[[], Awaitable[int]]  # nanoseconds


class Measures(msgspec.Struct):
    """What can be measured: a press on a line of the kernel alone, inputs with their floors, outputs with theirs."""

    press: Press
    inputs: list[Measure]
    outputs: list[Measure]


class Reactions:
    """One sample of each measurement."""

    def __init__(self, room: BenchRoom, far_end: FarEnd, bare: WebSocketConnection, raw: socket.socket) -> None:
        self._room = room
        self._far_end = far_end
        self._bare = bare
        self._raw = raw
        self._muted = False
        self._moving = False

    async def edge_to_frame(self) -> dict[str, int]:
        """A press on a mock pin, whose edges come as from a library's thread, until its command is at the server."""
        gpio = self._room.virtual.gpio
        arrival = self._far_end.expect(SetMicMute.method)
        began = time.perf_counter_ns()
        gpio.press("mute_on")
        arrived = await arrival.number()
        gpio.release("mute_on")
        return {"edge_to_frame": arrived - began}

    async def bare_send(self) -> dict[str, int]:
        """The same frame by trio-websocket and nothing else, in the same loop."""
        text = frame(SetMicMute(mute=True))
        arrival = self._far_end.expect(SetMicMute.method)
        began = time.perf_counter_ns()
        await self._bare.send_message(text)
        return {"bare_send": await arrival.number() - began}

    async def raw_socket_send(self) -> dict[str, int]:
        """The same bytes by the kernel and nothing else."""
        data = frame(SetMicMute(mute=True)).encode()
        arrival = self._far_end.expect("raw")
        began = time.perf_counter_ns()
        self._raw.send(data)
        return {"raw_socket_send": await arrival.number() - began}

    async def event_to_display(self) -> dict[str, int]:
        """An event that changes the picture, until the glass has the new one."""
        for _ in range(3):
            self._room.glass.watch()
            self._far_end.send_event("websocket", mute_event(on=not self._room.mic_muted))
            shown = await self._room.glass.next_change()
            sent, read = await self._far_end.sent_at(), self._room.read_at
            if sent < read < shown:
                return {"event_to_display": shown - read, "event_sent_to_display": shown - sent}
            await trio.sleep(REST)  # the picture changed for another reason just then
        raise RuntimeError("the display does not follow the terminal's events")

    async def page_draw(self) -> dict[str, int]:
        """That page drawn, and nothing else."""
        view = self._room.view(mic_muted=self._toggled())
        began = time.perf_counter_ns()
        draw(view)
        return {"page_draw": time.perf_counter_ns() - began}

    async def bare_event_and_draw(self) -> dict[str, int]:
        """That event received by trio-websocket and nothing else, and then that page drawn."""
        muted = self._toggled()
        view = self._room.view(mic_muted=muted)
        self._far_end.send_event("quiet", mute_event(on=muted))
        await self._bare.get_message()
        draw(view)
        drawn = time.perf_counter_ns()
        return {"bare_event_and_draw": drawn - await self._far_end.sent_at()}

    async def visca_to_frame(self) -> dict[str, int]:
        """A joystick's frame on a pseudo-terminal, until its command is at the server."""
        line = self._room.virtual.serials["joystick"]
        self._moving = not self._moving
        arrival = self._far_end.expect("ptzLeft" if self._moving else "ptzStop")
        began = time.perf_counter_ns()
        line.write(LEFT if self._moving else STILL)
        arrived = await arrival.number()
        line.read()
        return {"visca_to_frame": arrived - began}

    def _toggled(self) -> bool:
        self._muted = not self._muted
        return self._muted


class BareInputs:
    """The least that an input can be: trio hears of it, and for each sends a frame by trio-websocket."""

    def __init__(self, far_end: FarEnd, bare: WebSocketConnection) -> None:
        self._far_end = far_end
        self._bare = bare
        self._pin = MockFactory().pin(17)
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        os.set_blocking(self._near, False)

    async def serve_pty(self) -> None:
        """Reads from a pseudo-terminal and sends, until cancelled."""
        text = frame(PtzLeft())
        try:
            while True:
                await trio.lowlevel.wait_readable(self._near)
                os.read(self._near, 1024)
                await self._bare.send_message(text)
        finally:
            os.close(self._near)
            os.close(self._far)

    async def serve_pin(self) -> None:
        """Hears a pin's edges, which may come from any thread, and sends for each that is high, until cancelled."""
        text = frame(SetMicMute(mute=True))
        token = trio.lowlevel.current_trio_token()
        edge = trio.Event()

        def changed(_ticks: float, state: float) -> None:
            if state:
                token.run_sync_soon(edge.set)

        self._pin.edges = "both"
        self._pin.when_changed = changed
        while True:
            await edge.wait()
            edge = trio.Event()
            await self._bare.send_message(text)

    async def bare_edge_to_frame(self) -> dict[str, int]:
        """An edge on a pin, until the frame is at the server."""
        self._pin.drive_low()
        arrival = self._far_end.expect(SetMicMute.method)
        began = time.perf_counter_ns()
        self._pin.drive_high()
        return {"bare_edge_to_frame": await arrival.number() - began}

    async def bare_pty_to_frame(self) -> dict[str, int]:
        """Bytes on the pseudo-terminal, until the frame is at the server."""
        arrival = self._far_end.expect(PtzLeft.method)
        began = time.perf_counter_ns()
        os.write(self._far, LEFT)
        return {"bare_pty_to_frame": await arrival.number() - began}


@contextlib.asynccontextmanager
async def measurements(room: BenchRoom, far_end: FarEnd, bare: WebSocketConnection) -> AsyncIterator[Measures]:
    """All measurements and floors."""
    async with trio.open_nursery() as nursery:
        with socket.create_connection((HOST, far_end.port)) as raw:
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            raw.send(b"raw")
            reactions = Reactions(room, far_end, bare, raw)
            least = BareInputs(far_end, bare)
            presses = KernelPresses(room.pins, MUTE_LINE, far_end, bare)
            nursery.start_soon(far_end.listen)
            nursery.start_soon(least.serve_pty)
            nursery.start_soon(least.serve_pin)
            nursery.start_soon(presses.serve_line)

            async def press() -> int:
                await room.linked()
                return await presses.press()

            yield Measures(
                press=press,
                inputs=[
                    _linked(room, measure)
                    for measure in (
                        presses.line_to_frame,
                        presses.bare_line_to_frame,
                        reactions.edge_to_frame,
                        reactions.bare_send,
                        reactions.raw_socket_send,
                        reactions.visca_to_frame,
                        least.bare_edge_to_frame,
                        least.bare_pty_to_frame,
                    )
                ],
                outputs=[reactions.event_to_display, reactions.page_draw, reactions.bare_event_and_draw],
            )
        nursery.cancel_scope.cancel()


async def take_in_succession(measures: Sequence[Measure], rounds: int, samples: Samples) -> None:
    """Adds `rounds` samples of each measurement, one right after the other: processor and caches stay awake."""
    for measure in _in_turn(measures, rounds):
        await _settle()
        _add(await _within(measure), samples)


async def take_rested(measures: Sequence[Measure], rounds: int, samples: Samples, suffix: str = "") -> None:
    """Adds `rounds` samples of each measurement, each after a rest, as people press buttons."""
    for measure in _in_turn(measures, rounds):
        await trio.sleep(REST)
        sample = await _within(measure)
        _add(sample, samples, suffix)
        if not sample.keys().isdisjoint(PRESSES):
            await trio.sleep(REST)  # the release of the button is worth a picture, too


def _in_turn(measures: Sequence[Measure], rounds: int) -> Iterator[Measure]:
    """Each measurement once a round, in an order that is another in each."""
    for _ in range(rounds):
        yield from random.sample(measures, len(measures))


def _linked(room: BenchRoom, measure: Measure) -> Measure:
    """Returns a measurement that waits for the link before it begins."""

    async def measured() -> dict[str, int]:
        await room.linked()
        return await measure()

    return measured


async def _within(measure: Measure) -> dict[str, int]:
    with trio.fail_after(patience(SAMPLE)):
        return await measure()


def _add(sample: dict[str, int], samples: Samples, suffix: str = "") -> None:
    for name, nanoseconds in sample.items():
        samples.setdefault(name + suffix, []).append(nanoseconds / 1e9)


async def _settle() -> None:
    """Lets the loop do what there is to do, without a rest."""
    until = time.perf_counter() + SETTLE
    while time.perf_counter() < until:
        await trio.lowlevel.checkpoint()
