"""Static files of a package (`static/`): read once, served from memory.

Browsers check them on each use, or keep those whose path has the mark of their content.
"""

import functools
import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}  # not what the machine's tables say

FOR_EVER = "public, max-age=31536000, immutable"  # a year is as long as caches keep anything (RFC 9111)
IMPORT = re.compile(r"""(?m)^(?:import\b[^"']*|export\b[^"']*\bfrom\s*|}\s*from\s*)["'](\.{1,2}/[^"']+)["']""")


class _Asset(msgspec.Struct, frozen=True):
    content: bytes
    media_type: str
    etag: str


def asset_route(package: str, path: str = "/static") -> Route:
    """Returns a route for every file below the package's `static`, at PATH/NAME; answers 304 for unchanged ones.

    At PATH/MARK/NAME, with the mark of now, browsers keep them without asking again (`mark_of`).
    """
    assets = _assets(package)
    marked = mark_of(package) + "/"

    async def answer(request: Request) -> Response:
        name = request.path_params["name"]
        asset = assets.get(name.removeprefix(marked))
        if asset is None:
            raise HTTPException(404, f"there is no file `{name}`")
        headers = {"ETag": asset.etag, "Cache-Control": FOR_EVER if name.startswith(marked) else "no-cache"}
        if request.headers.get("if-none-match") == asset.etag:
            return Response(status_code=304, headers=headers)
        return Response(asset.content, media_type=asset.media_type, headers=headers)

    return Route(path + "/{name:path}", answer)


@functools.cache
def _assets(package: str) -> Mapping[str, _Asset]:
    return {name: _asset(name, file.read_bytes()) for name, file in _files(package)}


@functools.cache
def modules_of(package: str, name: str) -> Sequence[str]:
    """Returns the scripts that a script imports, and those that these do: a page can have all fetched at once."""
    static, found = resources.files(package).joinpath("static"), list[str]()
    waiting = [name]
    while waiting:
        module = waiting.pop(0)
        if module not in found:
            found.append(module)
            imported = IMPORT.findall(static.joinpath(module).read_text())
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(module), each)) for each in imported]
    return tuple(found[1:])


@functools.cache
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
