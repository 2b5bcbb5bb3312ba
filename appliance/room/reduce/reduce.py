"""`reduce`: the room after something happened. A table from the type of what happened to what it changes."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from appliance.room import asked, local_events, pin, prompts
from appliance.room.people import same_peer
from appliance.room.reduce import (
    attendees,
    bookings,
    chat,
    com_port,
    company,
    conversation,
    directory,
    endings,
    far_end,
    faults,
    hold,
    locked,
    outputs,
    owner_mutes,
    password,
    podium,
    presets,
    quiet,
    readings,
    requests,
    snapshot,
)
from appliance.room.reduce.change import changed, noticed
from appliance.room.reduce.snapshot import level_of
from appliance.room.show.texts import UNCONFIRMED, login_failure, logout
from appliance.room.state import (
    CallAsked,
    Ending,
    Level,
    LinkPhase,
    Muted,
    NewPassword,
    Notice,
    PairingCode,
    Person,
    RoomState,
    Stage,
)
from appliance.terminal.messages import account, calls, conference, devices, people, sharing, slides
from appliance.terminal.messages import chat as messages_of_chat
from appliance.terminal.messages import far_end as messages
from appliance.terminal.messages import podium as roles
from appliance.terminal.messages import presets as terminal_presets
from appliance.terminal.messages.enums import LoginResult, LogoutCause
from appliance.terminal.messages.newer import meeting
from appliance.terminal.messages.newer.picture import ComPortChanged
from appliance.terminal.messages.snapshot import Snapshot
from appliance.terminal.messages.system import SleepModeChanged

Handler = Callable[[RoomState, Any, float], RoomState]

VOLUME_SHOWN = 1.5
"""Seconds for which a volume that was turned is shown once it is confirmed: long enough to be read."""

MOST_DEEDS = 8
"""Deeds of programs that wait to be confirmed: a sentence a second is more than anybody reads."""


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


def _link_changed(state: RoomState, event: local_events.LinkChanged, now: float) -> RoomState:
    if event.link.phase is LinkPhase.UP or event.link == state.link:
        return changed(state, link=event.link)
    state = snapshot.unknown(state, event.link)
    return faults.troubled(state, now)


def _authorised(state: RoomState, event: local_events.Authorised, now: float) -> RoomState:
    return pin.known(state, now, user_pin=event.user_pin)


def _number_edited(state: RoomState, event: local_events.NumberEdited, _now: float) -> RoomState:
    return changed(state, number=event.number)


def _call_asked(state: RoomState, event: local_events.CallAsked, _now: float) -> RoomState:
    """What was typed is used up: the number, or a password. What rings next is no longer the call before."""
    asked = CallAsked(event.peer_id, event.until)
    return changed(state, number="", password=None, call_waiting=None, call_asked=asked)


def _call_dropped(state: RoomState, event: local_events.CallDropped, _now: float) -> RoomState:
    """Another call may have been asked since."""
    other = state.call_asked and event.peer_id and not same_peer(event.peer_id, state.call_asked.peer_id)
    return state if other else changed(state, call_asked=None)


def _hung_up(state: RoomState, _event: local_events.HungUp, now: float) -> RoomState:
    return endings.hung_up(changed(state, call_asked=None), now)


def _hang_up_refused(state: RoomState, _event: local_events.HangUpRefused, _now: float) -> RoomState:
    return endings.hang_up_refused(state)


def _volume_asked(state: RoomState, event: local_events.VolumeAsked, _now: float) -> RoomState:
    return changed(state, volume_asked=Level(event.level, event.until), volume_shown_until=event.until)


def _volume_dropped(state: RoomState, event: local_events.VolumeDropped, _now: float) -> RoomState:
    """A further step begins where the terminal is, unless another level has been asked for since."""
    ours = state.volume_asked is not None and state.volume_asked.value == event.level
    return changed(state, volume_asked=None, volume_shown_until=0.0) if ours else state


def _asked_accepted(state: RoomState, event: local_events.AskedAccepted, _now: float) -> RoomState:
    return asked.accepted(state, event.intent)


def _asked_failed(state: RoomState, event: local_events.AskedFailed, _now: float) -> RoomState:
    return asked.over(state, event.intent)


def _asked_over(state: RoomState, _event: local_events.AskedOver, _now: float) -> RoomState:
    return changed(state, asked=None)


def _unconfirmed(state: RoomState, _event: local_events.Unconfirmed, now: float) -> RoomState:
    return noticed(changed(state, asked=None), UNCONFIRMED, now)


def _prompt_shown(state: RoomState, _event: local_events.PromptShown, _now: float) -> RoomState:
    return changed(state, notice=None, asked=None, volume_shown_until=0.0)


def _motion_asked(state: RoomState, event: local_events.MotionAsked, _now: float) -> RoomState:
    return changed(state, motion=(event.pan, event.tilt, event.zoom))


def _local_motion_asked(state: RoomState, event: local_events.LocalMotionAsked, _now: float) -> RoomState:
    pan, tilt, zoom = state.local_motion.get(event.camera, (0, 0, 0))
    motion = (
        pan if event.pan is None else event.pan,
        tilt if event.tilt is None else event.tilt,
        zoom if event.zoom is None else event.zoom,
    )
    return changed(state, local_motion={**state.local_motion, event.camera: motion})


def _inputs_held(state: RoomState, event: local_events.InputsHeld, _now: float) -> RoomState:
    return changed(state, held=event.held)


def _presses_are(state: RoomState, event: local_events.PressesAre, _now: float) -> RoomState:
    up = {name for name, press in event.presses.items() if press.stage is Stage.AGAIN}
    return changed(state, presses=event.presses, held=state.held - up)


def _row_goes_on(state: RoomState, event: local_events.RowGoesOn, _now: float) -> RoomState:
    return changed(state, rows={**state.rows, event.button: event.running})


def _rows_over(state: RoomState, event: local_events.RowsOver, _now: float) -> RoomState:
    others = {name: running for name, running in state.rows.items() if event.button and name != event.button}
    return changed(state, rows=others)


def _confirmation_asked(state: RoomState, event: local_events.ConfirmationAsked, _now: float) -> RoomState:
    notice = Notice(event.confirming.text, event.confirming.until)
    return changed(state, confirming=event.confirming, notice=notice)


def _confirmation_over(state: RoomState, _event: local_events.ConfirmationOver, _now: float) -> RoomState:
    if state.confirming is None:
        return state
    shown = state.notice is not None and state.notice.text == state.confirming.text
    return changed(state, confirming=None, notice=None if shown else state.notice)


def _mute_locked(state: RoomState, event: local_events.MuteLocked, _now: float) -> RoomState:
    locks = state.mute_locks - {event.speakerphone}
    return changed(state, mute_locks=locks | {event.speakerphone} if event.on else locks)


def _program_did(state: RoomState, event: local_events.ProgramDid, _now: float) -> RoomState:
    return changed(state, deeds=(*state.deeds, event.deed)[-MOST_DEEDS:])


def _deeds_over(state: RoomState, event: local_events.DeedsOver, _now: float) -> RoomState:
    return changed(state, deeds=tuple(deed for deed in state.deeds if deed not in event.deeds))


def _pairing_begun(state: RoomState, event: local_events.PairingBegun, _now: float) -> RoomState:
    return changed(state, pairing=PairingCode(event.code, event.until, event.where, event.matrix))


def _password_made(state: RoomState, event: local_events.PasswordMade, _now: float) -> RoomState:
    return changed(state, new_password=NewPassword(event.password, event.until))


def _password_shown(state: RoomState, _event: local_events.PasswordShown, _now: float) -> RoomState:
    return changed(state, new_password=None)


def _pairing_over(state: RoomState, _event: local_events.PairingOver, _now: float) -> RoomState:
    return changed(state, pairing=None)


def _notice_shown(state: RoomState, event: local_events.NoticeShown, _now: float) -> RoomState:
    return changed(state, notice=Notice(event.text, event.until))


def _notice_expired(state: RoomState, _event: local_events.NoticeExpired, now: float) -> RoomState:
    return changed(state, notice=None) if state.notice and state.notice.until <= now else state


def _agenda_is(state: RoomState, event: local_events.AgendaIs, now: float) -> RoomState:
    """A meeting that is soon wakes a display that has gone dark."""
    soon = event.agenda.soon and not state.agenda.soon
    return changed(state, agenda=event.agenda, active_at=now if soon else state.active_at)


def _update_is(state: RoomState, event: local_events.UpdateIs, _now: float) -> RoomState:
    return changed(state, update=event.update)


def _address_shown(state: RoomState, event: local_events.AddressShown, _now: float) -> RoomState:
    return changed(state, address_until=event.until)


def _service_offline(state: RoomState, event: local_events.ServiceOffline, now: float) -> RoomState:
    return faults.missed(changed(state, offline=state.offline | {event.name}), event.name, now)


def _service_online(state: RoomState, event: local_events.ServiceOnline, _now: float) -> RoomState:
    return changed(state, offline=state.offline - {event.name})


def _halted(state: RoomState, _event: local_events.Halted, _now: float) -> RoomState:
    return changed(state, halted=True)


def _login(state: RoomState, event: account.Login, now: float) -> RoomState:
    if event.result is not LoginResult.SUCCESS:
        return noticed(state, login_failure(event.result), now)
    return changed(state, me=Person(event.peer_id, event.peer_name)) if event.peer_id else state


def _logout(state: RoomState, event: account.Logout, now: float) -> RoomState:
    state = noticed(changed(state, me=None), logout(event.cause), now)
    elsewhere = event.cause is LogoutCause.LOGGED_IN_ELSEWHERE
    return endings.foretold(state, Ending.ELSEWHERE if elsewhere else Ending.LOGGED_OUT, now)


def _mic_muted(state: RoomState, event: devices.MicMuted, _now: float) -> RoomState:
    return owner_mutes.followed(hold.confirmed_muted(state, Muted.MIC, mute=event.mute))


def _audio_muted(state: RoomState, event: devices.AudioMuted, _now: float) -> RoomState:
    return hold.confirmed_muted(state, Muted.AUDIO, mute=event.mute)


def _video_muted(state: RoomState, event: devices.VideoMuted, _now: float) -> RoomState:
    return owner_mutes.followed(hold.confirmed_muted(state, Muted.VIDEO, mute=event.mute))


def _setting_changed(state: RoomState, event: devices.SettingChanged, now: float) -> RoomState:
    if event.name.casefold() == devices.PIN_CHANGES:
        return pin.known(state, now, pin_renewed=devices.switched_on(event.value))
    if event.name.casefold() == devices.LANGUAGE:
        return changed(state, language=event.value) if isinstance(event.value, str) else state
    level = level_of(event.name, event.value)
    if level is None:
        return state
    wanted = state.volume_asked
    if wanted is None or abs(level - wanted.value) >= asked.SAME_LEVEL:
        return changed(state, volume=level)
    return changed(state, volume=level, volume_asked=None, volume_shown_until=now + VOLUME_SHOWN)


def _calls_viewed(state: RoomState, event: people.CallsViewed, _now: float) -> RoomState:
    seen = tuple(
        msgspec.structs.replace(call, viewed=True) if call.start_time <= event.last_view and not call.viewed else call
        for call in state.history
    )
    return changed(state, history=seen)


_ALWAYS: Mapping[type, Handler] = {
    Snapshot: snapshot.whole,
    local_events.LinkChanged: _link_changed,
    local_events.Authorised: _authorised,
    local_events.PresetStored: presets.stored,
    local_events.PresetsRemembered: presets.remembered,
    local_events.PresetPictured: presets.pictured,
    local_events.NumberEdited: _number_edited,
    local_events.PasswordEdited: password.edited,
    local_events.PasswordClosed: password.closed,
    local_events.FarCameraIs: far_end.found,
    local_events.CallHeld: hold.asked,
    local_events.CallResumed: hold.ended,
    local_events.CallTaken: hold.taken,
    local_events.CallNotTaken: hold.not_taken,
    local_events.HoldRefused: hold.refused,
    local_events.ResumeRefused: hold.resume_refused,
    local_events.CallAsked: _call_asked,
    local_events.CallDropped: _call_dropped,
    local_events.HungUp: _hung_up,
    local_events.HangUpRefused: _hang_up_refused,
    local_events.PromptShown: _prompt_shown,
    local_events.SecondCallOver: conversation.second_call_over,
    local_events.RequestAnswered: requests.answered,
    local_events.AnswerDropped: requests.answer_dropped,
    local_events.RequestDoubted: requests.time_is_up,
    local_events.PodiumPending: podium.pending,
    local_events.PodiumSettled: podium.settled,
    local_events.PodiumDoubted: podium.doubted,
    local_events.AskedAccepted: _asked_accepted,
    local_events.AskedFailed: _asked_failed,
    local_events.AskedOver: _asked_over,
    local_events.Unconfirmed: _unconfirmed,
    local_events.VolumeAsked: _volume_asked,
    local_events.VolumeDropped: _volume_dropped,
    local_events.MotionAsked: _motion_asked,
    local_events.LocalMotionAsked: _local_motion_asked,
    local_events.OutputIs: outputs.output_is,
    local_events.OutputGone: outputs.output_gone,
    local_events.SensorSees: outputs.sensor_sees,
    local_events.PresenceIs: outputs.presence_is,
    local_events.InputsHeld: _inputs_held,
    local_events.PressesAre: _presses_are,
    local_events.RowGoesOn: _row_goes_on,
    local_events.RowsOver: _rows_over,
    local_events.ConfirmationAsked: _confirmation_asked,
    local_events.ConfirmationOver: _confirmation_over,
    local_events.MuteLocked: _mute_locked,
    local_events.ProgramDid: _program_did,
    local_events.DeedsOver: _deeds_over,
    local_events.PairingBegun: _pairing_begun,
    local_events.PairingOver: _pairing_over,
    local_events.PasswordMade: _password_made,
    local_events.PasswordShown: _password_shown,
    local_events.NoticeShown: _notice_shown,
    local_events.NoticeExpired: _notice_expired,
    local_events.DisturbanceChanged: quiet.disturbance_changed,
    local_events.LockChanged: locked.lock_changed,
    local_events.LockPinEdited: locked.edited,
    local_events.LockPinRefused: locked.refused,
    local_events.LockTimeOver: locked.time_over,
    local_events.NightIs: quiet.night_is,
    local_events.AgendaIs: _agenda_is,
    local_events.BookingsAre: bookings.bookings_are,
    local_events.BookingsRemembered: bookings.remembered,
    local_events.CalendarIs: bookings.calendar_is,
    local_events.AddressShown: _address_shown,
    local_events.UpdateIs: _update_is,
    local_events.FaultsSeen: faults.seen,
    local_events.ServiceOffline: _service_offline,
    local_events.ServiceOnline: _service_online,
    local_events.Halted: _halted,
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
    account.Login: _login,
    account.Logout: _logout,
    devices.MicMuted: _mic_muted,
    devices.MicMutedByOwner: owner_mutes.mic,
    devices.AudioMuted: _audio_muted,
    devices.VideoMuted: _video_muted,
    devices.VideoMutedByOwner: owner_mutes.video,
    devices.SettingChanged: _setting_changed,
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
    people.CallsViewed: _calls_viewed,
}
