"""Who may: each operation needs a role, and without it says which, and how to come by it."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import Scope

from appliance.access.gate import Gate
from appliance.access.roles import Caller, Role
from appliance.access.shown import bearer_of, is_private

REALM: Final = 'Bearer realm="offhook"'


def caller_with(gate: Gate, scope: Scope, least: Role) -> Caller:
    """Returns who sends a request. Raises `HTTPException`: 401 for nobody that is known, 403 for a lesser role."""
    caller = gate.caller(scope)
    if caller is None or (caller.by == "box" and not caller.may(least)):  # who is at the box has shown nothing so far
        raise _unknown(scope)
    if not caller.may(least):
        detail = f"this needs the role `{least.word}`, and {caller.name} has `{caller.role.word}`"
        raise HTTPException(403, detail, {"WWW-Authenticate": f'{REALM}, error="insufficient_scope"'})
    return caller


def known(caller: Caller | None) -> Caller:
    """Returns who sends a request to an operation that needs a role: nobody who has none comes so far."""
    assert caller is not None  # noqa: S101  # the table says that it needs a role
    return caller


def refusal(gate: Gate, scope: Scope, least: Role) -> HTTPException | None:
    """Returns why whoever sends a request may not; None where they may."""
    try:
        caller_with(gate, scope, least)
    except HTTPException as error:
        return error
    return None


def _unknown(scope: Scope) -> HTTPException:
    """Returns what to do; `invalid_token` is only said to who has shown one (RFC 6750, 3.1)."""
    expected = "expected `Authorization: Bearer TOKEN` with a token of this box"
    if bearer_of(scope) is None:
        return HTTPException(401, f"nobody who may is known by this request; {expected}", {"WWW-Authenticate": REALM})
    if not is_private(scope):
        expected = "expected HTTPS: a token counts in no other way, and this one was sent in plain"
    said = f'{REALM}, error="invalid_token"'
    return HTTPException(401, f"this token is not known here, or is over; {expected}", {"WWW-Authenticate": said})
