"""A box whose configuration is changed, with a real deputy and real files: for tests in a browser.

Prints its address, then serves until it is ended. Told where to listen, a folder, the seconds of a trial, and `alone`
where it is to have no deputy. `GET /test/file` tells the file and the audit; `POST /test/link {"up"}` makes the link
so, `/test/write {"text"}` is what somebody else makes of the file.
"""

import sys
from contextlib import AsyncExitStack
from pathlib import Path
from unittest.mock import patch

import msgspec
import trio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import Scope

from appliance.access.roles import Caller, Role
from appliance.run.pages.status import pages_of
from appliance.runtime.web.answers import json_answer, read_json, web_app
from appliance.runtime.web.server import serve_web
from tests.run.editing.boxes import TEXT, Box, box

BROKER = '[mqtt]\nhost = "broker.example.com"\nsite = "hq"\nroom = "neptune"\nuser = "us"\npassword = "BROKER-secret"\n'
MORE = TEXT.replace("[api]\n", BROKER)


class Link(msgspec.Struct, frozen=True):
    up: bool


class Text(msgspec.Struct, frozen=True):
    text: str


def anna(_scope: Scope) -> Caller:
    return Caller("anna", Role.MAINTAIN, "session")


def hooks(one: Box) -> list[Route]:
    async def file(_request: Request) -> Response:
        return json_answer({"text": one.text, "audit": one.audit})

    async def link(request: Request) -> Response:
        one.link(up=(await read_json(request, Link)).up)
        one.parts.news.tell("health")
        return json_answer({})

    async def write(request: Request) -> Response:
        one.file.write_text((await read_json(request, Text)).text)
        return json_answer({})

    acts = [Route(f"/test/{act.__name__}", act, methods=["POST"]) for act in (link, write)]
    return [Route("/test/file", file), *acts]


async def main(listen: str, folder: Path, seconds: float, how: str) -> None:
    async with AsyncExitStack() as stack:
        stack.enter_context(patch("appliance.deputy.trial.SECONDS", seconds))
        one = Box(folder, MORE) if how == "alone" else await stack.enter_async_context(box(folder, MORE))
        pages = pages_of(one.parts, anna, one.state)
        nursery = await stack.enter_async_context(trio.open_nursery())
        app = web_app([*hooks(one), Mount("/", pages.app)])
        serve = lambda **status: serve_web(app, listen, sockets=pages.sockets, large=pages.large, **status)  # noqa: E731  # for `start`
        (host, port), *_ = await nursery.start(serve)
        sys.stdout.write(f"{host}:{port}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    trio.run(main, sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), sys.argv[4])
