"""The commands about accounts: authorising, protecting an account, tokens."""

from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.parameters import STRING, TEXT, one_of
from appliance.simulator.model.common.session import Account, Session
from appliance.simulator.model.common.table import Fields, Request, Rule, Table, asking, doing
from appliance.simulator.model.machine.accounts import Accounts


def _authorise(accounts: Accounts, session: Session, request: Request) -> Fields:
    return accounts.authorise(session, request)


def _protect(accounts: Accounts, session: Session, request: Request) -> Fields:
    security = request["authType"]
    if security == "password" and "password" not in request:
        raise Refused("missing parameter: password")
    return accounts.protect(session, Account(request["userType"]), security, request.get("password", ""))


def _describe(accounts: Accounts, session: Session, _request: Request) -> Fields:
    return accounts.describe(session)


ACCOUNTS: Table[Accounts] = {
    "auth": Rule(
        _authorise,
        takes={"type": one_of("unsecured", "secured"), "credentials": STRING, "role": one_of(*Account)},
        open=True,
    ),
    "setAuthParams": Rule(
        _protect,
        needs={"userType": one_of(*Account), "authType": one_of("unsecured", "pin", "password")},
        takes={"password": TEXT},
        events=("authorizationNeeded",),
    ),
    "getAuthInfo": Rule(_describe, open=True),
    "clearTokens": doing(Accounts.clear_tokens, admin=True),
    "getTokenForHttpServer": asking(lambda accounts: {"token": accounts.new_http_token()}),
}
