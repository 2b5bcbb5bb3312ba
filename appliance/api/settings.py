"""The settings of the room's terminal for programs: the types of both operations."""

from typing import Annotated, Literal, TypeAlias

import msgspec

from appliance.api.asks import LONGEST, PATIENCE, Done
from appliance.room.settings.setting import Kind

Value: TypeAlias = bool | int | str
Switch: TypeAlias = bool | msgspec.UnsetType
Percent: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=100)] | msgspec.UnsetType  # 15.0 is whole for JSON Schema
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
    outcome: Of the last change, unless it was confirmed; null where there was none.
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
    outcome: Literal["asked", "refused", "unconfirmed"] | None = None
    said: str = ""
    options: tuple[Option, ...] = ()
    least: int | None = None
    most: int | None = None
    remark: str = ""


class TerminalSettings(msgspec.Struct, frozen=True):
    """All settings of the terminal that concern a room.

    settings: In the order of the page; none without a link.
    why: Why none is known.
    """

    settings: tuple[TerminalSetting, ...]
    why: str = ""


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Values that settings are to have; what is left out stays as it is.

    A device is named by the `value` of one of its options, `none` for no device; a level is percent, of which the
    terminal is asked for the nearest whole number.

    camera: The camera (`setVideoCapturer` of the terminal).
    microphone: The microphone (`setAudioCapturer`).
    loudspeaker: The loudspeaker (`setAudioRenderer`).
    ringing_device: Where the terminal's own sounds are played (`setAppSndDev`).
    loudspeaker_level: The volume (`audioPlayLevel` of `setSettings`, as are those that name no command).
    microphone_level: How loud the others hear the room (`audioCapturerLevel`); not without a microphone.
    echo_cancellation: Whether echo is removed (`aecEnable`).
    gain_control: Whether the microphone's level adapts itself (`agcEnable`).
    noise_suppression: Whether noise is removed (`setNoiseSuppression`); newer terminals only.
    self_view_mirror: Whether the own picture is shown as in a mirror (`selfViewMirror`).
    self_view_rotation: Degrees by which the own picture is turned (`setOutputSelfVideoRotateAngle`).
    background_blur: Whether the background is blurred (`setBlur`); newer terminals only.
    background_picture: Whether a picture replaces the background (`setReplaceBackground`); newer terminals only, and
        only one that was chosen there.
    auto_answer: Whether the terminal itself answers calls and invitations (`autoAccept`).
    contacts_only: Whether calls of people who are not in the address book are refused (`rejectCallsNotFromAB`).
    camera_control: Who may move the camera from the other side (`cameraRemoteControlAccess`).
    recording: Who may record the room's picture (`record`).
    language: Of the terminal's screen (`language`).
    shows_meetings: Whether the screen shows the next meetings (`showUpcomingMeetings`).
    shows_address: Whether it shows how to connect to the terminal (`showInfoConnect`).
    shows_time: Whether it shows the time (`showTime`).
    pin_changes: Whether the PIN of the user's account changes after each call (`changeUserAuthPinAfterConf`).
    http_server: Whether the terminal's HTTP server runs (`startHttpServer`, `stopHttpServer`); for the administrator's
        account only.
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

    settings: Those that are to change.
    wait: Seconds for which the answer waits until the terminal confirms.
    """

    settings: Wanted
    wait: Annotated[float, msgspec.Meta(ge=0, le=LONGEST)] = PATIENCE


class SettingsDone(msgspec.Struct, frozen=True):
    """What became of a change of settings.

    outcomes: Of each setting, by its name: each is asked for itself.
    """

    outcomes: dict[str, Done]
