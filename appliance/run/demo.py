"""The demo: an appliance, a simulated terminal and virtual hardware in one process, on one page."""

import functools
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import trio

from appliance.config.load import parse
from appliance.config.schema import Config
from appliance.demo.page import demo_app
from appliance.language.catalogue import Language
from appliance.language.codes import Code
from appliance.language.languages import language
from appliance.panel.pages import page_routes
from appliance.panel.status import state_json
from appliance.run.appliance import Appliance
from appliance.run.restart import until_signal
from appliance.run.status import people_of, sockets_of
from appliance.run.tables import ROOM, shared
from appliance.run.virtual import virtual_room
from appliance.services.panel import WebService
from appliance.simulator.control.interface import control_app
from appliance.simulator.options import CONTACTS, DOMAIN, Contact, SimulatorOptions
from appliance.simulator.process.simulator import Simulator
from appliance.simulator.server import simulate

PIN = "FA6"  # protects nothing but shows how it is done
TEMPLATE = "room.toml"
ASK = 1  # the setting `record`: who wants to record the room has to ask the people in it
LOCKED = Contact(peer_id=f"200@{DOMAIN}", name="Board meeting", conference_pin="1A2")  # docs/simulator.md tells it


async def run_demo(listen: str, bound: Callable[[str], None], code: Code = "en") -> None:
    """Runs the demo until the process is asked to end; tells `bound` the page's address once it can be opened.

    `code`: the language of display and page.

    Raises `ListenError` (in an exception group): nothing can listen there.
    """
    async with trio.open_nursery() as nursery:
        options = SimulatorOptions(control_port=None, pin=PIN, contacts=(*CONTACTS, LOCKED))
        simulator = await nursery.start(simulate, options)
        with simulator.changing() as terminal:
            terminal.settings.change({"record": ASK}, logged_in=True)
        config, spoken = room(simulator, code), language(code)
        with virtual_room(config) as (virtual, hardware):
            appliance = Appliance(config, hardware, (*ROOM, shared))
            state = functools.partial(_state, appliance, spoken)
            beside = [*page_routes(config.room.name, spoken), people_of(appliance.parts)]
            says = appliance.parts.said.all
            touch = appliance.store.touch  # who opens the page sees a display that is lit
            page = demo_app(virtual, control_app(simulator), state, spoken, beside, says, touch)
            await nursery.start(WebService(page, listen, bound, sockets=sockets_of(appliance.parts)).run)
            await until_signal(appliance)
        nursery.cancel_scope.cancel()


def _state(appliance: Appliance, spoken: Language) -> object:
    return state_json(appliance.store.state, spoken)


def room(simulator: Simulator, code: Code = "en") -> Config:
    """Returns the demo's configuration, read as any other; its page is served by the demo itself, anywhere."""
    template = resources.files("appliance.demo").joinpath(TEMPLATE).read_text(encoding="utf-8")
    text = template.format(web_port=simulator.ports.web, pin=PIN, language=code)
    return parse(text, Path("demo.toml"))
