"""The reactions that every room has, each seen from outside: what it is shown, and what it says."""

import math

import msgspec
import pytest

from appliance.language.text import Text
from appliance.room.change import NOTICE_SECONDS
from appliance.room.inputs import CameraRequestDecided, HeldCallOver
from appliance.room.local_events.link import Answered, AnswerRefused, ReadingWanted
from appliance.room.local_events.shown import NoticeExpired, NoticeShown
from appliance.room.parts.call import Conversation, Muted, OnHold
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.parts.reading import Reading
from appliance.room.parts.shown import Notice
from appliance.room.reactions.camera_requests import Policy, camera_requests
from appliance.room.reactions.hold import SETTLED, held_call_over
from appliance.room.reactions.notices import notices
from appliance.room.reactions.reads import LONGEST, QUESTIONS, com_port, stale, terminal_presets
from appliance.room.reduce.reduce import reduce
from appliance.room.state import Phase, RoomState
from appliance.room.texts import camera_wanted
from appliance.terminal.messages import decode_as
from appliance.terminal.messages.newer.generation import Generation
from appliance.terminal.messages.newer.picture import ComPortChanged, ComPortReply, GetComPort
from appliance.terminal.messages.people import HISTORY, GetCallHistory, GetScheduler
from tests.room.reactions.living import Living
from tests.room.rooms import ANNA, BORIS, P2P, room

HELD = room(
    Phase.IN_CALL,
    conversation=P2P,
    on_hold=OnHold(P2P.conf_id, frozenset(Muted)),
    mic_muted=True,
    audio_muted=True,
    video_muted=True,
)
OVER = msgspec.structs.replace(HELD, phase=Phase.IDLE, conversation=None)
LOST = RoomState(link=Link(LinkPhase.DOWN), on_hold=HELD.on_hold)


def becomes(state: RoomState, **fields: object) -> RoomState:
    return msgspec.structs.replace(state, **fields)


def reconnected(state: RoomState) -> RoomState:
    return becomes(state, link=Link(LinkPhase.UP))


def test_a_held_call_is_over_when_there_was_none_for_two_seconds() -> None:
    living = Living(held_call_over, HELD)
    living.sees(OVER, 10.0)
    assert (living.inputs, living.look_at) == ([], 10.0 + SETTLED)
    living.sees(becomes(OVER, volume=0.5), 11.0)
    assert (living.inputs, living.look_at) == ([], 10.0 + SETTLED)
    living.sees(OVER, 12.0)
    assert living.inputs == [HeldCallOver()]


def test_a_held_call_that_becomes_a_conference_is_not_over() -> None:
    living = Living(held_call_over, HELD)
    living.sees(OVER, 10.0)
    living.sees(becomes(HELD, conversation=Conversation(conf_id="9")), 11.0)
    assert living.look_at == math.inf
    living.sees(OVER, 20.0)
    assert (living.inputs, living.look_at) == ([], 22.0)


def test_another_call_that_somebody_here_has_taken_ends_the_hold_at_once() -> None:
    assert HELD.on_hold is not None
    answered = becomes(HELD, on_hold=msgspec.structs.replace(HELD.on_hold, answered=True))
    living = Living(held_call_over, answered)
    living.sees(becomes(answered, conversation=Conversation(conf_id="9")), 10.0)
    assert living.inputs == [HeldCallOver()]


def test_an_end_that_was_not_seen_sends_nothing() -> None:
    for missed in ([OVER], [HELD, LOST, reconnected(OVER)], [HELD, reconnected(OVER)]):
        living = Living(held_call_over, room())
        for now, state in enumerate(missed):
            living.sees(state, float(now))
        living.sees(missed[-1], 100.0)
        assert (living.inputs, living.look_at) == ([], math.inf)


