"""Servers that the terminal knows, and addresses of pages about it."""

from typing import Any, ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, command, event


@command
class GetServers(Command, frozen=True, kw_only=True):
    """Asks for the servers that can be reached; they come as an event."""

    method: ClassVar[str] = "getAvailableServersList"


@event
class ServersListed(Event, frozen=True, kw_only=True):
    """The servers that can be reached."""

    event: ClassVar[str] = "availableServersListLoaded"

    servers: Any = msgspec.field(name="serverList", default=None)


class LastServersReply(Reply, frozen=True, kw_only=True):
    """Reply to `getLastUsedServersList`."""

    servers: Any = msgspec.field(name="lastUsedServersList", default=None)


@command
class GetLastServers(Command, frozen=True, kw_only=True):
    """Asks for the servers that were used last."""

    method: ClassVar[str] = "getLastUsedServersList"
    reply: ClassVar[type[Reply]] = LastServersReply

    count: int


@command
class RemoveServer(Command, frozen=True, kw_only=True):
    """Forgets a server."""

    method: ClassVar[str] = "removeFromServersList"

    name: str = msgspec.field(name="serverName")


class AddressReply(Reply, frozen=True, kw_only=True):
    """Reply that has the address of a page."""

    secret: ClassVar[tuple[str, ...]] = ("url",)

    url: str = ""


@command
class GetWebManager(Command, frozen=True, kw_only=True):
    """Asks for the address of the terminal's page for administrators."""

    method: ClassVar[str] = "getWebManagerUrl"
    reply: ClassVar[type[Reply]] = AddressReply


@event
class WebManagerChanged(Event, frozen=True, kw_only=True):
    """The terminal's page for administrators has another address."""

    event: ClassVar[str] = "webManagerUrlChanged"
    secret: ClassVar[tuple[str, ...]] = ("url",)

    url: str = ""


@command
class GetProfileUrl(Command, frozen=True, kw_only=True):
    """Asks for the address of the profile of who is logged in."""

    method: ClassVar[str] = "getCurrentUserProfileUrl"
    reply: ClassVar[type[Reply]] = AddressReply


@event
class ProfileUrlChanged(Event, frozen=True, kw_only=True):
    """The profile of who is logged in has another address."""

    event: ClassVar[str] = "currentUserProfileUrlChanged"
    secret: ClassVar[tuple[str, ...]] = ("url",)

    url: str = ""


@event
class OwnNameChanged(Event, frozen=True, kw_only=True):
    """Who is logged in has another name."""

    event: ClassVar[str] = "currentUserDisplayNameChanged"

    peer_name: str = msgspec.field(name="peerDn", default="")
