"""What the terminal answers when it is asked: the snapshot after a (re)connect, or one part read again."""

import math

import msgspec

from appliance.room import pin
from appliance.room.change import changed
from appliance.room.parts.call import Conversation
from appliance.room.parts.camera import Camera
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.presses import Stage
from appliance.room.parts.reading import Reading
from appliance.room.people.who import person, same_peer
from appliance.room.reduce.calls import hold
from appliance.room.reduce.calls.call_table import Occasion, occasion_of_app_state
from appliance.room.reduce.calls.callers import Waiting, waiting
from appliance.room.reduce.calls.conversation import advance
from appliance.room.reduce.conference import attendees, company, podium, requests
from appliance.room.state import GOING_ON, Phase, RoomState
from appliance.terminal.messages.account import LoginReply
from appliance.terminal.messages.calls import ConferencesReply
from appliance.terminal.messages.devices import MuteReply, PtzChanged, PtzReply, SettingsReply
from appliance.terminal.messages.enums import AppState, ConferenceState, ConferenceType
from appliance.terminal.messages.newer.generation import told
from appliance.terminal.messages.people import CallHistoryReply
from appliance.terminal.messages.snapshot import Snapshot

_PLAY_LEVEL = "audioplaylevel"  # names are compared without regard to case
_SETTING_UP = frozenset({Phase.WAITING, Phase.RINGING, Phase.CALLING})
_DIRECTIONS = {"incoming": Occasion.INVITED, "outgoing": Occasion.INVITING}


def whole(state: RoomState, snapshot: Snapshot, now: float) -> RoomState:
    """Returns the room as the snapshot has it: nothing that was said before counts any more; the link is up."""
    state = unknown(state, Link(LinkPhase.UP))
    state = changed(
        state,
        me=account(snapshot.login),
        mic_muted=_muted(snapshot.mic),
        audio_muted=_muted(snapshot.audio),
        video_muted=_muted(snapshot.video),
        volume=_volume(snapshot.settings),
        language=snapshot.settings.language if snapshot.settings else "",
        pin_renewed=snapshot.settings is not None and snapshot.settings.pin_changes,
        camera=_camera(snapshot.ptz),
        history=snapshot.history.calls if snapshot.history else (),
        meetings=snapshot.schedule.conferences if snapshot.schedule else (),
        stale=dict.fromkeys(_unread(snapshot), now),
        generation=told(snapshot.app_state, snapshot.ptz),
    )
    state = _begun(hold.read_again(state), snapshot, now)
    if snapshot.conferences is not None:
        at = now if snapshot.conferences_at is None else snapshot.conferences_at
        state = conferences_read(state, snapshot.conferences, at)
    state = _named(state, waiting(snapshot.app_state.requests), now)
    return _asked(state, snapshot, now)


def _asked(state: RoomState, snapshot: Snapshot, now: float) -> RoomState:
    """Takes what the room is asked in its conference, and whether it is on the podium there."""
    state = requests.listed(state, snapshot.app_state, now)
    if snapshot.participants is None:
        return company.marked(podium.marked(state, now), now)
    state = podium.participants_read(state, snapshot.participants, now)
    return attendees.read(company.read(state, snapshot.participants, now), snapshot.participants, now)


def _named(state: RoomState, call: Waiting | None, now: float) -> RoomState:
    """Returns the call that is being set up, or beside a call who else calls, as only getAppState names them."""
    if call is not None and state.phase in GOING_ON:
        return _beside(state, call)
    if call is None or state.phase not in _SETTING_UP or (state.conversation and state.conversation.peer):
        return state
    before = state.conversation or Conversation()
    peer = person(state, call.peer.peer_id, call.peer.name)
    state = advance(state, call.occasion, now) if state.phase is Phase.WAITING else state
    kind = call.type if before.type is None else before.type
    return changed(state, conversation=msgspec.structs.replace(before, peer=peer, type=kind))


def _beside(state: RoomState, call: Waiting) -> RoomState:
    """Returns the room with a second call that waits, unless it is the one that goes on."""
    current = state.conversation.peer if state.conversation else None
    if call.occasion is not Occasion.INVITED or (current and same_peer(current.peer_id, call.peer.peer_id)):
        return state
    peer = person(state, call.peer.peer_id, call.peer.name)
    return changed(state, call_waiting=Conversation(peer=peer, type=call.type))


def unknown(state: RoomState, link: Link) -> RoomState:
    """Returns a room of which the terminal has said nothing; what the appliance knows by itself stays.

    A number typed before is dropped: nobody should call it hours later. So is the movement that was asked of the
    camera: whether it still goes on, only the terminal knows. What was muted for a call on hold is remembered:
    a person may still give it back. What was to follow of a press is not: no part of it reaches a later session.
    """
    return RoomState(
        link=link,
        local_motion=state.local_motion,
        preset_pictures=state.preset_pictures,
        on_hold=state.on_hold,
        held=state.held,
        presses={name: press for name, press in state.presses.items() if press.stage is not Stage.AGAIN},
        mute_locks=state.mute_locks,
        notice=state.notice,
        address_until=state.address_until,
        last_end=state.last_end,
        trouble=state.trouble,
        offline=state.offline,
        outputs=state.outputs,
        presence=state.presence,
        touched_at=state.touched_at,
        missed=state.missed,
        halted=state.halted,
        surprises=state.surprises,
        surprise=state.surprise,
        active_at=state.active_at,
        undisturbed=state.undisturbed,
        locked=state.locked,
        night=state.night,
        bookings=state.bookings,
        calendar=state.calendar,
        presets_kept=state.presets_kept,
    )


