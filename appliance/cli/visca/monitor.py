"""`offhook visca monitor`: listens on a line, or sits between two of them and passes everything on."""

from functools import partial

import click
import trio

from appliance.cli.visca.line import Place
from drivers.visca.controller.driven import Line
from drivers.visca.wire.describe import Describer
from drivers.visca.wire.framing import Framer


def sees(line: Place, tap: Place | None) -> str:
    """Returns what can be seen there and what cannot, for whoever waits for something to appear."""
    if tap is not None:
        return f"everything between {line.name} and {tap.name}, as long as this runs: it passes all bytes on"
    if line.chained:
        return (
            f"what reaches the receiver of {line.name}; the other direction is on another wire. "
            "To see both, put this machine between controller and camera with --tap"
        )
    return (
        f"what {line.name} sends to this connection; not what it and other controllers say to each other. "
        "With sony-udp and udp that is nothing before somebody asks from here"
    )


async def monitor(line: Place, tap: Place | None) -> int:
    """Prints what is said until cancelled."""
    describer = Describer()
    async with line.open() as here:
        click.echo(f"offhook: listening: {sees(line, tap)}", err=True)
        if tap is None:
            await _listen(here, None, describer)
        else:
            async with tap.open() as there, trio.open_nursery() as nursery:
                nursery.start_soon(partial(_listen, here, there, describer))
                nursery.start_soon(partial(_listen, there, here, describer))
    return 0


async def _listen(line: Line, other: Line | None, describer: Describer) -> None:
    framer = Framer()
    while True:
        data = await line.receive()
        if other is not None:
            other.send(data)
        for frame in framer.feed(data):
            click.echo(f"{trio.current_time():.3f}  {describer.describe(frame)}")
