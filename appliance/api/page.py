"""The document of the interface, and a page to try it: both read once, and of files of the package alone."""

import functools
from importlib import resources
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from appliance.access.roles import Caller
from appliance.api.app import Handler
from appliance.runtime.web.assets import asset_route

PACKAGE: Final = "appliance.api"


def document_answer() -> Handler:
    """Returns what answers `getDocument`."""
    document = _static("openapi.json")

    async def answer(_request: Request, _caller: Caller | None) -> Response:
        return Response(document, media_type="application/json")

    return answer


def page_routes() -> list[BaseRoute]:
    """Returns the page, and what it loads."""
    html = _static("try.html")

    async def page(_request: Request) -> Response:
        return HTMLResponse(html)

    return [Route("/", page), asset_route(PACKAGE)]


@functools.cache
def _static(name: str) -> bytes:
    return resources.files(PACKAGE).joinpath("static", name).read_bytes()
