"""What lamps show. They show what the terminal confirmed; what nobody has confirmed has a pattern of its own.

`link` is dark while all is well: on, the terminal is out of reach (the link tries again by itself); blinking, the
appliance is starting or another controller has taken over; blinking fast, the terminal refuses the appliance.

Every lamp is asked with the time, and says with its pattern until when that is right, so that a lamp may change because
time has passed. Whoever drives lamps sleeps until the room changes or that moment has come.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

import msgspec

from appliance.room import hold
from appliance.room.decide.requests import open_request
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Call, EditNumber, Tone
from appliance.room.intents.conference import AcceptRequest, DeclineRequest
from appliance.room.orders.asked import worded
from appliance.room.parts.link import LinkPhase
from appliance.room.show.shown import Shown
from appliance.room.state import GOING_ON, Phase, RoomState
from appliance.terminal.messages.enums import ConferenceType


class Indicator(StrEnum):
    """Lamps by what they tell."""

    RINGING = "ringing"
    CALLING = "calling"
    IN_CALL = "in_call"
    WAITING_ROOM = "waiting_room"  # the room waits to be let into a conference: nobody hears or sees it
    IDLE = "idle"
    MUTED = "muted"  # microphone
    CAMERA_MUTED = "camera_muted"
    ON_HOLD = "on_hold"  # the call rests: microphone, loudspeaker and camera are muted for it
    CAMERA_ASKED = "camera_asked"  # somebody asks to move our camera
    ASKED = "asked"  # somebody in the conference asks something of the room
    PODIUM = "podium"  # the room speaks from the podium of a conference, or has asked for it
    OFFLINE = "offline"  # the terminal has no server, or is not logged in
    LINK = "link"
    UNDISTURBED = "undisturbed"  # the room is not to be disturbed
    LOCKED = "locked"  # nobody may use the room's inputs
    ERROR = "error"  # somebody has to do something: hardware missing, terminal refuses us or is not logged in


class Pattern(StrEnum):
    """How a lamp shines."""

    OFF = "off"
    ON = "on"
    BLINK = "blink"
    BLINK_FAST = "blink_fast"
    UNKNOWN = "unknown"  # a short flash now and then: the appliance lives and does not know


class SpeakerphoneLamps(msgspec.Struct, frozen=True):
    """What the lamps of a speakerphone show; they know no pattern, so what is unknown is dark."""

    off_hook: bool = False
    ring: bool = False
    mute: bool = False
    hold: bool = False


_PHASES: Mapping[Indicator, Mapping[Phase, Pattern]] = {
    Indicator.RINGING: {Phase.RINGING: Pattern.BLINK_FAST, Phase.WAITING: Pattern.UNKNOWN},
    Indicator.CALLING: {Phase.CALLING: Pattern.BLINK, Phase.WAITING: Pattern.UNKNOWN},
    Indicator.IN_CALL: {Phase.IN_CALL: Pattern.ON, Phase.CLOSING: Pattern.BLINK},
    Indicator.WAITING_ROOM: {Phase.WAITING_ROOM: Pattern.BLINK},
    Indicator.IDLE: {Phase.IDLE: Pattern.ON},
    Indicator.OFFLINE: {
        Phase.OFFLINE: Pattern.ON,
        Phase.CONNECTING: Pattern.BLINK,
        Phase.LOGIN_NEEDED: Pattern.BLINK_FAST,
    },
}
_LINKS: Mapping[LinkPhase, Pattern] = {
    LinkPhase.UP: Pattern.OFF,
    LinkPhase.DOWN: Pattern.ON,
    LinkPhase.STARTING: Pattern.BLINK,
    LinkPhase.EVICTED: Pattern.BLINK,
    LinkPhase.REFUSED: Pattern.BLINK_FAST,
}


def pattern(indicator: Indicator, state: RoomState, now: float) -> Shown[Pattern]:
    """Returns one lamp's pattern at `now` (monotonic seconds); all are dark once the appliance has ended."""
    if state.halted:
        return Shown(Pattern.OFF)
    if indicator in _ALWAYS_KNOWN:
        return _ALWAYS_KNOWN[indicator](state, now)
    if state.link.phase is not LinkPhase.UP:
        return Shown(Pattern.UNKNOWN)
    return _CONFIRMED[indicator](state, now) if indicator in _CONFIRMED else Shown(_by_phase(indicator, state))


