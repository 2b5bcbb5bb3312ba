"""What the terminal does not tell by itself is asked of it, and asked again until it answers."""

import math
from collections.abc import Mapping
from functools import partial
from typing import Final

import msgspec

from appliance.room.local_events.link import ReadingWanted
from appliance.room.parts.link import LinkPhase
from appliance.room.parts.reading import Reading
from appliance.room.reactions.reaction import Outcome, same_session
from appliance.room.state import RoomState
from appliance.terminal.messages.account import GetLogin
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.calls import GetAppState, GetConferenceParticipants, GetConferences
from appliance.terminal.messages.devices import GetAudioMute, GetMicMute, GetPtzControls, GetSettings, GetVideoMute
from appliance.terminal.messages.newer.control import GetSleepMode
from appliance.terminal.messages.newer.generation import Generation
from appliance.terminal.messages.newer.picture import GetComPort
from appliance.terminal.messages.people import HISTORY, GetAddressBook, GetCallHistory, GetScheduler
from appliance.terminal.messages.presets import GetPresets

PATIENCE = 6.0  # seconds until the same is asked again: longer than a reply may take; twice as long each time
LONGEST = 600.0  # seconds; a terminal that never answers a question may not know it
ARRIVES = {Reading.SCHEDULE: PATIENCE}  # seconds before the first question: it normally comes as an event, by itself

QUESTIONS: Final[Mapping[Reading, Command]] = {
    Reading.ACCOUNT: GetLogin(),
    Reading.CALL: GetConferences(),
    Reading.MIC: GetMicMute(),
    Reading.AUDIO: GetAudioMute(),
    Reading.VIDEO: GetVideoMute(),
    Reading.SETTINGS: GetSettings(),
    Reading.CAMERA: GetPtzControls(),
    Reading.SCHEDULE: GetScheduler(),
    Reading.HISTORY: GetCallHistory(count=HISTORY),
    Reading.CONTACTS: GetAddressBook(),
    Reading.REQUESTS: GetAppState(),
    Reading.PARTICIPANTS: GetConferenceParticipants(),
    Reading.PRESETS: GetPresets(),
    Reading.COM_PORT: GetComPort(),
    Reading.SLEEP: GetSleepMode(),
}


class _Asking(msgspec.Struct, frozen=True):
    """When to ask next, how long to wait for the answer then, and since when the part was stale (monotonic seconds)."""

    at: float
    wait: float
    since: float


def stale(
    before: RoomState, state: RoomState, now: float, *, asking: Mapping[Reading, _Asking] | None = None
) -> Outcome:
    """Asks for what is stale: at once, and again after 6, 12, 24 seconds and so on while the session lasts."""
    if state.link.phase is not LinkPhase.UP:
        return Outcome(then=stale)
    known = (asking or {}) if same_session(before, state) else {}
    plan = {each: _asking(known.get(each), each, since, now) for each, since in state.stale.items()}
    due = [each for each, when in plan.items() if when.at <= now]
    first = [each for each in due if plan[each].wait == PATIENCE]
    plan |= {each: _Asking(now + plan[each].wait, min(2 * plan[each].wait, LONGEST), plan[each].since) for each in due}
    return Outcome(
        reads=tuple(QUESTIONS[each] for each in first),
        repeats=tuple(QUESTIONS[each] for each in due if each not in first),
        look_at=min((when.at for when in plan.values()), default=math.inf),
        then=partial(stale, asking=plan),
    )


def _asking(known: _Asking | None, reading: Reading, since: float, now: float) -> _Asking:
    """Returns when to ask: as planned, but at once where something has changed since."""
    if known is not None and known.since == since:
        return known
    return _Asking(now + ARRIVES.get(reading, 0.0), PATIENCE, since)


def terminal_presets(before: RoomState, state: RoomState, _now: float) -> Outcome:
    """Has the terminal's presets read after every connect; terminals before 4.2 have none and refuse the question."""
    connected = state.link.phase is LinkPhase.UP and not same_session(before, state)
    return Outcome(events=(ReadingWanted(Reading.PRESETS),)) if connected else Outcome()


def com_port(before: RoomState, state: RoomState, _now: float) -> Outcome:
    """Has a terminal that has shown itself to be a newer one asked, once a session, where it drives a camera itself."""
    return Outcome(events=(ReadingWanted(Reading.COM_PORT),)) if _shown_newer(before, state) else Outcome()


def sleep_mode(before: RoomState, state: RoomState, _now: float) -> Outcome:
    """Has a terminal that has shown itself to be a newer one asked, once a session, whether it sleeps."""
    return Outcome(events=(ReadingWanted(Reading.SLEEP),)) if _shown_newer(before, state) else Outcome()


def _shown_newer(before: RoomState, state: RoomState) -> bool:
    """Returns whether the terminal has just shown itself to be a newer one, for the first time in this session."""
    known = same_session(before, state) and before.generation is Generation.NEWER
    return state.link.phase is LinkPhase.UP and state.generation is Generation.NEWER and not known
