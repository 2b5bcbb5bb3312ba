"""Panels that stay open: what an event, a tap and a minute cost, and what many of them cost everything else.

The room runs in this process; panels have one of their own, plain sockets that block, so that what is compared is the
appliance. Their floor is a bare trio-websocket server in the same loop that sends the same bytes on.
"""

import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import click
import trio
from trio_websocket import ConnectionClosed, WebSocketConnection, WebSocketRequest, serve_websocket

from tests.bench.call_minute import call_minute
from tests.bench.far_end import HOST, FarEnd, apart, bare_server, bare_websocket
from tests.bench.figures import Limit, Ratio, Samples
from tests.bench.frames import mute_event
from tests.bench.load import presses
from tests.bench.panels import Panels, open_panels, panels
from tests.bench.patience import patience
from tests.bench.processes import PAGE, running
from tests.bench.reactions import REST, SAMPLE, Press, measurements
from tests.bench.room import CONFIG, BenchRoom, bench_room
from tests.bench.size import Size

MANY = 20
HALF = MANY // 2
BLOCK = 30  # samples with panels, and as many without, in turn
COUNTED = 25  # events whose processor time is counted as one

RATIOS = (
    Ratio("af  event to a panel, over a bare broadcast of the same bytes", "event_to_panel", "bare_event_to_panel"),
    Ratio("ag  tap on a panel to frame, over a press", "tap_to_frame", "line_to_frame_panel"),
    Ratio(
        "ah  each of the second ten panels, over the first",
        "panel_of_second_ten",
        "panel_of_first_ten",
        aim=1.2,
    ),
    Ratio(
        "ai  press with 20 panels open, over one without", "line_to_frame_panels_20", "line_to_frame_panels_0", aim=1.2
    ),
    Ratio("aj  memory with 20 panels open, over none", "panels_20_rss", "panels_0_rss", aim=1.05),
    Ratio(
        "ak  bytes of a minute of a call, over all each second",
        "count_bytes_call_minute",
        "count_bytes_call_minute_whole",
        aim=None,
    ),
)
LIMITS: tuple[Limit, ...] = ()


def measure(size: Size, samples: Samples, notes: list[str]) -> None:
    """Adds samples of everything."""
    call_minute(samples)
    with bare_server() as far_end, apart(far_end.process):
        trio.run(shown, far_end, size, samples)
    with bare_server(tells=False) as far_end, tempfile.TemporaryDirectory() as folder:
        for number in range(size.weighings):
            click.echo(f"panels: memory, {number} of {size.weighings}", err=True)
            for count in (0, MANY):
                weigh(Path(folder), far_end.port, count, size.idle, samples)
    notes.append(f"panels: {MANY}")


async def shown(far_end: FarEnd, size: Size, samples: Samples) -> None:
    """Everything that takes a room in this process."""
    async with (
        bench_room(far_end.port) as room,
        bare_websocket(far_end) as bare,
        measurements(room, far_end, bare) as measures,
    ):
        click.echo("panels: events and taps", err=True)
        await events(room, far_end, bare, size.rounds, samples)
        await taps(room, far_end, measures.press, size.rounds, samples)
        for begun in range(0, size.rounds, BLOCK):
            click.echo(f"panels: presses, {begun} of {size.rounds}", err=True)
            count = min(BLOCK, size.rounds - begun)
            await presses(measures.press, count, "line_to_frame_panels_0", samples)
            async with open_panels(room.page, MANY, beside=far_end.process):
                await presses(measures.press, count, "line_to_frame_panels_20", samples)
        for number in range(size.weighings):
            click.echo(f"panels: processor time, {number} of {size.weighings}", err=True)
            await processor_time(room, far_end, samples)


async def events(room: BenchRoom, far_end: FarEnd, bare: WebSocketConnection, rounds: int, samples: Samples) -> None:
    """Events until a panel has them, and the same bytes sent on by a bare server, in turn; rested, as they come."""
    async with (
        broadcast(bare) as port,
        open_panels(room.page, 1, beside=far_end.process) as panel,
        open_panels(port, 1, "/", beside=far_end.process) as floor,
    ):
        for _ in range(rounds):
            on = not room.mic_muted
            for kind, heard, name in (
                ("websocket", panel, "event_to_panel"),
                ("quiet", floor, "bare_event_to_panel"),
            ):
                await trio.sleep(REST)
                samples.setdefault(name, []).append(await _heard(far_end, heard, kind, on=on))


