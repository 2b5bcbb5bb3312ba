"""Static files of a package (`static/`): read once, served from memory, checked by the browser on each use."""

import hashlib
import mimetypes
from importlib import resources

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}  # not what the machine's tables say


class _Asset(msgspec.Struct, frozen=True):
    content: bytes
    media_type: str
    etag: str


def asset_route(package: str, path: str = "/static") -> Route:
    """Returns a route for every file in the package's folder `static`, at PATH/NAME; answers 304 for unchanged ones."""
    assets = {
        entry.name: _asset(entry.name, entry.read_bytes())
        for entry in resources.files(package).joinpath("static").iterdir()
    }

    async def answer(request: Request) -> Response:
        name = request.path_params["name"]
        asset = assets.get(name)
        if asset is None:
            raise HTTPException(404, f"there is no file `{name}`")
        headers = {"ETag": asset.etag, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == asset.etag:
            return Response(status_code=304, headers=headers)
        return Response(asset.content, media_type=asset.media_type, headers=headers)

    return Route(path + "/{name}", answer)


def _asset(name: str, content: bytes) -> _Asset:
    suffix = name[name.rfind(".") :]
    media_type = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return _Asset(content, media_type, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
