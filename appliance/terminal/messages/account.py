"""Who controls the terminal, and which server account the terminal itself has."""

from typing import ClassVar, Literal

import msgspec

from appliance.terminal.messages.base import EVENT_TYPES, Command, Event, Reply, Wire, command, event
from appliance.terminal.messages.enums import (
    AuthResult,
    EvictionCause,
    LoginResult,
    LogoutCause,
    LogoutResult,
    Privileges,
    ServerState,
)


class AuthReply(Reply, frozen=True, kw_only=True):
    """Reply to `auth`. The tokens are secrets: `repr` does not show them."""

    privileges: Privileges | None = msgspec.field(name="previleges", default=None)
    token: str = ""
    http_token: str = msgspec.field(name="tokenForHttpServer", default="")
    result_code: AuthResult | None = None

    def __repr__(self) -> str:
        return f"AuthReply(result={self.result}, privileges={self.privileges!r}, result_code={self.result_code!r})"


@command
class Auth(Command, frozen=True, kw_only=True):
    """Authorises this connection; `credentials` is a PIN, a password or a token, and never shown."""

    method: ClassVar[str] = "auth"
    reply: ClassVar[type[Reply]] = AuthReply

    type: Literal["unsecured", "secured"] | msgspec.UnsetType = msgspec.UNSET
    credentials: str | msgspec.UnsetType = msgspec.UNSET
    role: Literal["admin", "user"] | msgspec.UnsetType = msgspec.UNSET

    def __repr__(self) -> str:
        return f"Auth(type={self.type!r}, role={self.role!r})"


class ConnectedReply(Reply, frozen=True, kw_only=True):
    """Reply to `getConnected`."""

    state: ServerState = ServerState.DISCONNECTED
    server_info: "ServerInfo | None" = None


class ServerInfo(Wire, frozen=True, kw_only=True):
    """The server (or service) that the terminal is connected to."""

    server: str = ""
    service: bool = False
    port: int = 0
    domain: str = ""


@command
class GetConnected(Command, frozen=True, kw_only=True):
    """Asks for the connection to the server."""

    method: ClassVar[str] = "getConnected"
    reply: ClassVar[type[Reply]] = ConnectedReply


class LoginReply(Reply, frozen=True, kw_only=True):
    """Reply to `getLogin`; the ids are absent while nobody is logged in."""

    is_logged_in: bool = False
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")


@command
class GetLogin(Command, frozen=True, kw_only=True):
    """Asks which account the terminal is logged in with."""

    method: ClassVar[str] = "getLogin"
    reply: ClassVar[type[Reply]] = LoginReply


@event
class AuthorizationNeeded(Event, frozen=True, kw_only=True):
    """The connection has lost its authorisation; no more events until it authorises again."""

    event: ClassVar[str] = "authorizationNeeded"

    cause: EvictionCause = EvictionCause.TAKEN_OVER


EVENT_TYPES["autorizationneeded"] = AuthorizationNeeded  # as the manual's general part spells it


@event
class Login(Event, frozen=True, kw_only=True):
    """The terminal tried to log in to its server."""

    event: ClassVar[str] = "login"

    result: LoginResult
    peer_id: str = ""
    peer_name: str = msgspec.field(name="peerDn", default="")


@event
class Logout(Event, frozen=True, kw_only=True):
    """The terminal logged out of its server."""

    event: ClassVar[str] = "logout"

    result: LogoutResult = LogoutResult.SUCCESS
    cause: LogoutCause = LogoutCause.ON_REQUEST


@event
class ServerConnected(Event, frozen=True, kw_only=True):
    """The terminal reached its server."""

    event: ClassVar[str] = "serverConnected"

    server: str = ""
    port: int = 0
    domain: str = ""
    service: bool = False


@event
class ServerDisconnected(Event, frozen=True, kw_only=True):
    """The terminal lost its server (told some time after the fact)."""

    event: ClassVar[str] = "serverDisconnected"

    server: str = ""
    port: int = 0
    service: bool = False
