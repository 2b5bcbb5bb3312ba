"""The terminal's web port, which says where the others are."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from appliance.panel.web.answers import json_answer, web_app
from appliance.simulator.ports import Ports


def discovery_app(ports: Ports) -> ASGIApp:
    """Serves `/public/default/config.json`, which names the other two ports."""
    config = {
        "config": {
            "websocket": {"hostname": None, "port": ports.ws},
            "http": {"hostname": None, "port": ports.http},
        }
    }

    async def discover(_request: Request) -> Response:
        return json_answer(config)

    return web_app([Route("/public/default/config.json", discover)])
