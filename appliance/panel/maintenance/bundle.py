"""`/maintenance/bundle.zip`: the support bundle, made in a thread, one at a time, and sent in pieces."""

from collections.abc import AsyncIterator

import trio
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.maintain.bundle import CHUNK, made
from appliance.panel import tongues
from appliance.panel.maintenance.desk import Desk
from appliance.panel.maintenance.routes import BASE, Whose, need_maintainer


def bundle_route(desk: Desk, whose: Whose, language: Language) -> Route:
    """Returns the route."""
    making = trio.Lock()

    async def bundle(request: Request) -> Response:
        spoken = tongues.spoken(tongues.asked(request.scope), language)
        caller = need_maintainer(whose, request, spoken)
        if making.locked():
            raise HTTPException(503, spoken.say(Text("maintain.one_bundle")), {"Retry-After": "10"})
        async with making:
            desk.notes.note(caller.name, "support_bundle", by=caller.by, soon=True)
            packed = await trio.to_thread.run_sync(made, await desk.bundle(spoken))
        name = f"offhook-{desk.clock() or 0:%Y%m%d-%H%M%S}.zip" if desk.clock() else "offhook.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(len(packed))}
        return StreamingResponse(_pieces(packed), media_type="application/zip", headers=headers)

    return Route(f"{BASE}/bundle.zip", bundle, methods=["GET"])


async def _pieces(packed: bytes) -> AsyncIterator[bytes]:
    for begin in range(0, len(packed), CHUNK):
        yield packed[begin : begin + CHUNK]
        await trio.lowlevel.checkpoint()
