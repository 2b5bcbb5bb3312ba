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
from appliance.room import intents
from appliance.room.change import changed
from appliance.room.inputs import Drive, Input, SourceGone, Unattended
from appliance.room.intents import Intent
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
    if any(isinstance(each, intents.Call) for each in sent):
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
        case intents.MuteMic(on=on):
            return state.mic_muted is on
        case intents.MuteAudio(on=on):
            return state.audio_muted is on
        case intents.MuteVideo(on=on):
            return state.video_muted is on
        case intents.ShareContent(on=on):
            return state.shows_content is on
        case intents.SetSleep(on=on):
            return state.sleeping in {None, on}  # where it has not told, it may tell of no change
        case intents.SetVolume(level=level):
            return state.volume is not None and abs(state.volume - level) < SAME_LEVEL
        case intents.HangUp():
            return state.phase in {Phase.IDLE, Phase.UNKNOWN}
        case _:
            return False


def _switch(on: str, off: str) -> Callable[[Any], Text]:
    return lambda intent: Text(on if intent.on else off)


def _always(key: str) -> Callable[[Any], Text]:
    return lambda _intent: Text(key)


def _volume(intent: intents.SetVolume) -> Text:
    return Text("pending.volume", percent=round(intent.level * 100))


def _tone(intent: intents.Tone) -> Text:
    return Text("pending.tone", symbol=intent.symbol)


def _move(intent: intents.Move) -> Text:
    return NOTHING if intent == intents.Move() else Text("pending.camera")  # a stop is no press


def _move_to(intent: intents.MoveTo) -> Text:
    return Text("pending.preset") if intent.preset else NOTHING  # a joystick goes through many places


_CONFIRMS: Mapping[type[Intent], tuple[str, ...]] = {
    intents.Answer: ("phase", "call_waiting"),
    intents.Decline: ("phase", "call_waiting"),
    intents.HangUp: ("phase",),
    intents.MuteMic: ("mic_muted",),
    intents.MuteAudio: ("audio_muted",),
    intents.MuteVideo: ("video_muted",),
    intents.SetVolume: ("volume",),
    intents.LendCamera: ("camera_wanted",),
    intents.KeepCamera: ("camera_wanted",),
    intents.AskForPodium: ("podium",),
    intents.LeavePodium: ("podium",),
    intents.MakeRemark: ("podium",),
    intents.MuteOthers: ("attendees",),
    intents.RemovePeer: ("attendees",),
    intents.SetSleep: ("sleeping",),
    intents.ShareContent: ("shows_content",),
}

_WORDS: Mapping[type[Intent], Callable[[Any], Text]] = {
    intents.Answer: _always("pending.answer"),
    intents.Decline: _always("pending.decline"),
    intents.HangUp: _always("pending.hang_up"),
    intents.MuteMic: _switch("pending.mic_mute", "pending.mic_unmute"),
    intents.MuteAudio: _switch("pending.audio_mute", "pending.audio_unmute"),
    intents.MuteVideo: _switch("pending.video_mute", "pending.video_unmute"),
    intents.PutOnHold: _always("pending.hold"),
    intents.Resume: _always("pending.resume"),
    intents.SetVolume: _volume,
    intents.Tone: _tone,
    intents.Move: _move,
    intents.MoveTo: _move_to,
    intents.KeepPreset: _always("pending.preset"),
    intents.HomeCamera: _always("pending.camera"),
    intents.LendCamera: _always("pending.camera_yes"),
    intents.KeepCamera: _always("pending.camera_no"),
    intents.AskForPodium: _always("pending.podium"),
    intents.LeavePodium: _always("pending.leave_podium"),
    intents.MakeRemark: _always("pending.remark"),
    intents.MuteOthers: _always("pending.mute_others"),
    intents.RemovePeer: _always("pending.remove"),
    intents.InvitePeer: _always("pending.invite"),
    intents.SendCommand: _always("pending.command"),
    intents.ShareContent: _switch("pending.content_on", "pending.content_off"),
    intents.SetLayout: _always("pending.layout"),
    intents.SetSleep: _switch("pending.sleep", "pending.wake"),
    intents.RestartTerminal: _always("pending.restart_terminal"),
}
