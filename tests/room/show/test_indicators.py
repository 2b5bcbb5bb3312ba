import msgspec
import pytest

from appliance.room.intents.base import Intent
from appliance.room.intents.call import Call, EditNumber, HangUp, Tone
from appliance.room.intents.conference import AcceptRequest, DeclineRequest
from appliance.room.intents.media import MuteMic
from appliance.room.parts.closed import Locked, Undisturbed
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.podium import Podium
from appliance.room.parts.requests import Request, Wish
from appliance.room.show.indicators import Indicator, Pattern, SpeakerphoneLamps, key_tone, ticks
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.enums import ConferenceType
from tests.room.lamps import indicate, pattern, speakerphone_lamps
from tests.room.rooms import ANNA, P2P, room

OFF, ON, BLINK, FAST, UNKNOWN = Pattern.OFF, Pattern.ON, Pattern.BLINK, Pattern.BLINK_FAST, Pattern.UNKNOWN
LAMPS = (Indicator.RINGING, Indicator.CALLING, Indicator.IN_CALL, Indicator.IDLE, Indicator.OFFLINE)
TABLE = {
    Phase.UNKNOWN: (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    Phase.OFFLINE: (OFF, OFF, OFF, OFF, ON),
    Phase.CONNECTING: (OFF, OFF, OFF, OFF, BLINK),
    Phase.LOGIN_NEEDED: (OFF, OFF, OFF, OFF, FAST),
    Phase.IDLE: (OFF, OFF, OFF, ON, OFF),
    Phase.WAITING: (UNKNOWN, UNKNOWN, OFF, OFF, OFF),
    Phase.CALLING: (OFF, BLINK, OFF, OFF, OFF),
    Phase.RINGING: (FAST, OFF, OFF, OFF, OFF),
    Phase.WAITING_ROOM: (OFF, OFF, OFF, OFF, OFF),
    Phase.IN_CALL: (OFF, OFF, ON, OFF, OFF),
    Phase.CLOSING: (OFF, OFF, BLINK, OFF, OFF),
}
LINKS = {
    LinkPhase.UP: OFF,
    LinkPhase.DOWN: ON,
    LinkPhase.STARTING: BLINK,
    LinkPhase.EVICTED: BLINK,
    LinkPhase.REFUSED: FAST,
}
NOT_UP = [phase for phase in LinkPhase if phase is not LinkPhase.UP]


@pytest.mark.parametrize("phase", Phase)
def test_each_phase_has_its_lamps(phase: Phase) -> None:
    shown = indicate(room(phase))
    assert tuple(shown[lamp] for lamp in LAMPS) == TABLE[phase]


def test_the_waiting_room_has_a_lamp_of_its_own() -> None:
    assert {phase for phase in Phase if pattern(Indicator.WAITING_ROOM, room(phase)) is BLINK} == {Phase.WAITING_ROOM}


@pytest.mark.parametrize(("known", "expected"), [(None, UNKNOWN), (False, OFF), (True, ON)])
@pytest.mark.parametrize("phase", Phase)
def test_mutes_show_what_the_terminal_confirmed(known: bool | None, expected: Pattern, phase: Phase) -> None:
    assert pattern(Indicator.MUTED, room(phase, mic_muted=known)) is expected
    assert pattern(Indicator.CAMERA_MUTED, room(phase, video_muted=known)) is expected


@pytest.mark.parametrize("phase", LinkPhase)
def test_the_link_has_patterns_of_its_own_and_is_dark_when_all_is_well(phase: LinkPhase) -> None:
    assert pattern(Indicator.LINK, RoomState(link=Link(phase))) is LINKS[phase]


@pytest.mark.parametrize("phase", NOT_UP)
def test_without_a_link_no_lamp_shows_what_was_before(phase: LinkPhase) -> None:
    stale = RoomState(link=Link(phase), phase=Phase.IN_CALL, conversation=P2P, mic_muted=True, video_muted=True)
    shown = indicate(stale)
    local = {Indicator.LINK, Indicator.ERROR, Indicator.UNDISTURBED, Indicator.LOCKED}
    assert all(shown[lamp] is UNKNOWN for lamp in Indicator if lamp not in local)
    assert shown[Indicator.ERROR] is (ON if phase is LinkPhase.REFUSED else UNKNOWN)
    assert speakerphone_lamps(stale) == SpeakerphoneLamps()


def test_a_room_that_is_not_to_be_disturbed_says_so_and_does_not_ring() -> None:
    assert pattern(Indicator.LOCKED, RoomState(link=Link(LinkPhase.DOWN), locked=Locked())) is ON
    assert pattern(Indicator.LOCKED, room()) is OFF
    quiet = RoomState(link=Link(LinkPhase.DOWN), undisturbed=Undisturbed())
    assert pattern(Indicator.UNDISTURBED, quiet) is ON
    assert pattern(Indicator.UNDISTURBED, room()) is OFF
    rings_silently = room(Phase.RINGING, conversation=P2P, undisturbed=Undisturbed())
    assert not speakerphone_lamps(rings_silently).ring
    assert pattern(Indicator.RINGING, rings_silently) is Pattern.BLINK_FAST


def test_a_call_that_waits_blinks_slowly_beside_the_call() -> None:
    shown = indicate(room(Phase.IN_CALL, conversation=P2P, call_waiting=P2P))
    assert (shown[Indicator.RINGING], shown[Indicator.IN_CALL]) == (BLINK, ON)


def test_a_request_for_our_camera_blinks_until_it_is_answered() -> None:
    asked = room(Phase.IN_CALL, conversation=P2P, camera_wanted=(Person(ANNA),))
    assert pattern(Indicator.CAMERA_ASKED, asked) is BLINK
    assert pattern(Indicator.CAMERA_ASKED, room(Phase.IN_CALL, conversation=P2P)) is OFF


def test_what_the_room_is_asked_blinks_until_it_is_answered() -> None:
    request = Request(Wish.PODIUM, Person(ANNA))
    for requests, shown in (
        ((), OFF),
        ((request,), BLINK),
        ((msgspec.structs.replace(request, certain=False),), OFF),
        ((msgspec.structs.replace(request, answer=True),), ON),
    ):
        assert pattern(Indicator.ASKED, room(Phase.IN_CALL, conversation=P2P, requests=requests)) is shown
    behind_a_call = room(Phase.IN_CALL, conversation=P2P, requests=(request,), call_waiting=P2P)
    assert (pattern(Indicator.ASKED, behind_a_call), pattern(Indicator.RINGING, behind_a_call)) == (OFF, BLINK)


@pytest.mark.parametrize(
    ("podium", "shown"),
    [
        (Podium(), UNKNOWN),
        (Podium(pending_until=5.0), UNKNOWN),
        (Podium(speaks=False), OFF),
        (Podium(speaks=False, asked=True), BLINK),
        (Podium(speaks=True), ON),
    ],
)
def test_the_podium_has_a_lamp_in_role_based_conferences(podium: Podium, shown: Pattern) -> None:
    lecture = msgspec.structs.replace(P2P, type=ConferenceType.ROLE_BASED)
    assert pattern(Indicator.PODIUM, room(Phase.IN_CALL, conversation=lecture, podium=podium)) is shown
    assert pattern(Indicator.PODIUM, room(Phase.IN_CALL, conversation=P2P)) is OFF
    assert pattern(Indicator.PODIUM, room()) is OFF


def test_an_error_is_something_that_somebody_has_to_do() -> None:
    assert pattern(Indicator.ERROR, room()) is OFF
    assert pattern(Indicator.ERROR, room(Phase.LOGIN_NEEDED)) is ON
    assert pattern(Indicator.ERROR, room(offline=frozenset({"keypad"}))) is ON
    assert pattern(Indicator.ERROR, RoomState(offline=frozenset({"keypad"}))) is ON


@pytest.mark.parametrize("phase", LinkPhase)
def test_all_lamps_are_dark_in_the_end(phase: LinkPhase) -> None:
    state = RoomState(link=Link(phase), phase=Phase.IN_CALL, mic_muted=True, halted=True)
    assert set(indicate(state).values()) == {OFF}
    assert speakerphone_lamps(state) == SpeakerphoneLamps()


@pytest.mark.parametrize("phase", Phase)
def test_the_lamps_of_a_speakerphone(phase: Phase) -> None:
    off_hook, ring = phase in {Phase.CALLING, Phase.WAITING_ROOM, Phase.IN_CALL}, phase is Phase.RINGING
    assert speakerphone_lamps(room(phase, mic_muted=True)) == SpeakerphoneLamps(off_hook, ring, True)
    assert speakerphone_lamps(room(phase, mic_muted=None)) == SpeakerphoneLamps(off_hook, ring, False)


@pytest.mark.parametrize(
    ("intent", "symbol"),
    [(Tone("5"), "5"), (EditNumber("12"), "2"), (EditNumber("1"), None), (EditNumber(""), None), (HangUp(), None)],
)
def test_a_key_sounds_as_what_it_dials(intent: Intent, symbol: str | None) -> None:
    assert key_tone(intent, room(number="1")) == symbol


@pytest.mark.parametrize(
    ("intent", "ticks_here"),
    [
        (Call(ANNA), True),
        (HangUp(), True),
        (MuteMic(True), True),
        (DeclineRequest(Request(Wish.JOIN, Person(ANNA))), True),
        (AcceptRequest(Request(Wish.JOIN, Person(ANNA))), True),
        (EditNumber("1"), False),
    ],
)
def test_what_is_asked_of_the_terminal_ticks_and_never_into_the_ring(intent: Intent, ticks_here: bool) -> None:
    assert ticks(intent, room(Phase.IN_CALL, conversation=P2P)) is ticks_here
    assert not ticks(intent, room(Phase.RINGING, conversation=P2P))
