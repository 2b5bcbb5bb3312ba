"""Who may control the terminal: protection of the two accounts, tokens."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Reply, Wire, command
from appliance.terminal.messages.client_enums import Account, Protection


class ProtectionReply(Reply, frozen=True, kw_only=True):
    """Reply to `setAuthParams`; `repr` shows no secret.

    new_pin: The PIN that the terminal made, where the protection is a PIN.
    token: A new token for this connection; absent where the terminal keeps the old one.
    """

    secret: ClassVar[tuple[str, ...]] = ("new_pin", "token", "http_token")

    new_pin: str = ""
    token: str = ""
    http_token: str = msgspec.field(name="tokenForHttpServer", default="")


@command
class SetProtection(Command, frozen=True, kw_only=True):
    """Protects an account with a new PIN (made by the terminal) or a password, or not at all.

    account: Whose protection.
    protection: The new kind of protection.
    password: Needed where the protection is a password.
    """

    method: ClassVar[str] = "setAuthParams"
    reply: ClassVar[type[Reply]] = ProtectionReply
    secret: ClassVar[tuple[str, ...]] = ("password",)

    account: Account = msgspec.field(name="userType")
    protection: Protection = msgspec.field(name="authType")
    password: str | msgspec.UnsetType = msgspec.UNSET


class AccountProtection(Wire, frozen=True, kw_only=True):
    """How one account is protected; `repr` shows no secret.

    pin: Where the protection is a PIN; a user is not told the administrator's.
    """

    secret: ClassVar[tuple[str, ...]] = ("pin",)

    security: Protection = Protection.UNSECURED
    pin: str | None = None


class ProtectionInfoReply(Reply, frozen=True, kw_only=True):
    """Reply to `getAuthInfo`."""

    administrator: AccountProtection | None = msgspec.field(name="adminAuth", default=None)
    user: AccountProtection | None = msgspec.field(name="userAuth", default=None)


@command
class GetProtection(Command, frozen=True, kw_only=True):
    """Asks how the two accounts are protected."""

    method: ClassVar[str] = "getAuthInfo"
    reply: ClassVar[type[Reply]] = ProtectionInfoReply


@command
class ClearTokens(Command, frozen=True, kw_only=True):
    """Makes every token of both accounts invalid."""

    method: ClassVar[str] = "clearTokens"


class HttpTokenReply(Reply, frozen=True, kw_only=True):
    """Reply to `getTokenForHttpServer`; `repr` does not show the token.

    token: Valid for 5 minutes.
    """

    secret: ClassVar[tuple[str, ...]] = ("token",)

    token: str


@command
class GetHttpToken(Command, frozen=True, kw_only=True):
    """Asks for a new token for pictures and files over HTTP."""

    method: ClassVar[str] = "getTokenForHttpServer"
    reply: ClassVar[type[Reply]] = HttpTokenReply
