"""The demo: a room's front panel and its far side on one page."""

import functools
from collections.abc import Callable, Mapping, Sequence

import jinja2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from appliance.demo.choices import LANGUAGES, Speak, language_route, panels
from appliance.language.catalogue import ENGLISH, Language
from appliance.language.codes import Code
from appliance.language.english import SENTENCES
from appliance.language.text import Text, verbatim
from appliance.runtime.web.answers import json_answer, web_app
from appliance.runtime.web.assets import asset_route
from appliance.virtual.hardware import VirtualHardware
from appliance.virtual.routes import Says, hardware_routes

KEYS = ("1", "2", "3", "A", "4", "5", "6", "B", "7", "8", "9", "C", "*", "0", "#", "D", "backspace", "clear", "call")

PAGES = {"/panel": "demo.wall_panel", "/panel/door": "demo.at_the_door"}

LABELS = {
    "hangup": Text("demo.hang_up"),
    "link": Text("demo.no_link"),
    "call": Text("demo.call"),
    "mute": Text("demo.mute"),
    "clear": Text("demo.clear"),
    "ringing": Text("demo.ringing"),
    "in_call": Text("demo.in_call"),
    "muted": Text("demo.muted"),
    "waiting_room": Text("demo.waiting_room"),
    "asked": Text("demo.asked"),
    "podium": Text("demo.podium"),
    "lights": Text("demo.lights"),
    "join": Text("demo.join"),
    "quiet": Text("demo.quiet"),
    "door": Text("demo.door"),
    "screen": Text("demo.screen"),
    "backspace": verbatim("⌫"),
    "*": verbatim("∗"),
}


def demo_app(
    hardware: VirtualHardware,
    control: ASGIApp,
    state: Callable[[], object],
    language: Language = ENGLISH,
    beside: Sequence[BaseRoute] = (),
    says: Says = tuple,
    opened: Callable[[], None] = lambda: None,
    speak: Speak | None = None,
) -> Starlette:
    """`/` the page, `/hardware` the hardware, `/terminal` the far side, `/state` the room as the appliance sees it.

    `control` is the simulated terminal's control interface; `state` gives any value that JSON can hold. `beside`: the
    room's own pages. `says`: what the display says. `opened` is called when somebody opens the page. `speak`: what a
    choice of language does; None: there is none.
    """
    _template()  # compiled before anything runs: at the first request it would hold everything up

    async def page(_request: Request) -> Response:
        opened()
        return HTMLResponse(_page(hardware, language, LANGUAGES if speak else {}, has_pages=bool(beside)))

    async def room(_request: Request) -> Response:
        return json_answer(state())

    return web_app(
        [
            Route("/", page),
            Route("/state", room),
            *hardware_routes(hardware, says),
            *beside,
            *([language_route(speak)] if speak else ()),
            Mount("/terminal", control),
            asset_route("appliance.demo"),
        ]
    )


def _page(hardware: VirtualHardware, language: Language, languages: Mapping[Code, str], *, has_pages: bool) -> str:
    return _template().render(
        language=language.code,
        words=lambda key: language.say(Text(key)),
        sentences={key: language.say(Text(key)) for key in SENTENCES if key.startswith("demo.")},
        label=lambda name: label(name, language),
        buttons=hardware.buttons,
        lamps=hardware.gpio.lamps(),
        relays=hardware.gpio.relays(),
        lights=hardware.gpio.lights(),
        screens=hardware.screens,
        bars={name: bar.colours for name, bar in hardware.bars.items()},
        sensors=hardware.gpio.sensors(),
        keypads=hardware.keypads,
        speakerphones=hardware.speakerphones,
        serials=hardware.serials,
        display=hardware.display,
        panels=panels(hardware),
        languages=languages,
        pages={path: language.say(Text(key)) for path, key in PAGES.items()} if has_pages else {},
        keys=KEYS,
    )


def label(name: str, language: Language = ENGLISH) -> str:
    """Returns the words for a name in the configuration: `in_call` is "In call"."""
    return language.say(LABELS[name]) if name in LABELS else name[:1].upper() + name[1:].replace("_", " ")


@functools.cache
def _template() -> jinja2.Template:
    loader = jinja2.PackageLoader("appliance.demo")
    environment = jinja2.Environment(loader=loader, autoescape=True, auto_reload=False, trim_blocks=True)
    return environment.get_template("demo.html")
