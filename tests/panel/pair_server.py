"""A room whose display and panels pair phones, over HTTPS: for tests in a browser. Told where to listen, and a folder.

In the folder are `certificate.pem` and `key.pem`. Prints its address, then serves until it is ended. The room is called
`room.localhost`, too, which browsers take to this machine: who asks by that name is a screen elsewhere, and nobody is
known for being on the machine. `POST /test/screen` pairs a screen and tells its secret, `/test/button` does what a
button bound to `pair` does, `/test/later` lets seconds pass, `/test/closed` lets only those look who are known, and
`GET /test/display.png` is the display. `/test/told` tells what was noted, and how many screens are paired.
"""

import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from unittest.mock import patch

import msgspec
import trio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Scope

from appliance.access import gate as gates
from appliance.access.gate import Gate
from appliance.access.paired import Paired
from appliance.access.roles import Role
from appliance.display.draw import compose
from appliance.display.view import View
from appliance.language.catalogue import ENGLISH, Language
from appliance.panel.access import Access
from appliance.panel.certificate import Pair, fingerprint, server_context
from appliance.panel.live.connection import Live
from appliance.panel.live.feed import Feed
from appliance.panel.maintenance.pictures import png
from appliance.panel.pages import Screen, page_routes
from appliance.panel.pair.page import pair_pages
from appliance.panel.pair.pairing import Pairing
from appliance.panel.pair.routes import Pairs, pairing_routes
from appliance.panel.tongues import Tongues
from appliance.panel.view import Viewed
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.state import Phase, RoomState
from appliance.runtime.web.answers import json_answer, read_json, web_app
from appliance.runtime.web.server import serve_web
from appliance.runtime.web.sockets import Socket
from appliance.services.box.surroundings import Clock
from appliance.services.pages.inviting import Inviting
from appliance.services.store import RoomStore

NAME = "room.localhost"
IDLE = RoomState(link=Link(LinkPhase.UP), phase=Phase.IDLE)


class Later(msgspec.Struct, frozen=True):
    seconds: float


class Doors(Gate):
    """A gate that can be closed while it is used."""

    is_closed = False

    def allows(self, scope: Scope, least: Role) -> bool:
        """Returns whether somebody may do what needs a role."""
        return super().allows(scope, least) and not (self.is_closed and self.caller(scope) is None)


@dataclass
class Box:
    """What a box has of pairing, with a clock that goes on when it is told to."""

    certificate: Path
    origin: str = ""
    later: float = 0.0
    noted: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.store = RoomStore()
        self.store.followed.value = IDLE
        self.paired = Paired(None)
        self.gate = Doors(lambda: self.paired.digests)
        self.pairing = Pairing(self.store, self.paired.add, self.now, self, has_display=True)
        self.inviting = Inviting(self.pairing, self.store, lambda: self.origin)

    def now(self) -> float:
        return trio.current_time() + self.later

    def note(self, who: str, what: str, *, by: str = "", about: str = "", soon: bool = False) -> None:
        """Notes a deed."""
        del who, by, about, soon
        self.noted.append(what)

    async def screen(self, _request: Request) -> Response:
        """Pairs a screen."""
        return json_answer({"secret": await self.paired.add()})

    async def button(self, _request: Request) -> Response:
        """Does what a button does."""
        self.inviting.toggle()
        return json_answer({})

    async def pass_time(self, request: Request) -> Response:
        """Lets time pass for codes, which stay where they are shown."""
        self.later += (await read_json(request, Later)).seconds
        return json_answer({})

    async def close(self, _request: Request) -> Response:
        """Lets only those look who are known."""
        self.gate.is_closed = True
        return json_answer({})

    async def display(self, _request: Request) -> Response:
        """Returns what is on the display."""
        now = trio.current_time()
        view = View(state=self.store.state, room="Neptune", address="", now=now, clock=None, shown_since=now)
        return Response(png(compose(view).image), media_type="image/png")

    async def told(self, _request: Request) -> Response:
        """Tells what was noted."""
        code = self.store.state.pairing
        shown = "" if code is None else code.code.text
        return json_answer({"noted": self.noted, "screens": len(self.paired.digests), "code": shown})

    def live(self, language: Language) -> Live[RoomState]:
        feed = Feed(Viewed("Neptune", language, titles=True, peers=True))
        return Live(
            self.store.followed,
            feed,
            Clock(),
            lambda: f"box-{language.code}",
            language,
            touched=feed,
            hears={},
            access=Access(self.gate),
        )

    async def talk(self, socket: Socket) -> None:
        await Tongues(ENGLISH, self.live).talk(socket)

    def routes(self) -> list[Route]:
        pairs = Pairs(self.pairing, self.inviting, partial(fingerprint, self.certificate))
        return [
            *page_routes("Neptune", ENGLISH, Screen(pairs=True), self.gate),
            *pair_pages("Neptune", ENGLISH),
            *pairing_routes(pairs, self.gate, ENGLISH),
            Route("/test/screen", self.screen, methods=["POST"]),
            Route("/test/button", self.button, methods=["POST"]),
            Route("/test/later", self.pass_time, methods=["POST"]),
            Route("/test/closed", self.close, methods=["POST"]),
            Route("/test/display.png", self.display),
            Route("/test/told", self.told),
        ]


def _nobody(_scope: Scope) -> bool:
    return False


async def main(listen: str, folder: Path) -> None:
    pair = Pair(folder / "certificate.pem", folder / "key.pem")
    box = Box(pair.certificate)
    serve = partial(serve_web, names=[NAME], sockets={"/panel/live": box.talk, "/panel/door/live": box.talk})
    async with trio.open_nursery() as nursery:
        nursery.start_soon(box.inviting.run)
        (host, port), *_ = await nursery.start(serve, web_app(box.routes()), listen, server_context(pair))
        box.origin = f"https://{NAME}:{port}"
        sys.stdout.write(f"{host}:{port}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with patch.object(gates, "is_local", _nobody):
        trio.run(main, sys.argv[1], Path(sys.argv[2]))
