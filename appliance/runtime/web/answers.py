"""JSON in and out: bodies read into typed values, answers and errors written, long polls bounded."""

from collections.abc import Sequence
from typing import TypeVar

import msgspec
import trio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from appliance.runtime.web.problems import is_for_programs, problem_answer

T = TypeVar("T")

LONG_POLL = 20.0  # seconds after which a long poll answers with what there is


def json_answer(value: object, status: int = 200) -> Response:
    """Returns an answer with a value that msgspec can encode."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def error_answer(error: HTTPException, path: str = "") -> Response:
    """Returns an answer that says what was wrong and what was expected: `{"error": "..."}`.

    `path`: of what was asked for; programs are told in a form of their own, see `problems`.
    """
    if is_for_programs(path):
        return problem_answer(error)
    answer = json_answer({"error": error.detail}, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


async def read_json(request: Request, kind: type[T]) -> T:
    """Returns the body as `kind`; 400 where it is not JSON or does not fit."""
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OverflowError) as error:  # as msgspec raises
        raise HTTPException(400, f"{request.url.path}: {error}") from None
    except ClientDisconnect:
        raise HTTPException(400, "the body ended early") from None


class Revision:
    """A number that grows with every change of something, for those who wait for the next one."""

    def __init__(self) -> None:
        self.value = 1
        self._waiting = trio.lowlevel.ParkingLot()

    def changed(self) -> None:
        """Counts one change and wakes all who wait."""
        self.value += 1
        self._waiting.unpark_all()

    async def newer_than(self, seen: int) -> int:
        """Returns the revision as soon as it is not `seen` (smaller: whoever asks knew an earlier run)."""
        while self.value == seen:
            await self._waiting.park()
        return self.value


async def long_poll(request: Request, revision: Revision) -> None:
    """Waits as `?after=REVISION` asks, at most `LONG_POLL` seconds; without it not at all."""
    after = request.query_params.get("after")
    if after is None:
        return
    if not (after.isascii() and after.isdigit() and len(after) <= 18):
        raise HTTPException(400, f"after is `{after}`; expected the number of a revision")
    with trio.move_on_after(LONG_POLL):
        await revision.newer_than(int(after))


async def _say(_request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return error_answer(error)
    return json_answer({"error": "this failed; the log says why"}, 500)


def web_app(routes: Sequence[BaseRoute]) -> Starlette:
    """Returns an application whose every error is JSON."""
    return Starlette(routes=list(routes), exception_handlers={HTTPException: _say, Exception: _say})
