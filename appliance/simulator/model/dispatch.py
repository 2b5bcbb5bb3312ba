"""From a frame to its reply.

A frame must be a JSON object with a method. Then these are checked in this order, and the first that fails is the
refusal: authorisation, that the method is known, the account, the parameters, the application state. What the command
itself refuses comes last.
"""

from typing import Any

import msgspec

from appliance.simulator.model.commands import rule_for
from appliance.simulator.model.common import errors
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import check
from appliance.simulator.model.common.session import Account, Session
from appliance.simulator.model.common.table import Rule
from appliance.simulator.model.terminal import Terminal


def answer(terminal: Terminal, session: Session, frame: str | bytes) -> dict[str, Any]:
    """Returns the reply to any frame; events that it causes collect in the terminal's outbox."""
    try:
        request = _read(frame)
    except Refused as refusal:
        return {"method": "", "requestId": "", "result": False, "error": refusal.text}
    terminal.received.append(_without_credentials(request))
    head = {"method": request["method"], **_request_id(terminal, request)}
    try:
        request = terminal.dialect.request(request)
        rule = _rule(terminal, session, request)
        fields = rule.run(terminal, session, request) or {}
        return {**head, "result": True, **terminal.dialect.reply(request["method"], fields)}
    except Refused as refusal:
        return {**head, "result": False, "error": refusal.text, **refusal.fields}


def _read(frame: str | bytes) -> dict[str, Any]:
    try:
        request = msgspec.json.decode(frame)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(errors.BAD_JSON) from error
    if not isinstance(request, dict):
        raise Refused(errors.BAD_JSON)
    if not isinstance(request.get("method"), str):
        raise Refused(errors.NO_METHOD)
    return request


def _request_id(terminal: Terminal, request: dict[str, Any]) -> dict[str, str]:
    if not terminal.options.echo_request_id:
        return {}
    return {"requestId": str(request.get("requestId", ""))}


def _rule(terminal: Terminal, session: Session, request: dict[str, Any]) -> Rule[Terminal]:
    rule = rule_for(request["method"], newer=terminal.options.newer)
    if session.account is None and not (rule and rule.open):
        raise Refused(errors.NOT_AUTHORISED)
    if rule is None:
        raise Refused(errors.UNKNOWN_METHOD)
    if rule.admin and session.account is not Account.ADMINISTRATOR:
        raise Refused(errors.ADMINISTRATOR_ONLY)
    check(request, rule.needs, rule.takes)
    if terminal.app_state not in rule.states:
        raise Refused(f"{errors.WRONG_STATE}: appState {int(terminal.app_state)}")
    return rule


def _without_credentials(request: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in request.items() if name not in ("credentials", "password", "pin", "token")}
