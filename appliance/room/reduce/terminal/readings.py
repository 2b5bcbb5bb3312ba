"""What had to be asked for: when it becomes stale, and what the answer says.

A part is stale from the moment at which something made it worth reading again until an answer has come that was asked
for after that moment. So an answer that is lost is missed, whoever asks, and nothing acts on what was true before.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from appliance.room.change import changed
from appliance.room.local_events.link import Answered, AnswerRefused, ReadingWanted
from appliance.room.parts.call import Muted
from appliance.room.parts.reading import Reading
from appliance.room.reduce.calls import hold, owner_mutes
from appliance.room.reduce.conference import attendees, company, podium, requests
from appliance.room.reduce.local import quiet
from appliance.room.reduce.terminal import com_port, directory, presets, snapshot
from appliance.room.state import GOING_ON, Phase, RoomState
from appliance.terminal.messages.account import GetLogin, LoginReply
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.calls import (
    GetAppState,
    GetConferenceParticipants,
    GetConferences,
    ParticipantsReply,
)
from appliance.terminal.messages.devices import (
    GetAudioMute,
    GetMicMute,
    GetPtzControls,
    GetSettings,
    GetVideoMute,
)
from appliance.terminal.messages.newer.control import GetSleepMode
from appliance.terminal.messages.newer.picture import GetComPort
from appliance.terminal.messages.people import (
    AddressBookReceived,
    ConferenceList,
    GetAddressBook,
    GetCallHistory,
    GetScheduler,
    ScheduleReply,
)
from appliance.terminal.messages.presets import GetPresets

_NOT_EVERYWHERE: Final = frozenset({Reading.PRESETS, Reading.COM_PORT, Reading.SLEEP})
_Take = Callable[[RoomState, Any, float], RoomState]
_DURING_A_CALL = GOING_ON | {Phase.CLOSING, Phase.RINGING, Phase.CALLING, Phase.WAITING}


def marked(before: RoomState, state: RoomState, now: float) -> RoomState:
    """Returns the room with what a change of its phase has made stale: whom a call is with, the history after it."""
    if before.link is not state.link or _same_calls(before, state):
        return state
    stale = dict(state.stale)
    if _call_over(before, state):
        stale[Reading.HISTORY] = now
    if not _unclear(state):
        stale.pop(Reading.CALL, None)
    elif before.phase is not state.phase:
        stale[Reading.CALL] = now
    return company.marked(podium.marked(changed(state, stale=stale), now), now)


def _same_calls(before: RoomState, state: RoomState) -> bool:
    asked_for_nothing = before.call_asked is None or state.call_asked is not None
    same = before.conversation is state.conversation and before.call_waiting is state.call_waiting
    return before.phase is state.phase and same and asked_for_nothing


def _call_over(before: RoomState, state: RoomState) -> bool:
    """Returns whether a call may have got into the history: the one that was on, asked for, or waiting beside it."""
    asked = before.call_asked is not None and state.phase is Phase.IDLE
    over = before.phase in _DURING_A_CALL and state.phase not in _DURING_A_CALL
    return asked or over or (before.call_waiting is not None and state.call_waiting is None)


def answered(state: RoomState, event: Answered, now: float) -> RoomState:
    """Takes the answer to a question; the part is as the terminal has it, unless it was asked for too early.

    What an event has told meanwhile is newer than an answer.
    """
    reading, take = _ANSWERS[type(event.question)]
    if reading is not None and reading not in state.stale:
        return state
    if reading is Reading.REQUESTS and not event.up_to_date:
        return state  # what was asked since would be missing in it
    state = take(state, event.reply, now)
    return known(state, reading) if reading and event.up_to_date else state


def refused(state: RoomState, event: AnswerRefused, _now: float) -> RoomState:
    """Asks no further for what a terminal need not have; what every terminal has is asked for again."""
    reading, _ = _ANSWERS[type(event.question)]
    return known(state, reading) if reading in _NOT_EVERYWHERE else state


def wanted(state: RoomState, event: ReadingWanted, now: float) -> RoomState:
    """Marks a part as worth reading."""
    return changed(state, stale={**state.stale, event.reading: now})


def known(state: RoomState, reading: Reading) -> RoomState:
    """Returns the room with this part no longer stale."""
    return changed(state, stale={each: since for each, since in state.stale.items() if each is not reading})


def _unclear(state: RoomState) -> bool:
    """Returns whether a call goes on or begins of which no event has said with whom or what it is."""
    call = state.conversation
    told = call is not None and (call.peer is not None or call.conf_id or call.title)
    return state.phase is Phase.WAITING or (state.phase in GOING_ON and not told)


def meetings(state: RoomState, event: ConferenceList, _now: float) -> RoomState:
    """Takes the schedule, unless the terminal says that it has not got it."""
    return known(changed(state, meetings=event.conferences), Reading.SCHEDULE) if event.succeed else state


def book_received(state: RoomState, event: AddressBookReceived, now: float) -> RoomState:
    """Takes the address book that the terminal sends by itself after it has logged in."""
    return known(directory.book_received(state, event, now), Reading.CONTACTS)


def _account(state: RoomState, reply: LoginReply, _now: float) -> RoomState:
    return changed(state, me=snapshot.account(reply))


def _schedule(state: RoomState, reply: ScheduleReply, now: float) -> RoomState:
    """Most terminals send the schedule as an event; then the answer says nothing."""
    if reply.conferences is None:
        return state
    return meetings(state, ConferenceList(conferences=reply.conferences), now)


def _participants(state: RoomState, reply: ParticipantsReply, now: float) -> RoomState:
    state = company.read(podium.participants_read(state, reply, now), reply, now)
    return attendees.read(state, reply, now)


def _muted(device: Muted) -> _Take:
    return lambda state, reply, _now: owner_mutes.followed(hold.confirmed_muted(state, device, mute=reply.mute))


_ANSWERS: Final[Mapping[type[Command], tuple[Reading | None, _Take]]] = {
    GetLogin: (Reading.ACCOUNT, _account),
    GetConferences: (Reading.CALL, snapshot.conferences_read),
    GetMicMute: (Reading.MIC, _muted(Muted.MIC)),
    GetAudioMute: (Reading.AUDIO, _muted(Muted.AUDIO)),
    GetVideoMute: (Reading.VIDEO, _muted(Muted.VIDEO)),
    GetSettings: (Reading.SETTINGS, snapshot.settings_read),
    GetPtzControls: (Reading.CAMERA, snapshot.camera_read),
    GetScheduler: (None, _schedule),
    GetCallHistory: (Reading.HISTORY, snapshot.history_read),
    GetAddressBook: (Reading.CONTACTS, directory.book_received),
    GetAppState: (Reading.REQUESTS, requests.listed),
    GetConferenceParticipants: (Reading.PARTICIPANTS, _participants),
    GetPresets: (Reading.PRESETS, presets.read),
    GetComPort: (Reading.COM_PORT, com_port.read),
    GetSleepMode: (Reading.SLEEP, quiet.slept),
}
"""By question: what is known once it is answered, and what the answer says."""
