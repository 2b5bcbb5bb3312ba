"""What a program asks of the room, and what it is answered.

A request that nobody can read, or that whoever sends it may not make, is refused with a status of HTTP. Any other has
an answer with 200, whatever the room makes of it: `outcome` says that, and `why` in words.

A program that got no answer cannot know whether the room was asked. So it may name a request by a key of its own
(`Idempotency-Key`) and send it again: the room is asked once, and each gets the answer of the first, be it that the
room has refused. While that is on its way, they wait for it. A refusal by a status of HTTP never came to the room, so
that it is not kept: whoever sends the same again is judged anew, and so is who has waited. (As
draft-ietf-httpapi-idempotency-key-header has it, and the interfaces of payment services, from which it comes.)
"""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec
import trio
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from appliance.access.roles import Caller
from appliance.api.app import Handler
from appliance.api.asks import KEYS, LONGEST_KEY, Ask, Done, Forms
from appliance.api.who import known
from appliance.runtime.web.answers import json_answer, read_json

KEY: Final = "idempotency-key"
KEPT: Final = 256  # answers; programs that send again do so within seconds


Act = Callable[[Ask, Caller], Awaitable[Done]]
"""Asks the room. Raises `HTTPException`: whoever asks may not, or asks too often."""


class _Kept:
    """A request with a key, and the answer to it once there is one. `was_judged`: it came to the room, or may have."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.answer: Done | None = None
        self.was_judged = True
        self.done = trio.Event()


class Acting:
    """Answers `postAction`."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()

    async def answer(self, request: Request, caller: Caller | None) -> Response:
        """Asks the room, or answers as before."""
        caller = known(caller)
        ask = await read_json(request, Ask)
        key = _key(request)
        if key is None:
            return json_answer(await self._act(ask, caller))
        name = caller.name, key
        body = hashlib.sha256(msgspec.json.encode(ask)).digest()
        while (before := self._kept.get(name)) is not None:
            if (done := await _again(before, body)) is not None:
                return json_answer(done)
        return json_answer(await self._first(name, _Kept(body), ask, caller))

    async def _first(self, name: tuple[str, str], kept: _Kept, ask: Ask, caller: Caller) -> Done:
        self._kept[name] = kept
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        try:
            kept.answer = await self._act(ask, caller)
        except HTTPException:
            kept.was_judged = False
            if self._kept.get(name) is kept:
                del self._kept[name]
            raise
        finally:
            kept.done.set()
        return kept.answer


async def _again(kept: _Kept, body: bytes) -> Done | None:
    """Returns what was answered, or None where it has to be judged anew. Raises `HTTPException`."""
    if kept.body != body:
        raise HTTPException(409, "something else was asked with this Idempotency-Key; expected another key")
    await kept.done.wait()
    if not kept.was_judged:
        return None
    return kept.answer or Done("asked")  # whoever asked first has left before there was an answer


def _key(request: Request) -> str | None:
    """Returns the key of a request. Raises `HTTPException`: it is none."""
    key = request.headers.get(KEY)
    if key is None or re.fullmatch(KEYS, key):
        return key
    expected = f"expected 1 to {LONGEST_KEY} printable ASCII characters without spaces"
    raise HTTPException(400, f"the Idempotency-Key is no key; {expected}")


def actions_answer(forms: Callable[[Caller], Forms]) -> Handler:
    """Returns what answers `getActions`."""

    async def answer(_request: Request, caller: Caller | None) -> Response:
        caller = known(caller)
        return json_answer(forms(caller))

    return answer
