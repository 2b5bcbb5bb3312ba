"""What the main screen shows: its background, a logo, the time."""

from typing import ClassVar

import msgspec

from appliance.terminal.messages.base import Command, Event, FileId, Reply, command, event


class BackgroundReply(Reply, frozen=True, kw_only=True):
    """Reply to `getBackground`."""

    custom: bool | None = msgspec.field(name="isCustomImage", default=None)
    file_id: FileId | None = None


@command
class GetBackground(Command, frozen=True, kw_only=True):
    """Asks for the background of the main screen."""

    method: ClassVar[str] = "getBackground"
    reply: ClassVar[type[Reply]] = BackgroundReply


@command
class SetBackground(Command, frozen=True, kw_only=True):
    """Chooses the background of the main screen."""

    method: ClassVar[str] = "setBackground"

    file_id: FileId


@command
class SetDefaultBackground(Command, frozen=True, kw_only=True):
    """Puts the vendor's background back on the main screen."""

    method: ClassVar[str] = "setDefaultBackground"


class LogoReply(Reply, frozen=True, kw_only=True):
    """Reply to `getLogo`."""

    custom: bool | None = msgspec.field(name="isCustomImage", default=None)


@command
class GetLogo(Command, frozen=True, kw_only=True):
    """Asks whether the main screen shows a logo of one's own."""

    method: ClassVar[str] = "getLogo"
    reply: ClassVar[type[Reply]] = LogoReply


@command
class SetLogo(Command, frozen=True, kw_only=True):
    """Chooses the logo of the main screen.

    mode: Of a meaning that no source tells.
    """

    method: ClassVar[str] = "setLogo"

    file_id: FileId
    mode: int


@command
class SetDefaultLogo(Command, frozen=True, kw_only=True):
    """Puts the vendor's logo back on the main screen."""

    method: ClassVar[str] = "setDefaultLogo"


@event
class BackgroundChanged(Event, frozen=True, kw_only=True):
    """The main screen has another background."""

    event: ClassVar[str] = "backgroundImageChanged"

    custom: bool | None = msgspec.field(name="isCustomImage", default=None)
    file_id: FileId | None = None


@event
class LogoChanged(Event, frozen=True, kw_only=True):
    """The main screen has another logo."""

    event: ClassVar[str] = "logoImageChanged"

    custom: bool | None = msgspec.field(name="isCustomImage", default=None)
    file_id: FileId | None = None
    mode: int | None = None


@event
class ConnectInfoShown(Event, frozen=True, kw_only=True):
    """The main screen shows how to connect, or does not."""

    event: ClassVar[str] = "showInfoConnect"

    show: bool | None = None


@event
class LogoShown(Event, frozen=True, kw_only=True):
    """The main screen shows the logo, or does not."""

    event: ClassVar[str] = "showLogo"

    show: bool | None = None


@event
class TimeShown(Event, frozen=True, kw_only=True):
    """The main screen shows the time, or does not."""

    event: ClassVar[str] = "showTime"

    show: bool | None = None
