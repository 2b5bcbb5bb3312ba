"""The terminal's web port, where clients find out the other ports."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from appliance.runtime.web.answers import json_answer, web_app
from appliance.simulator.wire.faults import Faults
from appliance.simulator.wire.ports import Ports


def discovery_app(ports: Ports, faults: Faults) -> ASGIApp:
    """Returns an app with `/public/default/config.json`, which names the other two ports."""

    async def discover(_request: Request) -> Response:
        ws, http = ((port + faults.port_error) % 65536 for port in (ports.ws, ports.http))
        return json_answer(
            {"config": {"websocket": {"hostname": None, "port": ws}, "http": {"hostname": None, "port": http}}}
        )

    return web_app([Route("/public/default/config.json", discover)])