def speakerphone_lamps(state: RoomState, _now: float) -> Shown[SpeakerphoneLamps]:
    """Returns what the lamps of a speakerphone show at `now` (monotonic seconds); dark without a link."""
    if state.halted or state.link.phase is not LinkPhase.UP:
        return Shown(SpeakerphoneLamps())
    lamps = SpeakerphoneLamps(
        off_hook=state.phase in GOING_ON | {Phase.CALLING},
        ring=rings(state),
        mute=state.mic_muted is True,
        hold=hold.confirmed(state),
    )
    return Shown(lamps)


def rings(state: RoomState) -> bool:
    """Returns whether the terminal says that it rings, and nothing keeps it silent; what is not known does not ring."""
    silent = state.undisturbed is not None or state.halted
    return state.link.phase is LinkPhase.UP and not silent and state.phase is Phase.RINGING


def key_tone(intent: Intent, before: RoomState) -> str | None:
    """Returns the symbol to sound for an intent, `before` being the room before; None if nothing was dialled."""
    match intent:
        case Tone(symbol=symbol):
            return symbol
        case EditNumber(number=number) if len(number) > len(before.number):
            return number[-1]
        case _:
            return None


def ticks(intent: Intent, now: RoomState) -> bool:
    """Returns whether a press that wants this is acknowledged with a tick: it asks something of the terminal.

    Nothing sounds into the ring, which may have the sound card for itself.
    """
    asks = bool(worded(intent)) or isinstance(intent, Call | AcceptRequest | DeclineRequest)
    return asks and not rings(now)


def _by_phase(indicator: Indicator, state: RoomState) -> Pattern:
    if state.phase is Phase.UNKNOWN:
        return Pattern.UNKNOWN
    return _PHASES[indicator].get(state.phase, Pattern.OFF)


def _ringing(state: RoomState) -> Pattern:
    in_call = state.phase in GOING_ON and state.call_waiting is not None
    return Pattern.BLINK if in_call else _by_phase(Indicator.RINGING, state)


def _switch(on: bool | None) -> Pattern:  # noqa: FBT001  # the only argument, and what the function is about
    return {None: Pattern.UNKNOWN, False: Pattern.OFF, True: Pattern.ON}[on]


def _asked(state: RoomState) -> Pattern:
    """Steady once it was answered and the terminal has not confirmed that."""
    request = open_request(state)
    if request is None:
        return Pattern.OFF
    return Pattern.BLINK if request.answer is None else Pattern.ON


def _podium(state: RoomState) -> Pattern:
    if state.podium.asked:
        return Pattern.BLINK
    conversation = state.conversation
    elsewhere = conversation is None or conversation.type is not ConferenceType.ROLE_BASED
    if state.phase is not Phase.IN_CALL or (elsewhere and state.podium.speaks is None):
        return Pattern.OFF
    return _switch(state.podium.speaks)


def _error(state: RoomState) -> Pattern:
    if state.offline or state.link.phase is LinkPhase.REFUSED or state.phase is Phase.LOGIN_NEEDED:
        return Pattern.ON
    return Pattern.OFF if state.link.phase is LinkPhase.UP else Pattern.UNKNOWN


Lamp = Callable[[RoomState, float], Shown[Pattern]]


def _timeless(look: Callable[[RoomState], Pattern]) -> Lamp:
    """Returns a lamp that only a change of the room changes."""
    return lambda state, _now: Shown(look(state))


_ALWAYS_KNOWN: Mapping[Indicator, Lamp] = {
    Indicator.LINK: _timeless(lambda state: _LINKS[state.link.phase]),
    Indicator.ERROR: _timeless(_error),
    Indicator.LOCKED: _timeless(lambda state: Pattern.ON if state.locked else Pattern.OFF),
    Indicator.UNDISTURBED: _timeless(lambda state: Pattern.ON if state.undisturbed else Pattern.OFF),
}
_CONFIRMED: Mapping[Indicator, Lamp] = {
    Indicator.ASKED: _timeless(_asked),
    Indicator.PODIUM: _timeless(_podium),
    Indicator.CAMERA_ASKED: _timeless(lambda state: Pattern.BLINK if state.camera_wanted else Pattern.OFF),
    Indicator.ON_HOLD: _timeless(lambda state: _switch(hold.confirmed(state))),
    Indicator.RINGING: _timeless(_ringing),
    Indicator.MUTED: _timeless(lambda state: _switch(state.mic_muted)),
    Indicator.CAMERA_MUTED: _timeless(lambda state: _switch(state.video_muted)),
}
