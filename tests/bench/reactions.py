"""How fast the room reacts: one sample of each measurement and of each floor in turn, again and again."""

import contextlib
import os
import random
import socket
import time
import tty
from collections.abc import AsyncIterator, Awaitable, Callable

import trio
from trio_websocket import WebSocketConnection

from appliance.display.draw import draw
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.codec import encode, encode_event
from appliance.terminal.messages.devices import MicMuted, PtzLeft, SetMicMute
from tests.bench.far_end import HOST, FarEnd
from tests.bench.figures import Samples
from tests.bench.room import BenchRoom

QUIET = (
    0.06  # seconds before each sample: longer than the display waits between two pictures, so that it draws each time
)
LEFT = bytes.fromhex("81 01 06 01 08 08 01 03 FF")
STILL = bytes.fromhex("81 01 06 01 08 08 03 03 FF")

Measure = Callable[[], Awaitable[dict[str, int]]]  # one sample: nanoseconds by name
Press = Callable[[], Awaitable[int]]  # nanoseconds


def frame(command: Command) -> str:
    """What the appliance sends, with an id as long as most are."""
    return encode(command, "1000").decode()


def mute_event(*, on: bool) -> bytes:
    """The terminal's microphone was muted or unmuted."""
    return encode_event(MicMuted(mute=on))


class Reactions:
    """One sample of each measurement."""

    def __init__(self, room: BenchRoom, far_end: FarEnd, bare: WebSocketConnection, raw: socket.socket) -> None:
        self._room = room
        self._far_end = far_end
        self._bare = bare
        self._raw = raw
        self._muted = False
        self._moving = False

    async def press(self) -> int:
        """Nanoseconds from an edge on a pin until its command is at the server."""
        gpio = self._room.virtual.gpio
        began = time.perf_counter_ns()
        gpio.press("mute_on")
        arrived = await self._far_end.arrival(SetMicMute.method)
        gpio.release("mute_on")
        return arrived - began

    async def edge_to_frame(self) -> dict[str, int]:
        """A press, and the second picture that the release is worth."""
        took = await self.press()
        await trio.sleep(QUIET)
        return {"edge_to_frame": took}

    async def bare_send(self) -> dict[str, int]:
        """The same frame by trio-websocket and nothing else, in the same loop."""
        text = frame(SetMicMute(mute=True))
        began = time.perf_counter_ns()
        await self._bare.send_message(text)
        return {"bare_send": await self._far_end.arrival(SetMicMute.method) - began}

    async def raw_socket_send(self) -> dict[str, int]:
        """The same bytes by the kernel and nothing else."""
        data = frame(SetMicMute(mute=True)).encode()
        began = time.perf_counter_ns()
        self._raw.send(data)
        return {"raw_socket_send": await self._far_end.arrival("raw") - began}

    async def event_to_display(self) -> dict[str, int]:
        """An event that changes the picture, until the glass has the new one."""
        for _ in range(3):
            self._room.glass.watch()
            self._far_end.send_event("websocket", mute_event(on=not self._room.mic_muted))
            shown = await self._room.glass.next_change()
            sent, read = await self._far_end.number(), self._room.read_at
            if sent < read < shown:
                return {"event_to_display": shown - read, "event_sent_to_display": shown - sent}
            await trio.sleep(QUIET)  # the picture changed for another reason just then
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
        return {"bare_event_and_draw": drawn - await self._far_end.number()}

    async def visca_to_frame(self) -> dict[str, int]:
        """A joystick's frame on a pseudo-terminal, until its command is at the server."""
        line = self._room.virtual.serials["joystick"]
        self._moving = not self._moving
        began = time.perf_counter_ns()
        line.write(LEFT if self._moving else STILL)
        arrived = await self._far_end.arrival("ptzLeft" if self._moving else "ptzStop")
        line.read()
        return {"visca_to_frame": arrived - began}

    def _toggled(self) -> bool:
        self._muted = not self._muted
        return self._muted


class BarePty:
    """A pseudo-terminal from which trio reads, and for each read sends the frame of a movement by trio-websocket."""

    def __init__(self, far_end: FarEnd, bare: WebSocketConnection) -> None:
        self._far_end = far_end
        self._bare = bare
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        os.set_blocking(self._near, False)

    async def serve(self) -> None:
        """Reads and sends until cancelled."""
        text = frame(PtzLeft())
        try:
            while True:
                await trio.lowlevel.wait_readable(self._near)
                os.read(self._near, 1024)
                await self._bare.send_message(text)
        finally:
            os.close(self._near)
            os.close(self._far)

    async def bare_pty_to_frame(self) -> dict[str, int]:
        """Bytes on the pseudo-terminal, until the frame is at the server."""
        began = time.perf_counter_ns()
        os.write(self._far, LEFT)
        return {"bare_pty_to_frame": await self._far_end.arrival(PtzLeft.method) - began}


@contextlib.asynccontextmanager
async def measurements(
    room: BenchRoom, far_end: FarEnd, bare: WebSocketConnection
) -> AsyncIterator[tuple[list[Measure], Press]]:
    """All measurements and floors, and the press of a button alone."""
    async with trio.open_nursery() as nursery:
        with socket.create_connection((HOST, far_end.port)) as raw:
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            raw.send(b"raw")
            reactions = Reactions(room, far_end, bare, raw)
            pty = BarePty(far_end, bare)
            nursery.start_soon(pty.serve)
            yield (
                [
                    reactions.edge_to_frame,
                    reactions.bare_send,
                    reactions.raw_socket_send,
                    reactions.event_to_display,
                    reactions.page_draw,
                    reactions.bare_event_and_draw,
                    reactions.visca_to_frame,
                    pty.bare_pty_to_frame,
                ],
                reactions.press,
            )
        nursery.cancel_scope.cancel()


async def take_rounds(measures: list[Measure], rounds: int, samples: Samples) -> None:
    """Adds `rounds` samples of each measurement, in an order that is another in each round."""
    for _ in range(rounds):
        for measure in random.sample(measures, len(measures)):
            await trio.sleep(QUIET)
            for name, nanoseconds in (await measure()).items():
                samples.setdefault(name, []).append(nanoseconds / 1e9)
