"""The whole picture but for the address book, as it is read after every (re)connect."""

import msgspec

from appliance.terminal.messages.account import ConnectedReply, LoginReply
from appliance.terminal.messages.calls import AppStateReply, ConferencesReply, ParticipantsReply
from appliance.terminal.messages.devices import MuteReply, PtzReply, SettingsReply
from appliance.terminal.messages.people import CallHistoryReply, ConferenceList


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """What a terminal said about itself in one go; None where it gave no answer."""

    app_state: AppStateReply
    connected: ConnectedReply | None = None
    login: LoginReply | None = None
    conferences: ConferencesReply | None = None
    conferences_at: float | None = None  # when it arrived (monotonic seconds): other parts may have taken longer
    participants: ParticipantsReply | None = None
    mic: MuteReply | None = None
    audio: MuteReply | None = None
    video: MuteReply | None = None
    settings: SettingsReply | None = None
    ptz: PtzReply | None = None
    schedule: ConferenceList | None = None
    history: CallHistoryReply | None = None
