"""The terminal's HTTP server: the administrator's alone."""

from typing import Any, ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event
from appliance.terminal.messages.client_enums import HttpServerState


class HttpServerReply(Reply, frozen=True, kw_only=True):
    """Reply to `getHttpServerState`."""

    state: HttpServerState


@command
class GetHttpServer(Command, frozen=True, kw_only=True):
    """Asks whether the HTTP server runs."""

    method: ClassVar[str] = "getHttpServerState"
    reply: ClassVar[type[Reply]] = HttpServerReply


@command
class StartHttpServer(Command, frozen=True, kw_only=True):
    """Starts the HTTP server."""

    method: ClassVar[str] = "startHttpServer"


@command
class StopHttpServer(Command, frozen=True, kw_only=True):
    """Stops the HTTP server."""

    method: ClassVar[str] = "stopHttpServer"


class HttpSetting(Wire, frozen=True, kw_only=True):
    """A setting of the HTTP server.

    name: `port`, `connectionsLimit` or `maxPostFileSizeInBytes`; newer terminals: `httpServerPort` and so on.
    needs_restart: Whether a change takes effect only when the server restarts.
    pending: Whether a change waits for that.
    pending_value: What the value will be then.
    """

    name: str
    value: Any = None
    needs_restart: bool | None = msgspec.field(name="httpServerRestartNeededForApplying", default=None)
    pending: bool | None = msgspec.field(name="isPendingToBeApplied", default=None)
    pending_value: Any = None


class HttpSettingsReply(Reply, frozen=True, kw_only=True):
    """Reply to `getHttpServerSettings`."""

    settings: tuple[HttpSetting, ...] = ()


@command
class GetHttpSettings(Command, frozen=True, kw_only=True):
    """Asks for the settings of the HTTP server."""

    method: ClassVar[str] = "getHttpServerSettings"
    reply: ClassVar[type[Reply]] = HttpSettingsReply


@command
class SetHttpSettings(Command, frozen=True, kw_only=True):
    """Changes settings of the HTTP server.

    settings: By name: `port` (1 to 65535) and `connectionsLimit` take effect when the server restarts,
      `maxPostFileSizeInBytes` at once.
    """

    method: ClassVar[str] = "setHttpServerSettings"

    settings: dict[str, int]


@event
class HttpServerChanged(Event, frozen=True, kw_only=True):
    """The HTTP server started or stopped. Told to the administrator only."""

    event: ClassVar[str] = "httpServerStateChanged"

    state: HttpServerState


@event
class HttpSettingChanged(Event, frozen=True, kw_only=True):
    """A setting of the HTTP server changed. Told to the administrator only."""

    event: ClassVar[str] = "httpServerSettingChanged"

    name: str
    value: Any = None
    needs_restart: bool | None = msgspec.field(name="httpServerRestartNeededForApplying", default=None)
    pending: bool | None = msgspec.field(name="isPendingToBeApplied", default=None)
    pending_value: Any = None
