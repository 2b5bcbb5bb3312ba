"""From a frame to its reply: reads it, checks who, when and with what, and runs the command."""

from typing import Any

import msgspec

from appliance.simulator.model import errors
from appliance.simulator.model.commands import rule_for, without_credentials
from appliance.simulator.model.errors import Refused
from appliance.simulator.model.machine.accounts import Account, Session
from appliance.simulator.model.parameters import check
from appliance.simulator.model.table import Rule
from appliance.simulator.model.terminal import Terminal


def answer(terminal: Terminal, session: Session, frame: str | bytes) -> dict[str, Any]:
    """The reply to any frame; what it causes besides collects in the terminal's outbox."""
    try:
        request = _read(frame)
    except Refused as refusal:
        return {"method": "", "requestId": "", "result": False, "error": refusal.text}
    terminal.received.append(without_credentials(request))
    head = {"method": request["method"], **_request_id(terminal, request)}
    try:
        rule = _rule(terminal, session, request)
        return {**head, "result": True, **(rule.run(terminal, session, request) or {})}
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


def _rule(terminal: Terminal, session: Session, request: dict[str, Any]) -> Rule:
    rule = rule_for(terminal, request["method"])
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
