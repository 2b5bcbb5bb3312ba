"""What pages ask of pairing.

- `POST /panel/pairing` shows a code on the display, to a screen that wants to be paired, whoever has it.
- `POST /panel/pairing/code` takes that code, or the one of an invitation; the answer has the cookie of a paired screen.
- `POST /panel/pairing/offer` invites a phone, for whoever may touch the room already and sees it: a paired screen, one
  at the box, or a maintainer. The answer has the QR code, for that screen alone. Programs get none: who has a token for
  a while could keep the room for ever.
- `POST /panel/pairing/hide` ends the invitation, for the same.

All over HTTPS, or on the box itself: what a paired screen then shows with each request is a secret. Another
site's page can ask for none of it: see `login.routes`.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Final, NamedTuple, Protocol

import msgspec
import trio
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.access.gate import PANEL_COOKIE, Gate
from appliance.access.roles import By, Caller, Role
from appliance.access.shown import is_private
from appliance.language.catalogue import Language
from appliance.language.text import Text
from appliance.panel import tongues
from appliance.panel.pair.pairing import CannotPair, Pairing
from appliance.room.parts.shown import PairingCode
from appliance.runtime.web.answers import json_answer, read_json

PATH: Final = "/panel/pairing"
YEARS: Final = 400 * 86_400  # seconds: as long as browsers keep a cookie
_IN_THE_ROOM: Final[frozenset[By]] = frozenset({"box", "panel", "session"})


class Invites(Protocol):
    """Invites phones."""

    @property
    def can(self) -> bool:
        """Whether a phone can be invited at all."""

    async def invite(self, by: Caller) -> PairingCode:
        """Returns the invitation that is shown; where there is none, a new one of `by`. Raises `CannotPair`."""

    def hide(self) -> None:
        """Ends an invitation."""


class Pairs(NamedTuple):
    """What pairs screens and phones; `fingerprint` is that of the certificate, as browsers show it."""

    pairing: Pairing
    inviting: Invites
    fingerprint: Callable[[], str] = str


class _Code(msgspec.Struct, frozen=True):
    code: Annotated[str, msgspec.Meta(max_length=20)]


class Offer(msgspec.Struct, frozen=True):
    """An invitation as a screen shows it. `seconds`: how long it is good. `rows`: the QR code, `1` for dark modules."""

    seconds: float
    where: str
    code: str
    rows: tuple[str, ...]
    fingerprint: str


def pairing_routes(pairs: Pairs, gate: Gate, language: Language) -> list[Route]:
    """Returns all of them."""

    async def begin(request: Request) -> Response:
        spoken = _spoken(request)
        _need_private(request, spoken)
        with _said(spoken):
            return json_answer({"seconds": pairs.pairing.begin()})

    async def end(request: Request) -> Response:
        spoken = _spoken(request)
        _need_private(request, spoken)
        typed = await read_json(request, _Code)
        with _said(spoken):
            secret = await pairs.pairing.end(typed.code, "" if request.client is None else request.client.host)
            return _paired(secret)

    async def offer(request: Request) -> Response:
        caller = _need_room(gate, request)
        with _said(_spoken(request)):
            return await _offered(pairs, caller)

    async def hide(request: Request) -> Response:
        _need_room(gate, request)
        pairs.inviting.hide()
        return json_answer({})

    def _spoken(request: Request) -> Language:
        return tongues.spoken(tongues.asked(request.scope), language)

    answers = {"": begin, "/code": end, "/offer": offer, "/hide": hide}
    return [Route(f"{PATH}{path}", answer, methods=["POST"]) for path, answer in answers.items()]


def _need_private(request: Request, language: Language) -> None:
    if not is_private(request.scope):
        raise HTTPException(403, language.say(Text("pair.plain")))


def _need_room(gate: Gate, request: Request) -> Caller:
    """Returns who asks. Raises `HTTPException` 403 unless they may touch the room, and may show others how to."""
    caller = gate.caller(request.scope)
    if caller is None or caller.by not in _IN_THE_ROOM or not caller.may(Role.TOUCH):
        raise HTTPException(403, "a phone is invited by a paired screen, one at the box, or a maintainer")
    return caller


@contextmanager
def _said(language: Language) -> Iterator[None]:
    try:
        yield
    except CannotPair as error:
        headers = {"Retry-After": str(math.ceil(error.wait))} if error.wait else None
        raise HTTPException(429 if error.wait else 409, language.say(error.text), headers) from None


def _paired(secret: str) -> Response:
    answer = json_answer({})
    answer.set_cookie(PANEL_COOKIE, secret, max_age=YEARS, path="/panel", secure=True, httponly=True, samesite="strict")
    return answer


async def _offered(pairs: Pairs, caller: Caller) -> Response:
    shown = await pairs.inviting.invite(caller)
    certificate = await trio.to_thread.run_sync(pairs.fingerprint)
    rows, seconds = tuple(shown.matrix.text.split()), max(0.0, shown.until - trio.current_time())
    answer = json_answer(Offer(seconds, shown.where, shown.code.text, rows, certificate))
    answer.headers["Cache-Control"] = "no-store"
    return answer
