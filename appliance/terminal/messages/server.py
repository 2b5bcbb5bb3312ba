"""The conferencing server: reaching it, logging in, and what the account may do there."""

from typing import Any, ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event


@command
class ConnectToServer(Command, frozen=True, kw_only=True):
    """Connects the terminal to a conferencing server; the outcome comes as an event.

    server: Host name or address.
    port: 1 to 65535; the server's usual port where it is left out.
    """

    method: ClassVar[str] = "connectToServer"

    server: str
    port: int | msgspec.UnsetType = msgspec.UNSET


@command
class ConnectToService(Command, frozen=True, kw_only=True):
    """Connects the terminal to the public service; the outcome comes as an event."""

    method: ClassVar[str] = "connectToService"

    domain: str | msgspec.UnsetType = msgspec.UNSET


@command
class LogIn(Command, frozen=True, kw_only=True):
    """Logs the terminal in to its server; the outcome comes as the event `login`.

    login: TrueConf ID.
    password: Never shown.
    encrypt_password: Whether the terminal shall encrypt the password.
    """

    method: ClassVar[str] = "login"
    secret: ClassVar[tuple[str, ...]] = ("password",)

    login: str
    password: str
    encrypt_password: bool | msgspec.UnsetType = msgspec.UNSET


@command
class LogOut(Command, frozen=True, kw_only=True):
    """Logs the terminal out of its server; the outcome comes as the event `logout`."""

    method: ClassVar[str] = "logout"


class ServerDomainReply(Reply, frozen=True, kw_only=True):
    """Reply to `getServerDomain`."""

    domain: str = ""


@command
class GetServerDomain(Command, frozen=True, kw_only=True):
    """Asks for the domain of the server."""

    method: ClassVar[str] = "getServerDomain"
    reply: ClassVar[type[Reply]] = ServerDomainReply


class Property(Wire, frozen=True, kw_only=True):
    """A named value that the server gives its clients."""

    name: str
    value: Any = None


class PropertiesReply(Reply, frozen=True, kw_only=True):
    """Reply to `getProperties`."""

    properties: tuple[Property, ...] = ()


@command
class GetProperties(Command, frozen=True, kw_only=True):
    """Asks for the named values that the server gives its clients."""

    method: ClassVar[str] = "getProperties"
    reply: ClassVar[type[Reply]] = PropertiesReply


@event
class PropertiesUpdated(Event, frozen=True, kw_only=True):
    """The server's named values changed."""

    event: ClassVar[str] = "propertiesUpdated"

    properties: tuple[Property, ...] = ()


class Rights(Wire, frozen=True, kw_only=True):
    """What the account may do on its server; absent where nobody is logged in.

    point_to_point: Video calls.
    create_conferences: Group conferences of one's own.
    most_symmetric: Participants of a symmetric conference at most.
    most_asymmetric: Participants of an asymmetric conference at most.
    most_role_based: Participants of a role-based conference at most.
    most_on_podium: Participants on the podium at most.
    """

    tariff_name: str = ""
    point_to_point: bool | None = msgspec.field(name="p2p", default=None)
    create_conferences: bool | None = msgspec.field(name="createMulti", default=None)
    most_symmetric: int | None = msgspec.field(name="symMaxNumber", default=None)
    most_asymmetric: int | None = msgspec.field(name="asymMaxNumber", default=None)
    most_role_based: int | None = msgspec.field(name="roleMaxNumber", default=None)
    most_on_podium: int | None = msgspec.field(name="rlMaxNumber", default=None)
    can_use_slide_show: bool | None = None
    can_use_desktop_sharing: bool | None = None
    can_change_address_book: bool | None = None
    can_edit_groups: bool | None = None
    can_use_dialer: bool | None = None


class RightsReply(Reply, frozen=True, kw_only=True):
    """Reply to `getTariffRestrictions`.

    point_to_point: Video calls.
    create_conferences: Group conferences of one's own.
    most_symmetric: Participants of a symmetric conference at most.
    most_asymmetric: Participants of an asymmetric conference at most.
    most_role_based: Participants of a role-based conference at most.
    most_on_podium: Participants on the podium at most.
    """

    tariff_name: str = ""
    point_to_point: bool | None = msgspec.field(name="p2p", default=None)
    create_conferences: bool | None = msgspec.field(name="createMulti", default=None)
    most_symmetric: int | None = msgspec.field(name="symMaxNumber", default=None)
    most_asymmetric: int | None = msgspec.field(name="asymMaxNumber", default=None)
    most_role_based: int | None = msgspec.field(name="roleMaxNumber", default=None)
    most_on_podium: int | None = msgspec.field(name="rlMaxNumber", default=None)
    can_use_slide_show: bool | None = None
    can_use_desktop_sharing: bool | None = None
    can_change_address_book: bool | None = None
    can_edit_groups: bool | None = None
    can_use_dialer: bool | None = None


@command
class GetRights(Command, frozen=True, kw_only=True):
    """Asks what the account may do on its server."""

    method: ClassVar[str] = "getTariffRestrictions"
    reply: ClassVar[type[Reply]] = RightsReply


@event
class RightsChanged(Event, frozen=True, kw_only=True):
    """What the account may do has changed.

    point_to_point: Video calls.
    create_conferences: Group conferences of one's own.
    most_symmetric: Participants of a symmetric conference at most.
    most_asymmetric: Participants of an asymmetric conference at most.
    most_role_based: Participants of a role-based conference at most.
    most_on_podium: Participants on the podium at most.
    """

    event: ClassVar[str] = "tariffRestrictionsChanged"

    tariff_name: str = ""
    point_to_point: bool | None = msgspec.field(name="p2p", default=None)
    create_conferences: bool | None = msgspec.field(name="createMulti", default=None)
    most_symmetric: int | None = msgspec.field(name="symMaxNumber", default=None)
    most_asymmetric: int | None = msgspec.field(name="asymMaxNumber", default=None)
    most_role_based: int | None = msgspec.field(name="roleMaxNumber", default=None)
    most_on_podium: int | None = msgspec.field(name="rlMaxNumber", default=None)
    can_use_slide_show: bool | None = None
    can_use_desktop_sharing: bool | None = None
    can_change_address_book: bool | None = None
    can_edit_groups: bool | None = None
    can_use_dialer: bool | None = None
