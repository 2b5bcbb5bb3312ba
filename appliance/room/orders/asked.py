"""What a press asks of the terminal, from the press until the terminal has confirmed it.

Outputs show what the terminal confirmed, and a terminal may take seconds for that. So that nobody presses again, a
press is acknowledged at once with what it has asked for, in words that promise nothing: "Mic mute requested…". It ends

- when the terminal tells that something has changed (`confirms` names the fields of the room), whatever that is;
- with the reply where no event would follow: the camera moves, tones, and what is so already;
- with a refusal, a lost link, or after `PATIENCE`. What was accepted and is not confirmed by then is said to be so.

A call has the same in `RoomState.call_asked`, because more depends on it: the next press hangs up. So has the answer to
what the room is asked in a conference, on the page that asks.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from appliance.language.text import NOTHING, Text
from appliance.room.change import changed
from appliance.room.inputs import Drive, Input, SourceGone, Unattended
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Call, Decline, HangUp, PutOnHold, Resume, Tone
from appliance.room.intents.camera import HomeCamera, KeepCamera, KeepPreset, LendCamera, Move, MoveTo
from appliance.room.intents.conference import AskForPodium, InvitePeer, LeavePodium, MakeRemark, MuteOthers, RemovePeer
from appliance.room.intents.media import MuteAudio, MuteMic, MuteVideo, SetVolume
from appliance.room.intents.terminal import RestartTerminal, SendCommand, SetLayout, SetSleep, ShareContent
from appliance.room.parts.awaited import Asked
from appliance.room.state import Phase, RoomState
from appliance.room.texts import MUTE_LOCKED

PATIENCE = 5.0
"""Seconds in which a terminal confirms something, as long as it has for a reply by default."""

SAME_LEVEL = 0.005
"""Half a percent: the terminal may round the volume that it confirms."""

_NO_PRESS = (Drive, SourceGone, Unattended)  # a joystick is watched in the picture


def by_press(given: Input) -> bool:
    """Returns whether somebody has pressed something, and waits for what comes of it."""
    return not isinstance(given, _NO_PRESS)


def remembered(before: RoomState, state: RoomState, given: Input, sent: tuple[Intent, ...], now: float) -> RoomState:
    """Returns the room with the first intent that is sent as asked, if `given`, met by the room `before`, was a press.

    It is shown instead of any notice, which answers an earlier press; but a speakerphone that mutes itself again is
    told of in a notice, and its request, which nobody pressed, follows it.
    """
    if not by_press(given):
        return state
    if any(isinstance(each, Call) for each in sent):
        return changed(state, asked=None)
    asked = next((each for each in sent if worded(each)), None)
    if asked is None:
        return state
    waits = Asked(worded(asked), now + PATIENCE, _confirms(asked, before))
    locked = state.notice is not None and state.notice.text == MUTE_LOCKED
    return changed(state, asked=waits, notice=state.notice if locked else None)


def confirmed(before: RoomState, state: RoomState) -> RoomState:
    """Returns the room without what was asked if the terminal has decided about it."""
    asked = state.asked
    if asked is None or asked is not before.asked:
        return state
    decided = any(getattr(before, name) != getattr(state, name) for name in asked.confirms)
    return changed(state, asked=None) if decided else state


def accepted(state: RoomState, intent: Intent) -> RoomState:
    """Returns the room after the terminal's reply that it will do this."""
    asked = state.asked
    if asked is None or asked.text != worded(intent):
        return state
    return changed(state, asked=msgspec.structs.replace(asked, accepted=True) if asked.confirms else None)


def over(state: RoomState, intent: Intent) -> RoomState:
    """Returns the room in which this is not asked any more: it was refused, or nobody answered."""
    return changed(state, asked=None) if state.asked and state.asked.text == worded(intent) else state


def worded(intent: Intent) -> Text:
    """What the display says while the terminal is asked for this; nothing for what is not the terminal's."""
    handler = _WORDS.get(type(intent))
    return handler(intent) if handler else NOTHING