ANNA_ASKS = room(Phase.IN_CALL, conversation=P2P, camera_wanted=(Person(ANNA, "Anna"),))
BOTH_ASK = becomes(ANNA_ASKS, camera_wanted=(Person(ANNA, "Anna"), Person(BORIS)))


@pytest.mark.parametrize(("policy", "lend"), [("allow", True), ("refuse", False)])
def test_a_request_that_the_configuration_decides_is_answered_once(policy: Policy, lend: bool) -> None:
    living = Living(camera_requests(policy, 20.0), room(Phase.IN_CALL, conversation=P2P))
    living.sees(ANNA_ASKS, 1.0)
    living.sees(becomes(ANNA_ASKS, volume=0.5), 2.0)
    living.sees(BOTH_ASK, 3.0)
    assert living.inputs == [CameraRequestDecided(ANNA, lend), CameraRequestDecided(BORIS, lend)]
    assert (living.events, living.look_at) == ([], math.inf)


def test_a_room_that_is_asked_has_its_patience_for_each_of_them() -> None:
    living = Living(camera_requests("ask", 20.0), room(Phase.IN_CALL, conversation=P2P))
    living.sees(ANNA_ASKS, 1.0)
    living.sees(BOTH_ASK, 5.0)
    asked = [NoticeShown(camera_wanted(name), at + NOTICE_SECONDS) for name, at in (("Anna", 1.0), (BORIS, 5.0))]
    assert living.events == asked
    assert (living.inputs, living.look_at) == ([], 21.0)
    living.sees(BOTH_ASK, 21.0)
    assert (living.inputs, living.look_at) == ([CameraRequestDecided(ANNA, lend=False)], 25.0)
    living.sees(room(Phase.IN_CALL, conversation=P2P), 24.0)  # somebody here has answered the other
    assert (len(living.inputs), living.look_at) == (1, math.inf)


def test_who_asks_again_is_answered_again() -> None:
    living = Living(camera_requests("refuse", 20.0), ANNA_ASKS)
    living.sees(room(Phase.IN_CALL, conversation=P2P), 1.0)
    living.sees(ANNA_ASKS, 2.0)
    assert living.inputs == [CameraRequestDecided(ANNA, lend=False)] * 2


def test_a_notice_goes_when_its_time_has_come() -> None:
    living = Living(notices, room(notice=Notice(Text("notice.no_link"), 5.0)))
    assert (living.events, living.look_at) == ([], 5.0)
    living.sees(room(notice=Notice(Text("notice.no_answer"), 7.0)), 4.0)
    assert (living.events, living.look_at) == ([], 7.0)
    living.sees(room(notice=Notice(Text("notice.no_answer"), 7.0)), 7.0)
    assert living.events == [NoticeExpired()]


def test_what_is_stale_is_asked_for_at_once_and_again_until_it_is_answered() -> None:
    up = room()
    living = Living(stale, up)
    after_a_call = becomes(up, stale={Reading.HISTORY: 10.0})
    living.sees(after_a_call, 10.0)
    assert (living.reads, living.look_at) == ([GetCallHistory(count=HISTORY)], 16.0)
    for now in (12.0, 16.0, 20.0, 28.0, 40.0, 52.0):
        living.sees(after_a_call, now)
    assert (len(living.reads), living.look_at) == (4, 100.0)
    living.sees(up, 53.0)
    assert (len(living.reads), living.look_at) == (4, math.inf)


def test_a_question_is_new_once_and_then_repeated() -> None:
    state = becomes(room(), stale={Reading.HISTORY: 10.0})
    living = Living(stale, room())
    question = (GetCallHistory(count=HISTORY),)
    outcomes = [living.sees(state, now) for now in (10.0, 16.0, 28.0)]
    assert [(outcome.reads, outcome.repeats) for outcome in outcomes] == [
        (question, ()),
        ((), question),
        ((), question),
    ]


