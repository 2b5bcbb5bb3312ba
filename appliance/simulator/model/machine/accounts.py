"""Who may control the terminal: the two accounts, their protection, tokens, takeovers and evictions.

There are two accounts, administrator and user, and each is held by at most one session (`holders`). A session
authorises for an account by its PIN, its password or a token from an earlier reply, or without anything if the
account is unsecured. That takes the account over: whoever held it is evicted, and told so by an event with a cause.

Every reply to `auth` brings a token for the account and one for the HTTP server. A token lets its session in until
it expires; a session that came in by a token is evicted at that time. A changed protection makes all tokens of the
account invalid. The two accounts never have the same PIN or password, because `auth` finds the account by it; and a
user is secured only while the administrator is.
"""

import math
import secrets
from collections.abc import Callable
from typing import Any, Literal

import msgspec

from appliance.simulator.model.common import errors
from appliance.simulator.model.common.errors import Refused
from appliance.simulator.model.common.session import Account, Session
from appliance.simulator.options import SimulatorOptions
from appliance.terminal.messages.enums import AuthResult, EvictionCause, Privileges

Security = Literal["unsecured", "pin", "password"]


PRIVILEGES = {Account.ADMINISTRATOR: Privileges.ADMINISTRATOR, Account.USER: Privileges.USER}


class Protection(msgspec.Struct, frozen=True):
    """How an account is protected."""

    security: Security = "unsecured"
    secret: str = ""

    def __repr__(self) -> str:
        return f"Protection({self.security!r})"


class _Token(msgspec.Struct, frozen=True):
    """`expires` in monotonic seconds; `life` as many seconds more when it is granted anew."""

    account: Account
    expires: float
    life: float