async def _heard(far_end: FarEnd, heard: Panels, kind: str, *, on: bool) -> float:
    far_end.send_event(kind, mute_event(on=on))
    at = await heard.number()
    return (at - await far_end.sent_at()) / 1e9


@asynccontextmanager
async def broadcast(bare: WebSocketConnection) -> AsyncIterator[int]:
    """A bare server that sends whoever is connected what a panel is sent for each event that `bare` receives."""
    connected = set[WebSocketConnection]()

    async def accept(request: WebSocketRequest) -> None:
        connection = await request.accept()
        connected.add(connection)
        try:
            while True:
                await connection.get_message()
        except ConnectionClosed:
            connected.discard(connection)

    async def send_on() -> None:
        while True:
            await bare.get_message()
            for connection in connected:
                await connection.send_message(SAME_BYTES)

    async with trio.open_nursery() as nursery:
        server = await nursery.start(partial(serve_websocket, accept, HOST, 0, ssl_context=None))
        nursery.start_soon(send_on)
        yield int(server.port)
        nursery.cancel_scope.cancel()


SAME_BYTES = '{"clock":[180,1795777501420],"now":5231431,"view":{"mic_muted":true}}'


async def taps(room: BenchRoom, far_end: FarEnd, press: Press, rounds: int, samples: Samples) -> None:
    """Taps on a panel until the command is at the terminal, and presses of a button, in turn."""
    async with open_panels(room.page, 1, beside=far_end.process) as panel:
        for _ in range(rounds):
            await trio.sleep(REST)
            with trio.fail_after(patience(SAMPLE)):
                arrival = far_end.expect("setMicMute")
                panel.ask("mute on")
                began = await panel.number()
                samples.setdefault("tap_to_frame", []).append((await arrival.number() - began) / 1e9)
            await trio.sleep(REST)
            with trio.fail_after(patience(SAMPLE)):
                samples.setdefault("line_to_frame_panel", []).append(await press() / 1e9)


async def processor_time(room: BenchRoom, far_end: FarEnd, samples: Samples) -> None:
    """What an event takes of the processor for each of the first ten panels, and for each of the second ten."""
    took = {}
    for count in (0, HALF, MANY):
        async with open_panels(room.page, count, beside=far_end.process):
            took[count] = await _processor_time(room, far_end)
    samples.setdefault("panel_of_first_ten", []).append(max(1e-9, (took[HALF] - took[0]) / HALF))
    samples.setdefault("panel_of_second_ten", []).append(max(1e-9, (took[MANY] - took[HALF]) / HALF))


async def _processor_time(room: BenchRoom, far_end: FarEnd) -> float:
    await trio.sleep(REST)
    before = time.process_time()
    for _ in range(COUNTED):
        far_end.send_event("websocket", mute_event(on=not room.mic_muted))
        await trio.sleep(REST)
    return (time.process_time() - before) / COUNTED


def weigh(folder: Path, port: int, count: int, idle: float, samples: Samples) -> None:
    """Adds the memory of a room that is a process, with so many panels open for `idle` seconds."""
    config = folder / "room.toml"
    config.write_text(CONFIG.format(port=port, page=0))
    with running("-m", "appliance", "run", "--config", str(config)) as run:
        page = int(run.says(PAGE)[1].rstrip(b"/").rpartition(b":")[2])
        run.says(rb"\blink_up\b")
        with panels(page, max(count, 1)) as opened:  # one is open in any case, and leaves: all code has run once
            assert opened.line()
            if count:
                time.sleep(idle)
                samples.setdefault("panels_20_rss", []).append(run.memory()["Rss"])
        if not count:
            time.sleep(idle)
            samples.setdefault("panels_0_rss", []).append(run.memory()["Rss"])
        run.end()
