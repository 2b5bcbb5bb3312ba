"""`reduce`: the room after something happened. A table from the type of what happened to what it changes."""

from collections.abc import Callable, Mapping
from typing import Any

from appliance.room import local_events, prompts
from appliance.room.orders import asked
from appliance.room.parts.link import LinkPhase
from appliance.room.reduce.calls import calling, conversation, endings, hold, mutes, owner_mutes, password
from appliance.room.reduce.conference import attendees, chat, company, far_end, podium, requests
from appliance.room.reduce.local import bookings, box, faults, inputs, locked, outputs, quiet, told
from appliance.room.reduce.terminal import com_port, directory, presets, readings, session, settings, snapshot, wishes
from appliance.room.state import RoomState
from appliance.terminal.messages import account, calls, conference, devices, people, sharing, slides
from appliance.terminal.messages import chat as messages_of_chat
from appliance.terminal.messages import far_end as messages
from appliance.terminal.messages import podium as roles
from appliance.terminal.messages import presets as terminal_presets
from appliance.terminal.messages.newer import meeting
from appliance.terminal.messages.newer.picture import ComPortChanged
from appliance.terminal.messages.snapshot import Snapshot
from appliance.terminal.messages.system import SleepModeChanged

Handler = Callable[[RoomState, Any, float], RoomState]


def reduce(state: RoomState, happened: object, now: float) -> RoomState:
    """Returns the room after `happened` at `now` (monotonic seconds); the same object where nothing changes.

    `happened` is a local event, a `Snapshot`, an event of the terminal, or the reply to one of its reads. What the
    terminal says counts only while the link is up: late news of a session that is gone would be shown for ever.
    """
    kind = type(happened)
    handler = _ALWAYS.get(kind)
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


_ALWAYS: Mapping[type, Handler] = {
    Snapshot: snapshot.whole,
    local_events.LinkChanged: session.link_changed,
    local_events.Authorised: session.authorised,
    local_events.PresetStored: presets.stored,
    local_events.PresetsRemembered: presets.remembered,
    local_events.PresetPictured: presets.pictured,
    local_events.NumberEdited: calling.number_edited,
    local_events.PasswordEdited: password.edited,
    local_events.PasswordClosed: password.closed,
    local_events.FarCameraIs: far_end.found,
    local_events.CallHeld: hold.asked,
    local_events.CallResumed: hold.ended,
    local_events.CallTaken: hold.taken,
    local_events.CallNotTaken: hold.not_taken,
    local_events.HoldRefused: hold.refused,
    local_events.ResumeRefused: hold.resume_refused,
    local_events.CallAsked: calling.call_asked,
    local_events.CallDropped: calling.call_dropped,
    local_events.HungUp: calling.hung_up,
    local_events.HangUpRefused: calling.hang_up_refused,
    local_events.PromptShown: told.prompt_shown,
    local_events.SecondCallOver: conversation.second_call_over,
    local_events.RequestAnswered: requests.answered,
    local_events.AnswerDropped: requests.answer_dropped,
    local_events.RequestDoubted: requests.time_is_up,
    local_events.PodiumPending: podium.pending,
    local_events.PodiumSettled: podium.settled,
    local_events.PodiumDoubted: podium.doubted,
    local_events.AskedAccepted: wishes.asked_accepted,
    local_events.AskedFailed: wishes.asked_failed,
    local_events.AskedOver: wishes.asked_over,
    local_events.Unconfirmed: wishes.unconfirmed,
    local_events.VolumeAsked: settings.volume_asked,
    local_events.VolumeDropped: settings.volume_dropped,
    local_events.MotionAsked: inputs.motion_asked,
    local_events.LocalMotionAsked: inputs.local_motion_asked,
    local_events.OutputIs: outputs.output_is,
    local_events.OutputGone: outputs.output_gone,
    local_events.SensorSees: outputs.sensor_sees,
    local_events.PresenceIs: outputs.presence_is,
    local_events.InputsHeld: inputs.inputs_held,
    local_events.PressesAre: inputs.presses_are,
    local_events.RowGoesOn: inputs.row_goes_on,
    local_events.RowsOver: inputs.rows_over,
    local_events.ConfirmationAsked: inputs.confirmation_asked,
    local_events.ConfirmationOver: inputs.confirmation_over,
    local_events.MuteLocked: inputs.mute_locked,
    local_events.ProgramDid: told.program_did,
    local_events.DeedsOver: told.deeds_over,
    local_events.PairingBegun: told.pairing_begun,
    local_events.PairingOver: told.pairing_over,
    local_events.PasswordMade: told.password_made,
    local_events.PasswordShown: told.password_shown,
    local_events.NoticeShown: told.notice_shown,
    local_events.NoticeExpired: told.notice_expired,
    local_events.DisturbanceChanged: quiet.disturbance_changed,
    local_events.LockChanged: locked.lock_changed,
    local_events.LockPinEdited: locked.edited,
    local_events.LockPinRefused: locked.refused,
    local_events.LockTimeOver: locked.time_over,
    local_events.NightIs: quiet.night_is,
    local_events.AgendaIs: bookings.agenda_is,
    local_events.BookingsAre: bookings.bookings_are,
    local_events.BookingsRemembered: bookings.remembered,
    local_events.CalendarIs: bookings.calendar_is,
    local_events.AddressShown: told.address_shown,
    local_events.UpdateIs: box.update_is,
    local_events.FaultsSeen: faults.seen,
    local_events.ServiceOffline: box.service_offline,
    local_events.ServiceOnline: box.service_online,
    local_events.Halted: box.halted,
}

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
    local_events.Answered: readings.answered,
    local_events.AnswerRefused: readings.refused,
    local_events.ReadingWanted: readings.wanted,
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
