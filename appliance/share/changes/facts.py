"""What is so on the terminal, as events of its own: the event that tells it, and the one that would end it.

Events and the snapshot after a (re)connect are worded alike here, so that the two can be compared. Of a participant
only the presence is a fact: what else is said of people changes too often to be kept.
"""

from typing import Final

import msgspec

from appliance.terminal.messages import AnyEvent
from appliance.terminal.messages.account import Login, Logout, ServerConnected, ServerDisconnected
from appliance.terminal.messages.base import Event
from appliance.terminal.messages.calls import (
    AppStateChanged,
    ConferenceCreated,
    ConferenceDeleted,
    InviteReceived,
    InviteRequestSent,
    InviteSent,
    NewParticipant,
    ParticipantLeft,
    StopCalling,
)
from appliance.terminal.messages.devices import AudioMuted, MicMuted, PtzChanged, SettingChanged, VideoMuted
from appliance.terminal.messages.enums import LoginResult
from appliance.terminal.messages.people import ConferenceList

Key = tuple[str, str]  # the part of what the terminal says, and what within it

PARTS: Final = (
    *("server", "login", "state", "mic", "audio", "video", "setting", "ptz", "schedule"),
    *("invitation", "conference", "participant"),
)
"""In the order in which they are told; what is over is told before, the other way round."""

_LOGGED_IN = {LoginResult.SUCCESS, LoginResult.ALREADY_LOGGED_IN}
_MUTES: dict[type[Event], str] = {MicMuted: "mic", AudioMuted: "audio", VideoMuted: "video"}


class Fact(msgspec.Struct, frozen=True):
    """Two facts are the same where `value` is; `told_by` tells it; `ended_by` tells that it is over."""

    value: object
    told_by: Event
    ended_by: Event | None = None


def of_event(event: AnyEvent) -> tuple[Key, Fact] | None:
    """Returns what an event tells that lasts; None where it tells nothing of the kind."""
    match event:
        case AppStateChanged():
            return ("state", ""), Fact(msgspec.structs.replace(event, owner=""), event)
        case MicMuted() | AudioMuted() | VideoMuted():
            return (_MUTES[type(event)], ""), Fact(event.mute, event)
        case SettingChanged():
            return ("setting", event.name.casefold()), Fact(event.value, event)
        case PtzChanged():
            return ("ptz", ""), Fact(event, event)
        case ConferenceList():
            return ("schedule", ""), Fact(event.conferences, event)
        case Login(result=result) if result in _LOGGED_IN:
            return ("login", ""), Fact(event.peer_id, event, Logout())
        case ServerConnected():
            over = ServerDisconnected(server=event.server, port=event.port, service=event.service)
            return ("server", ""), Fact(event.server, event, over)
    return _of_call(event)


def _of_call(event: AnyEvent) -> tuple[Key, Fact] | None:
    match event:
        case InviteReceived() | InviteSent() | InviteRequestSent():
            # who gives up is not known where nobody has heard it: `side` stays as it is by default
            value = isinstance(event, InviteReceived), event.peer_id
            return ("invitation", ""), Fact(value, event, StopCalling(peer_id=event.peer_id))
        case ConferenceCreated():
            return ("conference", ""), Fact(event.conf_id, event, ConferenceDeleted(conf_id=event.conf_id))
        case NewParticipant():
            return ("participant", event.peer_id), Fact(event.conf_id, event, ParticipantLeft(peer_id=event.peer_id))
    return None
