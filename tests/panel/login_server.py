"""A box to log in to, over HTTPS: for tests in a browser. Told where to listen, and the folder of its certificate.

Prints its address, then serves until it is ended. `POST /test/password` makes a new password and tells it,
`/test/later` lets seconds pass, `GET /test/told` tells what the display said, and `/test/maintained` is a page for
whoever maintains the box.
"""

import sys
from pathlib import Path

import msgspec
import trio
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from appliance.access import limits
from appliance.access.gate import Gate
from appliance.access.login import Keeps, Login
from appliance.access.notes import NoNotes
from appliance.access.password import Password
from appliance.access.roles import Role
from appliance.access.sessions import Sessions
from appliance.language.catalogue import ENGLISH
from appliance.language.text import Text
from appliance.panel.certificate import Pair, server_context
from appliance.panel.login.needs import page_needs
from appliance.panel.login.page import login_page
from appliance.panel.login.routes import login_routes
from appliance.runtime.web.answers import json_answer, read_json, web_app
from appliance.runtime.web.assets import asset_route
from appliance.runtime.web.guesses import Guesses
from appliance.runtime.web.server import serve_web
from tests.access.hashers import CountingHasher


class Later(msgspec.Struct, frozen=True):
    seconds: float


class Box:
    """What a box has of access, with a clock that goes on when it is told to."""

    def __init__(self) -> None:
        self._password = Password()
        self._later = 0.0
        self.hasher = CountingHasher()
        self.shown = list[str]()
        self.sessions = Sessions(self._now)
        keeps = Keeps(lambda: self._password, self._keep)
        self.login = Login(
            keeps,
            self.hasher,
            self.sessions,
            Guesses(self._now, limits.EACH, limits.TOGETHER),
            notes=NoNotes(),
            tell=self._tell,
            now=self._now,
        )

    def _now(self) -> float:
        return trio.current_time() + self._later

    def _tell(self, text: Text) -> None:
        self.shown.append(str(text))

    async def _keep(self, password: Password) -> None:
        await trio.lowlevel.checkpoint()
        self._password = password

    async def password(self, _request: Request) -> Response:
        """Makes a new one."""
        return json_answer({"password": await self.login.renew()})

    async def later(self, request: Request) -> Response:
        """Lets time pass."""
        self._later += (await read_json(request, Later)).seconds
        return json_answer({})

    async def told(self, _request: Request) -> Response:
        """Tells what the display said, and how many passwords were compared."""
        return json_answer({"shown": self.shown, "compared": self.hasher.compared, "sessions": len(self.sessions)})


async def maintained(_request: Request) -> Response:
    return HTMLResponse("<!doctype html><title>box</title><h1>The box</h1>")


async def main(listen: str, folder: Path) -> None:
    box = Box()
    gate = Gate(sessions=box.sessions)
    app = web_app(
        [
            login_page("Neptune", gate, ENGLISH),
            *login_routes(box.login, gate, ENGLISH),
            asset_route("appliance.panel", "/panel/static"),
            Route("/test/maintained", page_needs(gate, Role.MAINTAIN, maintained)),
            Route("/test/password", box.password, methods=["POST"]),
            Route("/test/later", box.later, methods=["POST"]),
            Route("/test/told", box.told),
        ]
    )
    tls = server_context(Pair(folder / "certificate.pem", folder / "key.pem"))
    async with trio.open_nursery() as nursery:
        (host, port), *_ = await nursery.start(serve_web, app, listen, tls)
        sys.stdout.write(f"{host}:{port}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    trio.run(main, sys.argv[1], Path(sys.argv[2]))
