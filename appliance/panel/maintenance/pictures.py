"""`/maintenance/display.png`, what is on the glass now, and `/maintenance/wiring.svg`, where each wire goes."""

import io

import trio
from PIL import Image
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.panel import tongues
from appliance.panel.maintenance.desk import Desk
from appliance.panel.maintenance.routes import BASE, Whose, need_maintainer


def picture_routes(desk: Desk, whose: Whose, language: Language) -> list[Route]:
    """Returns the routes."""

    async def display(request: Request) -> Response:
        spoken = tongues.spoken(tongues.asked(request.scope), language)
        need_maintainer(whose, request, spoken)
        if (glass := desk.glass()) is None:
            raise HTTPException(404, spoken.say(Text("maintain.dark")))
        return Response(await trio.to_thread.run_sync(png, glass), media_type="image/png")

    async def wiring(request: Request) -> Response:
        spoken = tongues.spoken(tongues.asked(request.scope), language)
        need_maintainer(whose, request, spoken)
        return Response(await trio.to_thread.run_sync(desk.wiring, spoken), media_type="image/svg+xml")

    return [Route(f"{BASE}/display.png", display), Route(f"{BASE}/wiring.svg", wiring)]


def png(glass: Image.Image) -> bytes:
    """Returns a picture as a PNG. Blocks for a moment."""
    encoded = io.BytesIO()
    glass.convert("L" if glass.mode in {"1", "L"} else "RGB").save(encoded, "PNG")
    return encoded.getvalue()