def _confirms(intent: Intent, state: RoomState) -> tuple[str, ...]:
    fields = _CONFIRMS.get(type(intent), ())
    return () if _so_already(intent, state) else fields


def _so_already(intent: Intent, state: RoomState) -> bool:
    """Returns whether the terminal has nothing to change, and so may tell of no change."""
    match intent:
        case MuteMic(on=on):
            return state.mic_muted is on
        case MuteAudio(on=on):
            return state.audio_muted is on
        case MuteVideo(on=on):
            return state.video_muted is on
        case ShareContent(on=on):
            return state.shows_content is on
        case SetSleep(on=on):
            return state.sleeping in {None, on}  # where it has not told, it may tell of no change
        case SetVolume(level=level):
            return state.volume is not None and abs(state.volume - level) < SAME_LEVEL
        case HangUp():
            return state.phase in {Phase.IDLE, Phase.UNKNOWN}
        case _:
            return False


def _switch(on: str, off: str) -> Callable[[Any], Text]:
    return lambda intent: Text(on if intent.on else off)


def _always(key: str) -> Callable[[Any], Text]:
    return lambda _intent: Text(key)


def _volume(intent: SetVolume) -> Text:
    return Text("pending.volume", percent=round(intent.level * 100))


def _tone(intent: Tone) -> Text:
    return Text("pending.tone", symbol=intent.symbol)


def _move(intent: Move) -> Text:
    return NOTHING if intent == Move() else Text("pending.camera")  # a stop is no press


def _move_to(intent: MoveTo) -> Text:
    return Text("pending.preset") if intent.preset else NOTHING  # a joystick goes through many places


_CONFIRMS: Mapping[type[Intent], tuple[str, ...]] = {
    Answer: ("phase", "call_waiting"),
    Decline: ("phase", "call_waiting"),
    HangUp: ("phase",),
    MuteMic: ("mic_muted",),
    MuteAudio: ("audio_muted",),
    MuteVideo: ("video_muted",),
    SetVolume: ("volume",),
    LendCamera: ("camera_wanted",),
    KeepCamera: ("camera_wanted",),
    AskForPodium: ("podium",),
    LeavePodium: ("podium",),
    MakeRemark: ("podium",),
    MuteOthers: ("attendees",),
    RemovePeer: ("attendees",),
    SetSleep: ("sleeping",),
    ShareContent: ("shows_content",),
}

_WORDS: Mapping[type[Intent], Callable[[Any], Text]] = {
    Answer: _always("pending.answer"),
    Decline: _always("pending.decline"),
    HangUp: _always("pending.hang_up"),
    MuteMic: _switch("pending.mic_mute", "pending.mic_unmute"),
    MuteAudio: _switch("pending.audio_mute", "pending.audio_unmute"),
    MuteVideo: _switch("pending.video_mute", "pending.video_unmute"),
    PutOnHold: _always("pending.hold"),
    Resume: _always("pending.resume"),
    SetVolume: _volume,
    Tone: _tone,
    Move: _move,
    MoveTo: _move_to,
    KeepPreset: _always("pending.preset"),
    HomeCamera: _always("pending.camera"),
    LendCamera: _always("pending.camera_yes"),
    KeepCamera: _always("pending.camera_no"),
    AskForPodium: _always("pending.podium"),
    LeavePodium: _always("pending.leave_podium"),
    MakeRemark: _always("pending.remark"),
    MuteOthers: _always("pending.mute_others"),
    RemovePeer: _always("pending.remove"),
    InvitePeer: _always("pending.invite"),
    SendCommand: _always("pending.command"),
    ShareContent: _switch("pending.content_on", "pending.content_off"),
    SetLayout: _always("pending.layout"),
    SetSleep: _switch("pending.sleep", "pending.wake"),
    RestartTerminal: _always("pending.restart_terminal"),
}
