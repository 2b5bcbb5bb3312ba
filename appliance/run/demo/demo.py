"""The demo: an appliance, a simulated terminal and virtual hardware in one process, on one page."""

import functools
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import trio
from msgspec.structs import replace
from starlette.types import Scope

from appliance.access.roles import Caller, Role
from appliance.config.load import parse
from appliance.demo.page import demo_app
from appliance.demo.receiver import Receiver
from appliance.language.catalogue import Language
from appliance.language.codes import Code
from appliance.language.languages import Followed
from appliance.panel.status import state_json
from appliance.run.appliance import Appliance
from appliance.run.demo.file import DemoFile, change_demo_file, demo_file
from appliance.run.demo.virtual import virtual_room, wanted
from appliance.run.live.handed import read_settings, settings_of
from appliance.run.live.reload import Reload
from appliance.run.live.settings import Settings
from appliance.run.pages.status import pages_of
from appliance.run.restart import until_signal
from appliance.run.tables.every import ROOM
from appliance.run.tables.sharing import shared
from appliance.services.box.hardware import Hardware
from appliance.services.pages.panel import WebService
from appliance.simulator.control.interface import control_app
from appliance.simulator.options import CONTACTS, DOMAIN, Contact, SimulatorOptions
from appliance.simulator.process.simulator import Simulator
from appliance.simulator.server import simulate
from appliance.virtual.hardware import VirtualHardware

PIN = "FA6"  # protects nothing but shows how it is done
TEMPLATE = "room.toml"
ASK = 1  # the setting `record`: who wants to record the room has to ask the people in it
PATIENCE = 2.0  # seconds for which a choice of language waits until the room has heard of it
LOCKED = Contact(peer_id=f"200@{DOMAIN}", name="Board meeting", conference_pin="1A2")  # docs/simulator.md tells it


async def run_demo(listen: str, bound: Callable[[str], None], code: Code = "en", panel: str | None = None) -> None:
    """Runs the demo until the process is asked to end; tells `bound` the page's address once it can be opened.

    `code`: the language of display and page, at first. `panel`: which display it has, of `drivers.oled.fake.CHOICES`.

    Raises `ListenError` (in an exception group): nothing can listen there.
    """
    async with trio.open_nursery() as nursery:
        options = SimulatorOptions(control_port=None, pin=PIN, contacts=(*CONTACTS, LOCKED))
        simulator = await nursery.start(simulate, options)
        with simulator.changing() as terminal:
            terminal.settings.change({"record": ASK, "language": code}, logged_in=True)
        receiver = Receiver()
        written = text(simulator, receiver.secret, await nursery.start(receiver.run))
        config = parse(written, Path("demo.toml"))
        with demo_file(written) as file, virtual_room(config) as (virtual, hardware):
            if panel is not None:
                virtual.display.become(panel)
            appliance = Appliance(config, replace(hardware, deputy=file.socket), (*ROOM, shared))
            appliance.parts.served_at = f"http://{listen}"  # until its port is known: panels have a button for phones
            virtual.display.replaced = appliance.store.touch
            spoken = Followed(lambda: appliance.store.state.language or code)
            speak = functools.partial(_speak, simulator, appliance)
            state = functools.partial(_state, appliance, spoken)
            pages, says = pages_of(appliance.parts, _anybody, file.state), appliance.parts.said.all
            touch = appliance.store.touch  # who opens the page sees a display that is lit
            beside = [*pages.beside, receiver.route()]
            page = demo_app(virtual, control_app(simulator), state, spoken, beside, says, touch, speak)
            told = functools.partial(_served, appliance, bound)
            await nursery.start(WebService(page, listen, told, sockets=pages.sockets, large=pages.large).run)
            await nursery.start(change_demo_file, file, _reload(appliance, virtual, file))
            await until_signal(appliance)
        nursery.cancel_scope.cancel()


def _served(appliance: Appliance, bound: Callable[[str], None], url: str) -> None:
    appliance.parts.served_at = url.rstrip("/")
    bound(url)


def _anybody(_scope: Scope) -> Caller:
    """Whoever looks at the demo may maintain it: nothing of it is real."""
    return Caller("demo", Role.MAINTAIN, "box")


def _state(appliance: Appliance, spoken: Language) -> object:
    return state_json(appliance.store.state, spoken)


async def _speak(simulator: Simulator, appliance: Appliance, code: Code) -> None:
    """Lets the terminal change its language, which the room follows; returns once it does."""
    with simulator.changing() as terminal:
        terminal.settings.change({"language": code}, logged_in=True)
    with trio.move_on_after(PATIENCE):
        while (state := appliance.store.state).language != code:
            await appliance.store.followed.newer_than(state)
    appliance.store.touch()


def text(simulator: Simulator, secret: str, port: int) -> str:
    """Returns the demo's configuration as it is written; its page is served by the demo itself, anywhere.

    `secret`, `port`: of the receiver of its webhook.
    """
    template = resources.files("appliance.demo").joinpath(TEMPLATE).read_text(encoding="utf-8")
    return template.format(web_port=simulator.ports.web, pin=PIN, hook_port=port, hook_secret=secret)


def _reload(appliance: Appliance, virtual: VirtualHardware, file: DemoFile) -> Reload:
    def become(new: Settings, hardware: Hardware) -> Hardware:
        virtual.become(**wanted(new.config))
        return hardware

    read = functools.partial(read_settings, file.path)
    return Reload(appliance, settings_of(appliance.parts.config), read, become)
