"""A room's pages and its interface for programs, with a deputy at a real socket: `python -m` it.

Prints its address, then serves until it is ended. Whoever asks may maintain the box. `POST /test` with `{"talks": …}`
begins or ends a call; the answer says what the deputy was asked so far, and how the process was to end.
"""

import functools
import sys
import tempfile
from pathlib import Path

import msgspec
import trio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from appliance.access.roles import Caller, Role
from appliance.card.backup.facts import Facts
from appliance.card.backup.keys import Cost
from appliance.card.backup.sealed import seal
from appliance.config.load import parse
from appliance.deputy.requests import Made
from appliance.room.local_events.box import UpdateIs
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.state import Phase, RoomState
from appliance.room.update import Update
from appliance.run.pages.status import pages_of
from appliance.run.parts import Parts
from appliance.runtime.web.answers import json_answer, read_json
from appliance.runtime.web.server import serve_web
from appliance.services.box.hardware import Hardware
from tests.maintain.deputies import Told, deputy
from tests.maintain.machines import machine_of

TEXT = '[room]\nname = "Neptune"\n[terminal]\nhost = "127.0.0.1"\n[panel]\nlisten = "127.0.0.1:0"\n[api]\n'
FACTS = Facts(room="Saturn", box="offhook-0815", board="", version="0.1.0", made="2026-11-27 12:00 UTC", files=3)
PASSPHRASE = "four random words"


class _Test(msgspec.Struct):
    talks: bool = False


class _Box:
    def __init__(self, path: Path) -> None:
        self.told = Told()
        self.told.content = seal(b"archive", FACTS, PASSPHRASE, Cost(n=16384, p=1))
        self.told.answers["Backup"] = Made(len(self.told.content))
        self.told.answers["Journal"] = Made(0)
        self.ended = list[bool]()
        self.parts = Parts(parse(TEXT, Path("room.toml")), Hardware(deputy=path))
        self.parts.machine = machine_of(self.parts, path, self.ended.append)
        self._becomes(talks=False)

    async def test(self, request: Request) -> Response:
        self._becomes(talks=(await read_json(request, _Test)).talks)
        asked = [type(each).__name__ for each in self.told.asked]
        return json_answer({"asked": asked, "ended": self.ended, "sent": [len(each) for each in self.told.sent]})

    def _becomes(self, *, talks: bool) -> None:
        phase = Phase.IN_CALL if talks else Phase.IDLE
        self.parts.store.followed.value = RoomState(link=Link(LinkPhase.UP), phase=phase)
        self.parts.store.apply(UpdateIs(Update(installed="0.1.0")))


async def main(listen: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deputy.sock"
        box = _Box(path)
        pages = pages_of(box.parts, lambda _scope: Caller("anna", Role.MAINTAIN, "session"))
        app = Starlette(routes=[Route("/test", box.test, methods=["POST"]), Mount("/", pages.app)])
        async with deputy(path, box.told), trio.open_nursery() as nursery:
            start = functools.partial(serve_web, app, listen, sockets=pages.sockets, large=pages.large)
            ((host, port), *_) = await nursery.start(start)
            sys.stdout.write(f"{host}:{port}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    trio.run(main, sys.argv[1])
