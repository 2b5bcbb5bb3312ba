"""The command `offhook demo`: the appliance, a simulated terminal and virtual hardware, on one page."""

from pathlib import Path

import click
import trio

from appliance.app import Appliance, until_signal
from appliance.config import Config, parse
from appliance.panel.config import PanelConfig
from appliance.runtime import logs
from appliance.runtime.supervisor import plain
from appliance.runtime.web import ListenError
from appliance.services.panel import WebService
from appliance.simulator.demo import demo_app
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.server import simulate
from appliance.simulator.simulator import Simulator
from appliance.virtual import virtual_room

ROOM = """
hardware = "virtual"

[room]
name = "Room 3 · Neptune"
contact = "100@meet.example.com"

[terminal]
host = "127.0.0.1"
web_port = {web_port}
pin = "{pin}"

[buttons.call]
pin = 17
press = "call"
[buttons.hangup]
pin = 27
press = "hang_up"
[buttons.mute]
pin = 22
press = "mute"

[lamps.ringing]
pin = 5
[lamps.in_call]
pin = 6
[lamps.muted]
pin = 13
[lamps.link]
pin = 19

[keypads.keypad]
[speakerphones.speakerphone]
[joysticks.joystick]
port = "virtual"
[cameras.back]
line = "virtual"
number = 2
model = "evi-d70"
[display]

[panel]
listen = "{listen}"
"""
PIN = "FA6"  # protects nothing but shows how it is done


@click.command()
@click.option("--listen", default="127.0.0.1:8080", show_default=True, metavar="HOST:PORT", help="Where the page is.")
def demo(listen: str) -> None:
    """Shows a whole room on one page: front panel and far side."""
    try:
        PanelConfig(listen=listen)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    logs.configure("warning")
    try:
        trio.run(run_demo, listen)
    except* ListenError as errors:
        raise click.UsageError(plain(errors)) from None


async def run_demo(listen: str) -> None:
    """Runs the demo until the process is asked to end."""
    async with trio.open_nursery() as nursery:
        simulator = await nursery.start(simulate, SimulatorOptions(control_port=None, pin=PIN))
        config = room(simulator, listen)
        with virtual_room(config) as (virtual, hardware):
            appliance = Appliance(config, hardware)
            page = demo_app(virtual, simulator.control_app, lambda: appliance.store.state)
            await nursery.start(WebService(page, listen, _say_where).run)
            await until_signal(appliance)
        nursery.cancel_scope.cancel()


def room(simulator: Simulator, listen: str) -> Config:
    """The demo's configuration, read as any other."""
    text = ROOM.format(web_port=simulator.ports.web, pin=PIN, listen=listen)
    return parse(text, Path("demo.toml"))


def _say_where(url: str) -> None:
    click.echo(f"The room is at {url} (Ctrl-C ends it)")
