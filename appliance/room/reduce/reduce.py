"""`reduce`: the room after something happened. A table from the type of what the terminal says to what it changes."""

from collections.abc import Mapping
from typing import Any

from appliance.room import prompts
from appliance.room.local_events.link import Answered, AnswerRefused, ReadingWanted
from appliance.room.orders import asked
from appliance.room.parts.link import LinkPhase
from appliance.room.reduce.always import ALWAYS, Handler
from appliance.room.reduce.calls import calling, conversation, endings, mutes, owner_mutes
from appliance.room.reduce.conference import attendees, chat, company, far_end, podium, requests
from appliance.room.reduce.local import quiet
from appliance.room.reduce.terminal import com_port, directory, presets, readings, session, settings, snapshot
from appliance.room.state import RoomState
from appliance.terminal.messages import account, calls, conference, devices, people, sharing, slides
from appliance.terminal.messages import chat as messages_of_chat
from appliance.terminal.messages import far_end as messages
from appliance.terminal.messages import podium as roles
from appliance.terminal.messages import presets as terminal_presets
from appliance.terminal.messages.newer import meeting
from appliance.terminal.messages.newer.picture import ComPortChanged
from appliance.terminal.messages.system import SleepModeChanged


def reduce(state: RoomState, happened: object, now: float) -> RoomState:
    """Returns the room after `happened` at `now` (monotonic seconds); the same object where nothing changes.

    `happened` is a local event, a `Snapshot`, an event of the terminal, or the reply to one of its reads. What the
    terminal says counts only while the link is up: late news of a session that is gone would be shown for ever.
    """
    kind = type(happened)
    handler = ALWAYS.get(kind)
    if handler is None and state.link.phase is LinkPhase.UP:
        handler = _FROM_TERMINAL.get(kind)
    if handler is None:
        return state
    after = asked.confirmed(state, attendees.others(conversation.with_owner(handler(state, happened, now))))
    return prompts.followed(readings.marked(state, endings.noted(state, after, now), now), now)


def _all(*handlers: Handler) -> Handler:
    """Returns a handler for an event that says several things."""

    def handler(state: RoomState, event: Any, now: float) -> RoomState:  # noqa: ANN401  # as a `Handler` has it
        for each in handlers:
            state = each(state, event, now)
        return state

    return handler


_FROM_TERMINAL: Mapping[type, Handler] = {
    calls.AppStateChanged: conversation.app_state_changed,
    calls.InviteReceived: conversation.invite_received,
    calls.InviteSent: conversation.invite_sent,
    calls.InviteRequestSent: conversation.invite_request_sent,
    calls.ConferenceCreated: conversation.conference_created,
    calls.WaitingRoomChanged: conversation.waiting_room_changed,
    calls.ConferenceDeleted: conversation.conference_deleted,
    calls.RejectReceived: conversation.reject_received,
    calls.RejectSent: _all(conversation.reject_sent, requests.turned_away),
    calls.StopCalling: conversation.stop_calling,
    calls.NewParticipant: _all(
        conversation.participant_came, requests.let_in, podium.came, company.came, attendees.came
    ),
    calls.ParticipantLeft: _all(endings.participant_left, requests.left, far_end.left, company.left, attendees.left),
    calls.ToneDialled: company.tone_sent,
    conference.JoinRequestReceived: requests.join_asked,
    conference.PeerAccepted: requests.let_in,
    conference.RecordingRequested: requests.recording_asked,
    conference.RecordingAnswered: requests.recording_settled,
    conference.RecordingChanged: _all(requests.recording_settled, company.records),
    conference.ExtraVideoChanged: company.sends,
    conference.ParticipantDevices: attendees.devices,
    slides.SlideShowStarted: company.slides_began,
    slides.SlideShowStopped: company.slides_over,
    slides.OwnSlideShowStarted: company.ours_began,
    slides.OwnSlideShowStopped: company.ours_over,
    sharing.SharingStarted: company.ours_began,
    sharing.SharingStopped: company.ours_over,
    meeting.ContentStopped: company.ours_over,
    roles.RoleChanged: _all(podium.role_changed, attendees.role_changed),
    roles.PodiumRequestAnswered: requests.speaker_answered,
    roles.PodiumInvitationRemoved: requests.invitation_settled,
    roles.RemarkCountDown: podium.counted_down,
    messages_of_chat.GroupMessageReceived: chat.to_all,
    messages_of_chat.MessageReceived: chat.to_us,
    messages_of_chat.GroupMessageSent: chat.ours_to_all,
    messages_of_chat.MessageSent: chat.ours,
    Answered: readings.answered,
    AnswerRefused: readings.refused,
    ReadingWanted: readings.wanted,
    account.Login: session.login,
    account.Logout: session.logged_out,
    devices.MicMuted: mutes.mic_muted,
    devices.MicMutedByOwner: owner_mutes.mic,
    devices.AudioMuted: mutes.audio_muted,
    devices.VideoMuted: mutes.video_muted,
    devices.VideoMutedByOwner: owner_mutes.video,
    devices.SettingChanged: settings.setting_changed,
    devices.PtzChanged: snapshot.camera_read,
    SleepModeChanged: quiet.slept,
    ComPortChanged: com_port.port_changed,
    terminal_presets.PresetAdded: presets.added,
    terminal_presets.PresetRemoved: presets.removed,
    messages.CameraRequestSent: far_end.asked,
    messages.CameraRequestGranted: far_end.granted,
    messages.CameraRequestRefused: far_end.refused,
    messages.FarCameraLost: far_end.lost,
    messages.CameraRequestReceived: far_end.wanted,
    messages.CameraGranted: far_end.lent,
    messages.CameraRefused: far_end.kept,
    people.AddressBookReceived: readings.book_received,
    people.StatusesChanged: directory.statuses_changed,
    people.ContactsAdded: directory.contacts_added,
    people.ContactsRenamed: directory.contacts_renamed,
    people.ContactsDeleted: directory.contacts_deleted,
    people.ConferenceList: readings.meetings,
    people.CallsViewed: calling.calls_viewed,
}
