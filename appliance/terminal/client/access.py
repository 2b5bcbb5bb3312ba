"""Who may control the terminal: authorising, protection of the two accounts, tokens.

Written by scripts/client.py from the message types and the catalogue.
"""

from typing import Literal

import msgspec

from appliance.terminal.client.group import CommandGroup
from appliance.terminal.messages.account import Auth, AuthReply
from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.client_enums import Account, Protection
from appliance.terminal.messages.security import (
    ClearTokens,
    GetHttpToken,
    GetProtection,
    HttpTokenReply,
    ProtectionInfoReply,
    ProtectionReply,
    SetProtection,
)


class Access(CommandGroup):
    """Who may control the terminal: authorising, protection of the two accounts, tokens."""

    async def authorise(
        self,
        *,
        kind: Literal["unsecured", "secured"] | msgspec.UnsetType = msgspec.UNSET,
        credentials: str | msgspec.UnsetType = msgspec.UNSET,
        role: Literal["admin", "user"] | msgspec.UnsetType = msgspec.UNSET,
    ) -> AuthReply:
        """Authorises this connection; `credentials` is a PIN, a password or a token, and never shown.

        `credentials`: PIN, password or token.

        Method `auth`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(Auth(type=kind, credentials=credentials, role=role), AuthReply)

    async def protection(self) -> ProtectionInfoReply:
        """Asks how the two accounts are protected.

        Method `getAuthInfo`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetProtection(), ProtectionInfoReply)

    async def protect(
        self, account: Account, protection: Protection, *, password: str | msgspec.UnsetType = msgspec.UNSET
    ) -> ProtectionReply:
        """Protects an account with a new PIN (made by the terminal) or a password, or not at all.

        `account`: Whose protection.
        `protection`: The new kind of protection.
        `password`: Needed where the protection is a password.

        Method `setAuthParams`; for administrator and user. May be followed by: authorizationNeeded. Raises
        `Refused`, `Timeout`, `LinkLost`, `Busy`, `UnexpectedReply`.
        """
        return await self._ask(
            SetProtection(account=account, protection=protection, password=password), ProtectionReply
        )

    async def clear_tokens(self) -> None:
        """Makes every token of both accounts invalid.

        Method `clearTokens`; for administrator (inferred: the manual does not say). Raises `Refused`, `Timeout`,
        `LinkLost`, `Busy`, `NotPermitted`.
        """
        await self._ask(ClearTokens(), Reply)

    async def http_token(self) -> HttpTokenReply:
        """Asks for a new token for pictures and files over HTTP.

        Method `getTokenForHttpServer`; for administrator and user. Raises `Refused`, `Timeout`, `LinkLost`, `Busy`,
        `UnexpectedReply`.
        """
        return await self._ask(GetHttpToken(), HttpTokenReply)
