"""The settings of the terminal, each with its type; some are the same for all, some belong to who is logged in."""

from typing import Any

import msgspec

from appliance.terminal.messages import leniency
from appliance.terminal.messages.base import Wire
from appliance.terminal.messages.client_enums import (
    CameraAccess,
    Language,
    MatrixType,
    NamePlace,
    ReceivingMask,
    RecordingConsent,
)
from appliance.terminal.messages.devices import SettingsReply


class Settings(Wire, frozen=True, kw_only=True):
    """The settings that the manual names; None where the terminal does not say.

    Global ones come first, then those of the account that is logged in.

    aec_enable: Echo cancellation.
    agc_enable: Automatic gain control.
    audio_capturer_level: 0 to 1; -1 where there is no microphone.
    audio_play_level: 0 to 1.
    audio_receiving_mask: When to receive sound from participants.
    video_receiving_mask: When to receive pictures from participants.
    best_quality_images: Better pictures from the HTTP server.
    camera_remote_control_access: Who may move the camera.
    change_user_pin_after_conference: Whether the user's PIN changes after each call.
    display_name_align: Where video windows show names.
    enable_autologin: Whether the terminal logs in by itself.
    auto_accept: Whether calls and invitations are accepted by themselves.
    input_bandwidth: Kbit/s.
    output_bandwidth: Kbit/s.
    record: Who may record our video.
    default_rotation: Degrees; newer terminals only, as are the next two.
    """

    aec_enable: bool | None = None
    agc_enable: bool | None = None
    audio_capturer_level: float | None = None
    audio_play_level: float | None = None
    audio_receiving_mask: ReceivingMask | None = None
    video_receiving_mask: ReceivingMask | None = None
    best_quality_images: bool | None = msgspec.field(name="bestQualityForHttpServerImages", default=None)
    camera_remote_control_access: CameraAccess | None = None
    change_user_pin_after_conference: bool | None = msgspec.field(name="changeUserAuthPinAfterConf", default=None)
    display_name_align: NamePlace | None = None
    enable_autologin: bool | None = None
    highlight_active_speakers: bool | None = None
    switch_to_active_speaker: bool | None = None
    language: Language | None = None
    show_logo: bool | None = None
    show_time: bool | None = None
    show_info_connect: bool | None = None
    show_info_widgets: bool | None = None
    show_current_user_widget: bool | None = None
    show_incoming_request_widget: bool | None = None
    show_upcoming_meetings: bool | None = None
    app_show_user_name_labels: bool | None = None
    auto_accept: bool | None = None
    auto_accept_podium_from_owner: bool | None = None
    auto_allow_part_to_take_podium: bool | None = None
    default_multi_conf_matrix: MatrixType | None = None
    default_p2p_matrix: MatrixType | None = msgspec.field(name="defaultP2PMatrix", default=None)
    forbid_direct_connection: bool | None = None
    input_bandwidth: int | None = msgspec.field(name="inputBandWidth", default=None)
    output_bandwidth: int | None = msgspec.field(name="outputBandWidth", default=None)
    record: RecordingConsent | None = None
    reject_calls_not_from_address_book: bool | None = msgspec.field(name="rejectCallsNotFromAB", default=None)
    restore_window_when_call: bool | None = None
    self_view_mirror: bool | None = None
    show_file_transfer_tools: bool | None = None
    default_rotation: int | None = msgspec.field(name="defaultOutputSelfVideoRotateAngle", default=None)
    disable_self_view_on_blind: bool | None = None
    qr_code_recognition: bool | None = None


def typed(reply: SettingsReply) -> Settings:
    """The settings of a reply; one that the manual does not name is in `reply.settings` only."""
    by_name = msgspec.json.encode({setting.name: setting.value for setting in reply.settings})
    settings: Settings = leniency.read(Settings, by_name)
    return settings


def changes(settings: Settings) -> dict[str, Any]:
    """What `settings` says, by wire name: the parameter of `setSettings`."""
    built: dict[str, Any] = msgspec.to_builtins(settings)
    return built
