"""The settings of the room's terminal for programs: the types of both operations."""

from typing import Annotated, Literal, TypeAlias

import msgspec

from appliance.api.asks import LONGEST, PATIENCE, Done
from appliance.room.settings.setting import Kind

Value: TypeAlias = bool | int | str
Switch: TypeAlias = bool | msgspec.UnsetType
Percent: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=100)] | msgspec.UnsetType
Device: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=1000)] | msgspec.UnsetType


class Option(msgspec.Struct, frozen=True):
    """A value that can be chosen.

    value: What is sent to choose it.
    label: What people are shown.
    """

    value: Value
    label: str


class TerminalSetting(msgspec.Struct, frozen=True):
    """A setting that this terminal has.

    name: By which it is changed.
    label: What people call it.
    kind: A `switch` is true or false, a `level` percent, a `choice` or a `device` one of `options`.
    value: As the terminal has confirmed it; null where it has not told it, or has no device for it.
    may: Whether it can be set now.
    why: Why it cannot.
    asked: The value that the terminal is asked for at this moment.
    outcome: Of the last change, unless it was confirmed; empty where there was none.
    said: Why that change came to nothing, or why nobody knows.
    options: Of a choice or a device.
    least: Of a level, percent.
    most: Of a level, percent.
    remark: What else decides it, or follows it.
    """

    name: str
    label: str
    kind: Kind
    value: Value | None
    may: bool
    why: str = ""
    asked: Value | None = None
    outcome: Literal["", "asked", "refused", "unconfirmed"] = ""
    said: str = ""
    options: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None
    remark: str = ""


class TerminalSettings(msgspec.Struct, frozen=True):
    """All settings of the terminal that concern a room.

    why: Why none is known: there is no link.
    """

    settings: tuple[TerminalSetting, ...]
    why: str = ""


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Values that settings are to have; what is left out stays as it is.

    camera: A device is named by the `value` of one of its options; `none` for no device.
    """

    camera: Device = msgspec.UNSET
    microphone: Device = msgspec.UNSET
    loudspeaker: Device = msgspec.UNSET
    ringing_device: Device = msgspec.UNSET
    loudspeaker_level: Percent = msgspec.UNSET
    microphone_level: Percent = msgspec.UNSET
    echo_cancellation: Switch = msgspec.UNSET
    gain_control: Switch = msgspec.UNSET
    noise_suppression: Switch = msgspec.UNSET
    self_view_mirror: Switch = msgspec.UNSET
    self_view_rotation: Literal[0, 90, 180, 270] | msgspec.UnsetType = msgspec.UNSET
    background_blur: Switch = msgspec.UNSET
    background_picture: Switch = msgspec.UNSET
    auto_answer: Switch = msgspec.UNSET
    contacts_only: Switch = msgspec.UNSET
    camera_control: Literal["everybody", "on_request", "nobody"] | msgspec.UnsetType = msgspec.UNSET
    recording: Literal["nobody", "on_request", "contacts", "everybody"] | msgspec.UnsetType = msgspec.UNSET
    language: Literal["en", "es", "pl", "ru"] | msgspec.UnsetType = msgspec.UNSET
    shows_meetings: Switch = msgspec.UNSET
    shows_address: Switch = msgspec.UNSET
    shows_time: Switch = msgspec.UNSET
    pin_changes: Switch = msgspec.UNSET
    http_server: Switch = msgspec.UNSET


class SettingsAsk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A change of settings.

    settings: At least one.
    wait: Seconds for which the answer waits until the terminal confirms.
    """

    settings: Wanted
    wait: Annotated[float, msgspec.Meta(ge=0, le=LONGEST)] = PATIENCE


class SettingsDone(msgspec.Struct, frozen=True):
    """What became of each setting that was to change, by its name. Each is asked for itself."""

    outcomes: dict[str, Done]
