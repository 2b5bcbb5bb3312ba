"""Pictures and files of the terminal over HTTP: avatars, video frames, downloads and uploads.

Source: the manual's last section (`/TYPE/ID`), and newer terminals, which take the id and a token as query.
"""

import math
import mimetypes
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, suppress
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlencode

import msgspec
import trio

from appliance.terminal import http
from appliance.terminal.client.client import Client
from appliance.terminal.http import HttpError, Response, Sink, TooLarge, Upload
from appliance.terminal.messages.base import FileId

OWN_CAMERA = "VideoCaptureSlot"
OWN_CAMERA_NEWER = "#self:0"  # the same where the id is in the query
TOKEN_LIFE = 300.0  # seconds
RENEW_BEFORE = 60.0  # seconds before its end that a token is replaced
LARGEST_PICTURE = 16 * 2**20  # bytes
LARGEST_FILE = 2**30  # bytes
WITHIN = 10.0  # seconds
CHUNK = 2**16  # bytes

Kind = Literal["avatars", "frames", "files"]


class NotRunning(HttpError):
    """The terminal's HTTP server does not run (`embeddedHttpPort` is 0)."""


class NotFound(HttpError):
    """404: the terminal does not have this picture or file."""


class TokenRefused(HttpError):
    """401 or 403: neither our token nor a new one is accepted."""


class Overloaded(HttpError):
    """429 or 503: too many connections; it may work later."""


