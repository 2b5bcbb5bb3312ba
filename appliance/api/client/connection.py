"""Requests to a box, and what becomes of them: an answer of the type that is described, or an error that says why."""

import sys
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

import msgspec
import trio

from appliance.api.about import ROOT
from appliance.api.client.items import Items, Told
from appliance.runtime.fetch import Answer, FetchError, Way, fetch
from appliance.runtime.fetch import Ask as Request
from appliance.runtime.web.uploads import FILE

T = TypeVar("T")

WITHIN: Final = 20.0  # seconds; an action may be answered after ten
SILENT: Final = 40.0  # seconds without a sign of life, of which there is one each 15, after which nobody is there
LARGEST_FILE: Final = 33 * 2**20  # bytes; a backup has at most 32 million
LARGEST: Final = 16 * 2**20  # bytes of an answer; a view with a full roster has less than one


class RemoteError(Exception):
    """A request came to nothing."""


class UnreachedError(RemoteError):
    """No box answers there, or it is another one than was expected."""


class NotUnderstoodError(RemoteError):
    """The answer is not what is described: no box, or one that is much newer than this client."""


class RefusedError(RemoteError):
    """The box refuses a request; `status`: of HTTP."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class _Problem(msgspec.Struct, frozen=True):
    detail: str = ""


class Connection:
    """A box at an address. Each request has a connection of its own; nothing is kept between two."""

    def __init__(self, base: str, token: str | None = None, way: Way = Way()) -> None:  # noqa: B008  # frozen
        """`base`: `https://HOST:PORT`; `http://` only for this machine. `way`: whom to trust, and by which proxy."""
        self._base = base.rstrip("/") + ROOT
        self._token = token
        self._way = way

    def __repr__(self) -> str:
        return f"Connection({self._base!r})"

    async def ask(
        self,
        method: str,
        path: str,
        answers: type[T],
        *,
        body: object = None,
        headers: Mapping[str, str | None] | None = None,
        query: Mapping[str, object] | None = None,
        within: float | None = None,
    ) -> T:
        """Returns what the box answers; text where `answers` is `str`, a file where it is `bytes`, as `body` may be.

        Raises `RemoteError`.
        """
        largest = LARGEST_FILE if answers is bytes else LARGEST
        answer = await self._fetch(
            method,
            path + _query(query or {}),
            body,
            headers or {},
            within=within or WITHIN,
            largest=largest,
        )
        if answer.status != 200:
            raise _refused(answer)
        return _read(answer.body, answers)

    async def follow(self, path: str, hear: Callable[[Told], None], after: str | None) -> None:
        """Tells `hear` of each item until the box ends it, or `hear` raises something, which is raised here.

        `after`: the id of the last item that is known. Raises `RemoteError`.
        """
        reading = _Reading(hear)
        asked = {"Last-Event-ID": after, "Accept": "text/event-stream"}
        with reading.scope:
            answer = await self._fetch("GET", path, None, asked, within=SILENT, largest=sys.maxsize, sink=reading.take)
            if answer.status != 200:
                raise _refused(answer)
        if reading.error is not None:
            raise reading.error

    async def _fetch(
        self,
        method: str,
        path: str,
        body: object,
        headers: Mapping[str, str | None],
        **how: Any,  # noqa: ANN401  # of `fetch`
    ) -> Answer:
        said = {name: value for name, value in headers.items() if value is not None}
        if self._token is not None:
            said["Authorization"] = f"Bearer {self._token}"
        if body is not None:
            said["Content-Type"] = FILE if isinstance(body, bytes) else "application/json"
        written = body if isinstance(body, bytes) else b"" if body is None else msgspec.json.encode(body)
        request = Request(method, said, written)
        try:
            return await fetch(self._base + path, request, way=self._way, **how)
        except FetchError as error:
            raise UnreachedError(str(error)) from None


def _query(said: Mapping[str, object]) -> str:
    """Returns what is said behind a path; nothing of what is None."""
    words = {name: str(value).lower() for name, value in said.items() if value is not None}
    return f"?{urlencode(words)}" if words else ""


def _refused(answer: Answer) -> RefusedError:
    try:
        detail = msgspec.json.decode(answer.body, type=_Problem).detail
    except (msgspec.MsgspecError, UnicodeDecodeError):
        detail = ""
    return RefusedError(answer.status, detail or f"it answers {answer.status}")


class _Reading:
    """Gives items to somebody. What goes wrong there ends the answer where it is waited for, and nowhere else.

    The library's generators are then closed in their turn, which an error among them would prevent.
    """

    def __init__(self, hear: Callable[[Told], None]) -> None:
        self.scope = trio.CancelScope()
        self.error: Exception | None = None
        self._hear = hear
        self._items = Items()

    async def take(self, chunk: bytes) -> None:
        if self.error is None:
            self._take(chunk)

    def _take(self, chunk: bytes) -> None:
        try:
            for item in self._whole(chunk):
                self._hear(item)
        except Exception as error:  # whatever it is, it is raised as soon as the answer is closed
            self.error = error
            self.scope.cancel()

    def _whole(self, chunk: bytes) -> list[Told]:
        try:
            return [*self._items.feed(chunk)]
        except ValueError as error:
            raise NotUnderstoodError(f"what is told is not what this version knows: {error}") from None


def _read(body: bytes, answers: type[T]) -> T:
    try:
        if answers is bytes:
            return body  # type: ignore[return-value]  # it is T
        return body.decode() if answers is str else msgspec.json.decode(body, type=answers)  # type: ignore[return-value]  # as above
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise NotUnderstoodError(f"the answer is not what this version knows: {error}") from None