def _begun(state: RoomState, snapshot: Snapshot, now: float) -> RoomState:
    """Begins with the phase that `appState` gives; only getConferences tells how long a call has lasted."""
    state = advance(state, occasion_of_app_state(snapshot.app_state.app_state), now)
    return changed(state, conversation=Conversation()) if state.phase is Phase.IN_CALL else state


def conferences_read(state: RoomState, reply: ConferencesReply, now: float) -> RoomState:
    """Takes the call that goes on or is being set up; where it contradicts the phase, the phase is newer."""
    if reply.conf_state is ConferenceState.GOING_ON and state.phase in GOING_ON:
        state = changed(state, conversation=_going_on(state, reply, now))
        if reply.in_waiting_room is None:
            return state
        return advance(state, Occasion.HELD_BACK if reply.in_waiting_room else Occasion.ADMITTED, now)
    if reply.conf_state is ConferenceState.INVITATION and state.phase is Phase.WAITING and reply.direction:
        state = advance(state, _DIRECTIONS[reply.direction], now)
        return changed(state, conversation=_invitation(state, reply))
    return state


def _going_on(state: RoomState, reply: ConferencesReply, now: float) -> Conversation:
    before = state.conversation or Conversation()
    return Conversation(
        peer=person(state, reply.peer_id, reply.peer_name) or before.peer,
        type=reply.conf_type if reply.conf_type is not None else before.type,
        conf_id=reply.conf_id or before.conf_id,
        title=reply.conf_title or before.title,
        owner=reply.owner or before.owner,
        since=_since(state, before, now - max(0.0, reply.duration)),
    )


def _since(state: RoomState, before: Conversation, started: float) -> float | None:
    if state.phase is Phase.WAITING_ROOM:
        return None
    return started if before.since is None else before.since


def _invitation(state: RoomState, reply: ConferencesReply) -> Conversation:
    """`type` says only whether it is a group conference; symmetric stands for any of them, as in inviteSent."""
    kinds = {"p2p": ConferenceType.POINT_TO_POINT, "conference": ConferenceType.SYMMETRIC}
    peer = person(state, reply.peer_id, reply.peer_name)
    return Conversation(peer=peer, type=kinds.get(reply.type), conf_id=reply.conf_id, title=reply.conf_title)


def history_read(state: RoomState, reply: CallHistoryReply, _now: float) -> RoomState:
    """Takes the call history."""
    return changed(state, history=reply.calls)


def settings_read(state: RoomState, reply: SettingsReply, now: float) -> RoomState:
    """Takes the settings that the room wants: loudspeaker level, language, and whether the user's PIN changes."""
    state = changed(state, volume=_volume(reply), language=reply.language)
    return pin.known(state, now, pin_renewed=reply.pin_changes)


def camera_read(state: RoomState, told: PtzReply | PtzChanged, _now: float) -> RoomState:
    """Takes what the camera can do and where it looks."""
    return changed(state, camera=Camera(told.pan, told.tilt, told.zoom))


def level_of(name: str, value: object) -> float | None:
    """Returns the loudspeaker level, 0.0 to 1.0, if this setting is that and makes sense."""
    if name.lower() != _PLAY_LEVEL or isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        level = float(value)
    except (ValueError, OverflowError):
        return None
    return min(1.0, max(0.0, level)) if math.isfinite(level) else None


def _volume(settings: SettingsReply | None) -> float | None:
    found = (level_of(setting.name, setting.value) for setting in (settings.settings if settings else ()))
    return next((level for level in found if level is not None), None)


def _muted(reply: MuteReply | None) -> bool | None:
    return reply.mute if reply else None


def _camera(reply: PtzReply | None) -> Camera | None:
    return Camera(reply.pan, reply.tilt, reply.zoom) if reply else None


def _unread(snapshot: Snapshot) -> list[Reading]:
    """Returns the parts that the terminal has not told."""
    told: dict[Reading, object] = {
        Reading.ACCOUNT: snapshot.login,
        Reading.MIC: snapshot.mic,
        Reading.AUDIO: snapshot.audio,
        Reading.VIDEO: snapshot.video,
        Reading.SETTINGS: snapshot.settings,
        Reading.CAMERA: snapshot.ptz,
        Reading.SCHEDULE: snapshot.schedule if snapshot.schedule and snapshot.schedule.succeed else None,
        Reading.HISTORY: snapshot.history,
        Reading.CONTACTS: None,  # may be large: never a part of the snapshot
    }
    during_a_call = snapshot.app_state.app_state in {AppState.WAITING, AppState.IN_CONFERENCE}
    if during_a_call:
        told[Reading.CALL] = snapshot.conferences
    return [reading for reading, reply in told.items() if reply is None]


def account(reply: LoginReply | None) -> Person | None:
    """Returns who the terminal is logged in as; None where it is not."""
    return Person(reply.peer_id, reply.peer_name) if reply and reply.is_logged_in and reply.peer_id else None
