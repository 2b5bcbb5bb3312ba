"""NDI: participants as sources for video production on the same network. Needs the PRO licence."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, Wire, command, event
from appliance.terminal.messages.client_enums import OpenText


class MixedType(OpenText):
    """`mixedType` of a source."""

    SINGLE = "single"
    MIXED = "mixed"


class NdiDevice(Wire, frozen=True, kw_only=True):
    """A source.

    device_id: A participant by id, `#mixed:0` the whole layout, `#contentSharing:slideShowOrDs:1` the content.
    """

    device_id: str
    name: str = msgspec.field(name="displayName", default="")
    mixed_type: MixedType | None = None


class NdiDevicesReply(Reply, frozen=True, kw_only=True):
    """Reply to `getCreatedNDIDevices`."""

    devices: tuple[NdiDevice, ...] = msgspec.field(name="createdNDIDevices", default=())


class NdiStateReply(Reply, frozen=True, kw_only=True):
    """Reply to `getNDIState`."""

    enabled: bool | None = None


@command
class CreateNdiDevice(Command, frozen=True, kw_only=True):
    """Makes a source; the own camera is named by user, server and instance.

    device_id: A participant by id, `#mixed:0` the whole layout, `#contentSharing:slideShowOrDs:1` the content.
    """

    method: ClassVar[str] = "createNDIDevice"

    device_id: str


@command
class DeleteNdiDevice(Command, frozen=True, kw_only=True):
    """Removes a source.

    device_id: As it was made.
    """

    method: ClassVar[str] = "deleteNDIDevice"

    device_id: str


@command
class GetNdiDevices(Command, frozen=True, kw_only=True):
    """Asks for the sources."""

    method: ClassVar[str] = "getCreatedNDIDevices"
    reply: ClassVar[type[Reply]] = NdiDevicesReply


@command
class GetNdiState(Command, frozen=True, kw_only=True):
    """Asks whether NDI is on."""

    method: ClassVar[str] = "getNDIState"
    reply: ClassVar[type[Reply]] = NdiStateReply


@command
class SetNdiState(Command, frozen=True, kw_only=True):
    """Switches NDI on or off."""

    method: ClassVar[str] = "setNDIState"

    enabled: bool


@event
class NdiDeviceCreated(Event, frozen=True, kw_only=True):
    """There is a new source."""

    event: ClassVar[str] = "NDIDeviceCreated"

    device_id: str = ""
    name: str = msgspec.field(name="displayName", default="")
    mixed_type: MixedType | None = None


@event
class NdiDeviceDeleted(Event, frozen=True, kw_only=True):
    """A source is gone."""

    event: ClassVar[str] = "NDIDeviceDeleted"

    device_id: str = ""
    name: str = msgspec.field(name="displayName", default="")
    mixed_type: MixedType | None = None


@event
class NdiStateChanged(Event, frozen=True, kw_only=True):
    """NDI was switched on or off."""

    event: ClassVar[str] = "NDIStateChanged"

    enabled: bool | None = None
