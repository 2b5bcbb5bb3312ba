"""The commands that the appliance answers itself: about who comes in. The terminal never hears of them."""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from appliance.share.grants import ADMINISTRATOR, Grant, Role
from appliance.share.program import Program
from appliance.share.requests import Request, accepted, refused
from appliance.share.tokens import Tokens
from appliance.terminal.messages.enums import AuthResult

WRONG: Final = "wrong credentials"
NOT_AUTHORISED: Final = "authorization needed"
MOST_WRONG: Final = 5  # wrong credentials on one connection; after that it is closed
ROLES: Final = frozenset({"admin", "user"})


class Own:
    """Answers those commands."""

    def __init__(self, now: Callable[[], float]) -> None:
        """`now`: monotonic seconds."""
        # a token is good where it was given only: what root gets here without a PIN is no key for the network
        self._tokens = {secured: Tokens(now) for secured in (False, True)}
        self._answers = {
            "getauthinfo": self._describe,
            "cleartokens": self._clear,
        }

    def answer(self, program: Program, request: Request) -> bytes | None:
        """Returns the reply, None where the command is for the terminal."""
        answer = self._answers.get(request.method.lower())
        return None if answer is None else answer(program, request)

    def let_in(self, program: Program, request: Request) -> Grant | None:
        """Returns what a program may do from now on; None where what it shows is wrong: it keeps what it had."""
        grant = self._grant(program, request)
        if grant is not None:
            program.grant, program.wrong = grant, 0
            program.stays = program.stays or grant.stay
            return grant
        program.wrong += 1
        return None

    def welcome(self, program: Program, request: Request, grant: Grant, http_token: str) -> bytes:
        """Returns the reply to an `auth` that was granted."""
        return accepted(
            request,
            previleges=int(grant.privileges),
            token=self._tokens[program.doors.secured].give(grant),
            tokenForHttpServer=http_token,
            resultCode=int(AuthResult.SUCCESS),
        )

    def _grant(self, program: Program, request: Request) -> Grant | None:
        role, kind = request.text("role"), request.text("type")
        if "type" not in request.parameters:
            return _as_user(program.grant) if role == "user" else None
        if kind == "unsecured":
            grant = program.doors.enter(None)
            return _as_user(grant) if role == "user" else _only(grant, role)
        credentials = request.text("credentials")
        if kind != "secured" or credentials is None:
            return None
        return _only(self._tokens[program.doors.secured].grant(credentials) or program.doors.enter(credentials), role)

    def _describe(self, program: Program, request: Request) -> bytes:
        security: dict[str, Any] = {"security": "password" if program.doors.secured else "unsecured"}
        return accepted(request, adminAuth=security, userAuth=security)

    def _clear(self, program: Program, request: Request) -> bytes:
        if program.grant is None:
            return refused(request, NOT_AUTHORISED)
        if program.grant.role is not Role.ADMIN:
            return refused(request, ADMINISTRATOR)
        for tokens in self._tokens.values():
            tokens.clear()
        return accepted(request)


def not_welcome(request: Request) -> bytes:
    """Returns the reply to an `auth` that was not granted."""
    return refused(request, WRONG, resultCode=int(AuthResult.WRONG_CREDENTIALS))


def _only(grant: Grant | None, role: str | None) -> Grant | None:
    """Returns a grant if it is for the account that was asked for, as a terminal finds the account by credentials."""
    if grant is None or role is None:
        return grant
    return grant if role in ROLES and (role == "admin") == (grant.role is Role.ADMIN) else None


def _as_user(grant: Grant | None) -> Grant | None:
    """Returns less than a grant: the user's rights."""
    if grant is None or grant.role is not Role.ADMIN:
        return grant
    return msgspec.structs.replace(grant, role=Role.USER, power=False)
