"""What lets browsers install the pages like programs of their own, and keep what they are made of.

A manifest says how each is called and shown. A service worker gives a page from what the browser has kept where the box
is out of reach, so that the screen itself can say so; browsers run one over HTTPS with a certificate that they trust,
and on the box itself. It is served above all that it is to look after.
"""

from importlib import resources
from typing import Final
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.panel.tongues import LANG, asked, spoken

WORKER: Final = "/panel/worker.js"
_SCOPE: Final = "/panel"
_LONGEST: Final = 12  # characters of a number of inches
_ICONS: Final = [
    {"src": "/panel/static/icon.svg", "type": "image/svg+xml", "sizes": "any"},
    {"src": "/panel/static/app-192.png", "type": "image/png", "sizes": "192x192", "purpose": "any maskable"},
    {"src": "/panel/static/app-512.png", "type": "image/png", "sizes": "512x512", "purpose": "any maskable"},
]


def installed_routes(room: str, language: Language) -> list[Route]:
    """Returns a manifest of each page, and the service worker of both; `room` is the name on the door."""
    worker = resources.files("appliance.panel").joinpath("static/worker.js").read_bytes()

    async def serve_worker(_request: Request) -> Response:
        headers = {"Service-Worker-Allowed": _SCOPE, "Cache-Control": "no-cache"}
        return Response(worker, media_type="text/javascript", headers=headers)

    return [
        _manifest("/panel/panel.webmanifest", "/panel", "panel.app", room, language),
        _manifest("/panel/door.webmanifest", "/panel/door", "panel.app_door", room, language),
        Route(WORKER, serve_worker),
    ]


def kept_query(request: Request) -> str:
    """Returns what of an address is for this screen, with its question mark; empty where nothing is."""
    kept = {LANG: asked(request.scope), "inches": _inches(request.query_params.get("inches", ""))}
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"?{query}" if query else ""


def _inches(text: str) -> str:
    digits = text.replace(".", "", 1)
    return text if digits.isascii() and digits.isdigit() and len(text) <= _LONGEST else ""


def _manifest(path: str, page: str, key: str, room: str, language: Language) -> Route:
    async def serve_manifest(request: Request) -> Response:
        speaks = spoken(asked(request.scope), language)
        manifest = {
            "id": page,
            "start_url": page + kept_query(request),
            "scope": _SCOPE,
            "name": speaks.say(Text(key, room=room)),
            "short_name": room,
            "lang": speaks.code,
            "display": "fullscreen",
            "background_color": "#14655b",
            "theme_color": "#14655b",
            "icons": _ICONS,
        }
        return Response(msgspec.json.encode(manifest), media_type="application/manifest+json")

    return Route(path, serve_manifest)