def test_an_answer_that_never_comes_is_asked_for_every_ten_minutes() -> None:
    waits = []
    state = becomes(room(), stale={Reading.SETTINGS: 0.0})
    living = Living(stale, state)
    for _ in range(12):
        waits.append(living.look_at)
        living.sees(state, living.look_at)
    assert waits[-1] - waits[-2] == LONGEST


def test_what_becomes_stale_once_more_is_asked_for_at_once() -> None:
    up = room()
    living = Living(stale, becomes(up, stale={Reading.HISTORY: 0.0}))
    living.sees(becomes(up, stale={Reading.HISTORY: 1.0}), 1.0)
    assert living.reads == [GetCallHistory(count=HISTORY)] * 2


def test_the_schedule_has_its_time_to_come_by_itself() -> None:
    state = becomes(room(), stale={Reading.SCHEDULE: 0.0})
    living = Living(stale, state)
    assert (living.reads, living.look_at) == ([], 6.0)
    living.sees(state, 6.0)
    assert living.reads == [GetScheduler()]


def test_in_another_session_nothing_of_the_last_is_asked() -> None:
    waiting = becomes(room(), stale={Reading.HISTORY: 0.0})
    living = Living(stale, waiting)
    living.sees(LOST, 1.0)
    assert living.look_at == math.inf
    living.sees(reconnected(room()), 2.0)
    assert len(living.reads) == 1


@pytest.mark.parametrize("reading", Reading)
def test_every_reading_has_a_question_that_the_room_understands(reading: Reading) -> None:
    question = QUESTIONS[reading]
    answer = decode_as(question.reply, b'{"result":true,"mute":true,"conferences":[],"appState":4}')
    after = reduce(becomes(room(Phase.WAITING), stale={reading: 0.0}), Answered(question, answer), 1.0)
    assert after.stale == {}


def test_the_terminals_presets_are_read_once_in_each_session() -> None:
    up = room()
    living = Living(terminal_presets, RoomState())
    for now, state in enumerate((up, becomes(up, volume=0.5), LOST, reconnected(up))):
        living.sees(state, float(now))
    assert living.events == [ReadingWanted(Reading.PRESETS)] * 2
    assert Living(terminal_presets, up).events == living.events[:1]  # the link may be up before the first look


def test_only_a_newer_terminal_is_asked_for_its_serial_port_once_in_each_session() -> None:
    newer = room(generation=Generation.NEWER)
    living = Living(com_port, RoomState())
    for now, state in enumerate((room(), newer, becomes(newer, volume=0.5), LOST, reconnected(newer))):
        living.sees(state, float(now))
    assert living.events == [ReadingWanted(Reading.COM_PORT)] * 2
    assert Living(com_port, room()).events == []


@pytest.mark.parametrize("reading", [Reading.PRESETS, Reading.COM_PORT])
def test_what_not_every_terminal_knows_is_asked_for_until_it_is_answered_or_refused(reading: Reading) -> None:
    state = reduce(room(), ReadingWanted(reading), 1.0)
    living = Living(stale, state)
    living.sees(state, 7.0)
    assert living.reads == [QUESTIONS[reading]] * 2
    assert reduce(state, AnswerRefused(QUESTIONS[reading]), 8.0).stale == {}


def test_a_refusal_of_what_every_terminal_knows_is_not_its_last_word() -> None:
    state = becomes(room(), stale={Reading.SETTINGS: 0.0})
    assert reduce(state, AnswerRefused(QUESTIONS[Reading.SETTINGS]), 1.0).stale == state.stale


def test_the_serial_port_of_the_terminal_is_what_it_says_last() -> None:
    asked = reduce(room(), ReadingWanted(Reading.COM_PORT), 0.0)
    state = reduce(asked, Answered(GetComPort(), ComPortReply(result=True, port="COM3")), 1.0)
    assert state.com_port == "COM3"
    assert reduce(state, ComPortChanged(), 1.0).com_port == "COM3"
    assert reduce(state, ComPortChanged(port=""), 1.0).com_port == ""