class UnexpectedStatus(HttpError):
    """Any other HTTP status, which is `status`."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Picture(msgspec.Struct, frozen=True):
    """A picture as received, and its type (`image/jpeg`)."""

    content_type: str
    data: bytes


class Pictures:
    """Downloads from, and uploads to, the HTTP server of the terminal that `client` is connected to.

    Every method raises an `HttpError` (`NotRunning`, `NotFound`, `TokenRefused`, `TooLarge`, `Overloaded`,
    `UnexpectedStatus`, or `HttpError` itself without a response), or what the client's commands raise.
    """

    def __init__(self, client: Client, *, within: float = WITHIN) -> None:
        self._client = client
        self._within = within
        self._token = ""
        self._token_ends = -math.inf  # monotonic seconds
        self._renewing = trio.Lock()
        self._port = client.http_port or 0
        self._by_query: bool | None = None  # which form of address the terminal takes; None: not known yet

    async def avatar(self, peer_id: str, *, largest: int = LARGEST_PICTURE) -> Picture:
        """Returns somebody's avatar, of at most `largest` bytes."""
        return _picture(await self._fetch("avatars", peer_id, largest))

    async def frame(self, peer_id: str = OWN_CAMERA, *, largest: int = LARGEST_PICTURE) -> Picture:
        """Returns the latest video frame of a participant or of the terminal's own camera, at most `largest` bytes."""
        return _picture(await self._fetch("frames", peer_id, largest))

    async def file(self, file_id: FileId, *, largest: int = LARGEST_PICTURE) -> Picture:
        """Returns a file of at most `largest` bytes; `save` takes larger ones."""
        return _picture(await self._fetch("files", str(file_id), largest))

    async def save(self, kind: Kind, name: str, path: Path, *, largest: int = LARGEST_FILE) -> None:
        """Downloads `name`, of this `kind`, to `path` in chunks; a failure leaves `path` as it was.

        Raises `OSError` where it cannot be written.
        """
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
        try:
            async with await trio.open_file(part, "wb") as file:
                await self._fetch(kind, name, largest, file.write)
            await trio.Path(part).replace(path)
        finally:
            with trio.CancelScope(shield=True), suppress(FileNotFoundError):
                await trio.Path(part).unlink()

    async def upload(self, path: Path) -> str:
        """Uploads a file to the terminal's HTTP server; returns its id there. Raises `OSError` if it cannot be read."""
        response = await self._with_token(partial(self._post, path))
        file_id = response.headers.get("fileid", "")
        if not file_id:
            raise UnexpectedStatus(f"{self._client.host}: the terminal took the file and gave no id", response.status)
        return file_id

    async def _fetch(self, kind: Kind, name: str, largest: int, sink: Sink | None = None) -> Response:
        forms = (False, True) if self._by_query is None else (self._by_query,)
        for by_query in forms:
            try:
                response = await self._get(kind, name, largest, sink, by_query=by_query)
            except (NotFound, UnexpectedStatus):  # of the wrong form, perhaps
                if by_query is forms[-1]:
                    raise
            else:
                self._by_query = by_query
                return response
        raise AssertionError("the last form returns or raises")  # for the type checker

    async def _get(self, kind: Kind, name: str, largest: int, sink: Sink | None, *, by_query: bool) -> Response:
        async def once(port: int, token: str) -> Response:
            address = target(kind, name, token, by_query=by_query)
            return await http.get(
                self._client.host, port, address, within=self._within, largest_body=largest, sink=sink
            )

        return await self._with_token(once)

    async def _post(self, path: Path, port: int, token: str) -> Response:
        boundary = secrets.token_hex(16)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        name = path.name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            f"Content-Type: {kind}\r\n\r\n"
        ).encode()
        tail = f"\r\n--{boundary}--\r\n".encode()
        size = (await trio.Path(path).stat()).st_size
        length = len(head) + size + len(tail)
        target = f"/files/?{urlencode({'token': token})}"
        async with aclosing(_parts(head, path, tail)) as parts:
            upload = Upload(f"multipart/form-data; boundary={boundary}", length, parts)
            return await http.post(self._client.host, port, target, upload, within=self._within)

    async def _with_token(self, ask: Callable[[int, str], Awaitable[Response]]) -> Response:
        """Asks with a valid token; once more with a new one if the terminal refuses it."""
        response = await self._once(ask)
        if response.status in (401, 403):
            self._token_ends = -math.inf
            response = await self._once(ask)
        return _checked(response, self._client.host)

    async def _once(self, ask: Callable[[int, str], Awaitable[Response]]) -> Response:
        token = await self._live_token()
        port = await self._known_port()
        try:
            return await ask(port, token)
        except TooLarge:
            raise
        except HttpError:
            self._port = self._client.http_port or 0  # it may listen elsewhere by now
            raise

    async def _live_token(self) -> str:
        async with self._renewing:
            now = trio.current_time()
            if now >= self._token_ends - RENEW_BEFORE:
                self._token = (await self._client.access.http_token()).token
                self._token_ends = now + TOKEN_LIFE
            return self._token

    async def _known_port(self) -> int:
        if self._port == 0:
            self._port = (await self._client.calls.state()).embedded_http_port
        if self._port == 0:
            raise NotRunning(f"{self._client.host}: the terminal's HTTP server does not run")
        return self._port


def target(kind: Kind, name: str, token: str, *, by_query: bool) -> str:
    """Returns where the terminal has this on its HTTP server, in one of the two forms of address."""
    if not by_query:
        return f"/{kind}/{quote(name, safe='@')}?{urlencode({'token': token})}"
    key = "fileId" if kind == "files" else "peerId"
    value = OWN_CAMERA_NEWER if name == OWN_CAMERA else name
    return f"/{kind}/?{urlencode({key: value, 'token': token}, quote_via=quote)}"


def _checked(response: Response, host: str) -> Response:
    """Returns the response if its status is 200; each other status is an error of its own."""
    status = response.status
    if status == 200:
        return response
    said = f"{host}: HTTP {status} {response.body[:200].decode(errors='replace')}".rstrip()
    kinds = {401: TokenRefused, 403: TokenRefused, 404: NotFound, 413: TooLarge, 429: Overloaded, 503: Overloaded}
    raise kinds[status](said) if status in kinds else UnexpectedStatus(said, status)


def _picture(response: Response) -> Picture:
    return Picture(response.headers.get("content-type", ""), response.body)


async def _parts(head: bytes, path: Path, tail: bytes) -> AsyncGenerator[bytes, None]:
    yield head
    async with await trio.open_file(path, "rb") as file:
        while piece := await file.read(CHUNK):
            yield piece
    yield tail