class Accounts:
    """Protections, tokens, and who holds which account.

    `now` returns monotonic seconds. `evicted` is called for every session that loses its account, with the cause;
    `licensed` returns whether the licence has a user account at all.
    """

    def __init__(
        self,
        options: SimulatorOptions,
        now: Callable[[], float],
        evicted: Callable[[Session, EvictionCause], None],
        licensed: Callable[[], bool],
    ) -> None:
        self._now = now
        self._licensed = licensed
        self._user_wanted = options.user_available
        self._evicted = evicted
        self._token_life = options.token_life
        self._http_lifetime = options.http_token_lifetime
        self._http_tokens: dict[str, float] = {}
        self._protections = {
            Account.ADMINISTRATOR: _protection(options.pin, options.password),
            Account.USER: _protection(options.user_pin, options.user_password),
        }
        self._tokens: dict[str, _Token] = {}
        self.holders: dict[Account, Session] = {}

    @property
    def user_available(self) -> bool:
        """Whether there is a user account besides the administrator's."""
        return self._user_wanted and self._licensed()

    @property
    def due(self) -> float:
        """When the next session is evicted because its token expires."""
        return min((session.until for session in self.holders.values()), default=math.inf)

    def advance(self) -> None:
        """Evicts every session whose token has expired."""
        for account, session in list(self.holders.items()):
            if self._now() >= session.until:
                self.evict(account, EvictionCause.TOKEN_EXPIRED)

    def authorise(self, session: Session, request: dict[str, Any]) -> dict[str, Any]:
        """Takes an account over from whoever held it; returns the fields of the reply to `auth`."""
        role = Account(request["role"]) if "role" in request else None
        if "type" not in request:
            account = self._step_down(session, role)
        elif request["type"] == "unsecured":
            account = self._unsecured(role)
        else:
            account = self._secured(request.get("credentials", ""), role)
        by_pin = "type" not in request and session.by_pin
        self._take(session, account)
        session.by_pin = by_pin or self._is_pin(account, request)
        reply = self._granted(account, request.get("credentials"))
        token = self._tokens.get(request.get("credentials", ""))  # granted anew: for as long again
        session.until = token.expires if token is not None else math.inf
        return reply

    def protect(self, session: Session, account: Account, security: Security, password: str) -> dict[str, Any]:
        """Changes the protection of `account`; returns the fields of the reply to `setAuthParams`."""
        actor = session.account
        secret = self._new_pin() if security == "pin" else password if security == "password" else ""
        self._may_protect(actor, account, secret)
        self._change(account, Protection(security, secret))
        self._evict_others(session, account, _cause_of_change(actor, account))
        if account is Account.ADMINISTRATOR and not secret and self._protections[Account.USER].secret:
            self._change(Account.USER, Protection())
            self.evict(Account.USER, EvictionCause.USER_RESET_BY_UNSECURED_ADMIN)
        reply = {"newPin": secret} if security == "pin" else {}
        return {**reply, **self._tokens_for(account)} if account is actor else reply

    def renew_user_pin(self) -> None:
        """Gives the user a new PIN after a call, if the user is protected by one."""
        if self._protections[Account.USER].security == "pin":
            self._change(Account.USER, Protection("pin", self._new_pin()))
            self.evict(Account.USER, EvictionCause.PIN_CHANGED_AFTER_CALL)

    def evict(self, account: Account, cause: EvictionCause) -> None:
        """Takes `account` from whoever holds it; does nothing if nobody does."""
        session = self.holders.pop(account, None)
        if session is not None:
            session.account = None
            self._evicted(session, cause)

    def take_over(self, account: Account) -> None:
        """Lets another controller authorise for `account`."""
        self._take(Session(), account)

    def forget(self, session: Session) -> None:
        """Frees the account of a session whose connection is gone."""
        if session.account is not None and self.holders.get(session.account) is session:
            del self.holders[session.account]
        session.account = None
        session.until = math.inf

    def clear_tokens(self) -> None:
        """Makes every token invalid."""
        self._tokens.clear()
        self._http_tokens.clear()

    def describe(self, session: Session) -> dict[str, Any]:
        """Returns the fields of the reply to `getAuthInfo`.

        Nobody sees a PIN before authorisation, and a user does not see the administrator's.
        """
        administrator = session.account is Account.ADMINISTRATOR
        info = {"adminAuth": self._describe(Account.ADMINISTRATOR, show_pin=administrator)}
        if self.user_available:
            info["userAuth"] = self._describe(Account.USER, show_pin=session.account is not None)
        return info

    def new_http_token(self) -> str:
        """Returns a new token for the terminal's HTTP server."""
        token = _token("3")
        self._http_tokens = {t: until for t, until in self._http_tokens.items() if self._now() < until}
        self._http_tokens[token] = self._now() + self._http_lifetime
        return token

    def opens_http(self, token: str) -> bool:
        """Returns whether a token is valid for the HTTP server now."""
        return self._now() < self._http_tokens.get(token, -math.inf)

    def _step_down(self, session: Session, role: Account | None) -> Account:
        if session.account is None or role is not Account.USER:
            raise _wrong()
        return self._available(Account.USER)

    def _unsecured(self, role: Account | None) -> Account:
        for account in (role,) if role else Account:
            if not self._protections[account].secret:
                return self._available(account)
        raise _wrong()

    def _secured(self, credentials: str, role: Account | None) -> Account:
        account = self._account_of(credentials)
        if account is None or role not in (None, account):
            raise _wrong()
        return self._available(account)

    def _is_pin(self, account: Account, request: dict[str, Any]) -> bool:
        protection = self._protections[account]
        return protection.security == "pin" and request.get("credentials") == protection.secret

    def _account_of(self, credentials: str) -> Account | None:
        token = self._tokens.get(credentials)
        if token is not None:
            return token.account if self._now() < token.expires else None
        matching = (a for a in Account if credentials and self._protections[a].secret == credentials)
        return next(matching, None)

    def _available(self, account: Account) -> Account:
        if account is Account.USER and not self.user_available:
            raise _wrong()
        return account

    def _take(self, session: Session, account: Account) -> None:
        if self.holders.get(account) is not session:
            self.evict(account, EvictionCause.TAKEN_OVER)
        self.forget(session)
        session.account = account
        self.holders[account] = session

    def _granted(self, account: Account, credentials: str | None) -> dict[str, Any]:
        token = credentials if credentials in self._tokens else None
        return {
            "previleges": int(PRIVILEGES[account]),
            **self._tokens_for(account, token),
            "resultCode": int(AuthResult.SUCCESS),
        }

    def _tokens_for(self, account: Account, token: str | None = None) -> dict[str, str]:
        known = self._tokens.get(token or "")
        life = known.life if known else self._token_life(by_pin=self._protections[account].security == "pin")
        token = token or _token("1")
        self._tokens = {t: held for t, held in self._tokens.items() if self._now() < held.expires}
        self._tokens[token] = _Token(account, self._now() + life, life)
        return {"token": token, "tokenForHttpServer": self.new_http_token()}

    def _may_protect(self, actor: Account | None, account: Account, secret: str) -> None:
        if account is Account.ADMINISTRATOR and actor is not Account.ADMINISTRATOR:
            raise Refused(errors.ADMINISTRATOR_ONLY)
        other = self._protections[Account.USER if account is Account.ADMINISTRATOR else Account.ADMINISTRATOR]
        if account is Account.USER and not self.user_available:
            raise Refused(errors.USER_NOT_AVAILABLE)
        if account is Account.USER and secret and not other.secret:
            raise Refused(errors.ADMINISTRATOR_UNSECURED)
        if secret and secret == other.secret:
            raise Refused(errors.CREDENTIALS_IN_USE)

    def _change(self, account: Account, protection: Protection) -> None:
        self._protections[account] = protection
        self._tokens = {t: held for t, held in self._tokens.items() if held.account is not account}

    def _evict_others(self, session: Session, account: Account, cause: EvictionCause) -> None:
        if self.holders.get(account) is not session:
            self.evict(account, cause)

    def _describe(self, account: Account, *, show_pin: bool) -> dict[str, str]:
        protection = self._protections[account]
        pin = {"pin": protection.secret} if show_pin and protection.security == "pin" else {}
        return {"security": protection.security, **pin}

    def _new_pin(self) -> str:
        used = {protection.secret for protection in self._protections.values()}
        while (pin := f"{secrets.randbelow(0x1000):03X}") in used:
            pass
        return pin


def _protection(pin: str | None, password: str | None) -> Protection:
    if pin is not None:
        return Protection("pin", pin)
    return Protection("password", password) if password is not None else Protection()


def _cause_of_change(actor: Account | None, account: Account) -> EvictionCause:
    if account is Account.ADMINISTRATOR:
        return EvictionCause.ADMIN_CHANGED_BY_ADMIN
    by_user = actor is Account.USER
    return EvictionCause.USER_CHANGED_BY_USER if by_user else EvictionCause.USER_CHANGED_BY_ADMIN


def _wrong() -> Refused:
    return Refused(errors.WRONG_CREDENTIALS, resultCode=int(AuthResult.WRONG_CREDENTIALS))


def _token(kind: str) -> str:
    return f"{kind}*{secrets.token_hex(8)}*{secrets.randbelow(10**8)}*{secrets.token_hex(32)}"
