"""Versions, status and programs beside each other on newer terminals."""

from typing import Any, ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, Reply, command, event
from appliance.terminal.messages.client_enums import ActivationStatus
from appliance.terminal.messages.newer.picture import EnabledReply
from appliance.terminal.messages.newer.values import ExtStatus
from appliance.terminal.messages.system import VideoLevels, VideoQuality


@command
class SetApiVersion(Command, frozen=True, kw_only=True):
    """Chooses the version of the interface; without it the terminal chooses.

    version: `1`, from Room 5.0 on also `2`.
    """

    method: ClassVar[str] = "setUsedApiVersion"

    version: str


@command
class SetExtStatus(Command, frozen=True, kw_only=True):
    """Shows another status to the others."""

    method: ClassVar[str] = "setExtStatus"

    ext_status: ExtStatus
    additional_status: str


@command
class GetSleepMode(Command, frozen=True, kw_only=True):
    """Asks whether the terminal sleeps."""

    method: ClassVar[str] = "getSleepMode"
    reply: ClassVar[type[Reply]] = EnabledReply


@command
class FireMyEvent(Command, frozen=True, kw_only=True):
    """Sends a text to every program at this terminal."""

    method: ClassVar[str] = "fireMyEvent"

    data: str


@event
class MyEvent(Event, frozen=True, kw_only=True):
    """A text from a program at this terminal."""

    event: ClassVar[str] = "myEvent"

    data: str = ""


class ContainersReply(Reply, frozen=True, kw_only=True):
    """Reply to `getAllUserContainersNames`."""

    names: tuple[str, ...] = msgspec.field(name="containersNames", default=())


@command
class GetContainers(Command, frozen=True, kw_only=True):
    """Asks for the names under which programs keep data."""

    method: ClassVar[str] = "getAllUserContainersNames"
    reply: ClassVar[type[Reply]] = ContainersReply


class LicenceServerReply(Reply, frozen=True, kw_only=True):
    """Reply to `getLicenseServerStatus`.

    status: Of a type that no source tells.
    """

    status: Any = None


@command
class GetLicenceServer(Command, frozen=True, kw_only=True):
    """Asks for the state of the licence server."""

    method: ClassVar[str] = "getLicenseServerStatus"
    reply: ClassVar[type[Reply]] = LicenceServerReply


class ProKeyReply(Reply, frozen=True, kw_only=True):
    """Reply to `getTrueConfRoomProKey`."""

    secret: ClassVar[tuple[str, ...]] = ("key",)

    key: str = msgspec.field(name="trueconfRoomKey", default="")


@command
class GetProKey(Command, frozen=True, kw_only=True):
    """Asks for the key of the PRO licence."""

    method: ClassVar[str] = "getTrueConfRoomProKey"
    reply: ClassVar[type[Reply]] = ProKeyReply


@event
class LicenceActivated(Event, frozen=True, kw_only=True):
    """A licence was activated, or could not be.

    tariff: `pro` or `free`.
    start_date: Unix seconds.
    end_date: Unix seconds.
    """

    event: ClassVar[str] = "licenseActivation"

    status: ActivationStatus | None = None
    tariff: str = ""
    start_date: int | None = msgspec.field(name="start_date", default=None)
    end_date: int | None = msgspec.field(name="end_date", default=None)


@event
class ProtectionChanged(Event, frozen=True, kw_only=True):
    """An account is protected otherwise."""

    event: ClassVar[str] = "authorizationParametersChanged"


@event
class ChatRemoved(Event, frozen=True, kw_only=True):
    """A chat is gone."""

    event: ClassVar[str] = "chatRemoved"


@event
class SystemRated(Event, frozen=True, kw_only=True):
    """What the system is good for was measured anew."""

    event: ClassVar[str] = "systemRatingUpdated"

    quality: VideoQuality | None = msgspec.field(name="videoQuality", default=None)
    levels: VideoLevels | None = msgspec.field(name="videoContentLevels", default=None)
