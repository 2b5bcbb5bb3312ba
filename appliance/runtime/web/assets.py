"""Static files of a package (`static/`): read once, served from memory, checked by the browser on each use."""

import hashlib
import mimetypes
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

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
    """Returns a route for every file below the package's `static`, at PATH/NAME; answers 304 for unchanged ones."""
    assets = {name: _asset(name, file.read_bytes()) for name, file in _files(package)}

    async def answer(request: Request) -> Response:
        name = request.path_params["name"]
        asset = assets.get(name)
        if asset is None:
            raise HTTPException(404, f"there is no file `{name}`")
        headers = {"ETag": asset.etag, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == asset.etag:
            return Response(status_code=304, headers=headers)
        return Response(asset.content, media_type=asset.media_type, headers=headers)

    return Route(path + "/{name:path}", answer)


def mark_of(package: str) -> str:
    """Returns what is another as soon as any of a package's static files is."""
    digest = hashlib.sha256()
    for name, file in sorted(_files(package), key=lambda found: found[0]):
        digest.update(name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _files(package: str) -> Iterator[tuple[str, Traversable]]:
    return _below(resources.files(package).joinpath("static"), "")


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _below(entry, f"{path}{entry.name}/")
        else:
            yield path + entry.name, entry


def _asset(name: str, content: bytes) -> _Asset:
    suffix = name[name.rfind(".") :]
    media_type = TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return _Asset(content, media_type, f'"{hashlib.sha256(content).hexdigest()[:32]}"')
