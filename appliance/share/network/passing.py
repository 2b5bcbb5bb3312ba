"""Pictures, files and uploads on their way between a program and the terminal: in pieces, never whole in memory.

Each piece is taken by one side before the next is read from the other, and either may take `WITHIN` seconds for one. So
many transfers at once are a terminal's usual limit; one program has a part of them.
"""

from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, contextmanager
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

import structlog
import trio
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from appliance.runtime.rarely import Rarely
from appliance.share.network.source import NoSource, Place, Source
from appliance.terminal import http
from appliance.terminal.http import HttpError, Response, Upload
from appliance.terminal.pictures import LARGEST_FILE

log = structlog.get_logger()

WITHIN: Final = 20.0  # seconds for a piece, as the web server gives a client
LONGEST: Final = 3600.0  # seconds for a whole transfer
MOST: Final = 16  # transfers at once
OF_ONE: Final = 6  # of one program; browsers open as many
_PASSED: Final = frozenset(
    {
        *("content-type", "content-length", "content-disposition", "cache-control"),
        *("etag", "last-modified", "fileid", "access-control-expose-headers"),
    }
)
"""Headers of the terminal's answers that programs get."""


class _Gone(Exception):
    """The program left in the middle of its upload."""


class Passing:
    """Passes requests on to the terminal's HTTP server, and its answers back."""

    def __init__(self, source: Source, did: Callable[[str], None]) -> None:
        """`did` hears who uploads something."""
        self._source = source
        self._did = did
        self._under_way: list[str] = []
        self._log = Rarely(every=10.0, burst=5)

    async def download(self, who: str, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answers a GET of a program. Raises `HTTPException` where the terminal does not, and nothing was sent yet."""
        answer = _Answer(send)
        with self._place(who), self._bounded(answer):
            response = await self._get(scope, answer)
            if response.status in (401, 403):  # it has forgotten our token
                response = await self._get(scope, answer)
            await answer.end(response)

    async def upload(self, who: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a POST of a program; raises as `download`."""
        headers = Headers(scope=scope)
        answer = _Answer(send)
        with self._place(who), self._bounded(answer):
            async with aclosing(_parts(receive)) as parts:
                place = await self._source.place()
                upload = Upload(headers.get("content-type", ""), _length(headers), parts)
                self._did(who)
                response = await http.post(place.host, place.port, _target(scope, place), upload, within=WITHIN)
            if response.status in (401, 403):
                self._source.forget(place)
            await answer.end(response)

    async def _get(self, scope: Scope, answer: "_Answer") -> Response:
        place = await self._source.place()
        try:
            response = await http.get(
                place.host,
                place.port,
                _target(scope, place),
                within=WITHIN,
                largest_body=LARGEST_FILE,
                begin=answer.begin,
                sink=answer.go_on,
            )
        except HttpError:
            self._source.forget(place)  # it may listen elsewhere by now
            raise
        if response.status in (401, 403):
            self._source.forget(place)
        return response

    @contextmanager
    def _bounded(self, answer: "_Answer") -> Iterator[None]:
        """Ends a transfer that takes too long or fails: with words where there is still room for them."""
        why = "it took too long"
        try:
            with trio.move_on_after(LONGEST) as limit:
                yield
            if not limit.cancelled_caught:
                return
        except _Gone:
            return
        except NoSource as error:
            why = str(error)
        except HttpError as error:
            why = "the terminal's HTTP server does not answer, or the upload has stopped"
            if (more := self._log.kept_back("failed", trio.current_time())) is not None:
                log.info("transfer_failed", reason=str(error), more=more)
        if not answer.has_begun:
            raise HTTPException(503, why)

    @contextmanager
    def _place(self, who: str) -> Iterator[None]:
        if len(self._under_way) >= MOST or self._under_way.count(who) >= OF_ONE:
            raise HTTPException(503, "too many transfers at once; try again later", {"Retry-After": "1"})
        self._under_way.append(who)
        try:
            yield
        finally:
            self._under_way.remove(who)


class _Answer:
    """The answer to a program, as the terminal's arrives."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.has_begun = False

    async def begin(self, response: Response) -> None:
        self.has_begun = True
        headers = [(name, value) for name, value in response.headers.items() if name in _PASSED]
        encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        await self._send({"type": "http.response.start", "status": response.status, "headers": encoded})

    async def go_on(self, data: bytes) -> None:
        await self._send({"type": "http.response.body", "body": data, "more_body": True})

    async def end(self, response: Response) -> None:
        if not self.has_begun:
            await self.begin(response)
        await self._send({"type": "http.response.body", "body": response.body})


def _target(scope: Scope, place: Place) -> str:
    """Returns what a request asks for, with the terminal's token instead of ours."""
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    others = [(name, value) for name, value in query if name != "token"]
    return f"{scope['raw_path'].decode('ascii')}?{urlencode([*others, ('token', place.token)], quote_via=quote)}"


def _length(headers: Headers) -> int:
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        raise HTTPException(411, "expected Content-Length")
    if int(length) > LARGEST_FILE:
        raise HTTPException(413, f"the file is too large; expected at most {LARGEST_FILE} bytes")
    return int(length)


async def _parts(receive: Receive) -> AsyncGenerator[bytes, None]:
    while (message := await receive())["type"] == "http.request":
        if message["body"]:
            yield message["body"]
        if not message["more_body"]:
            return
    raise _Gone
