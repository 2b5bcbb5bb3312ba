"""Hold: the terminal has none, so the room mutes what is on, shows what was confirmed, and gives back what it took."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.room.bindings.bindings import Bindings, bind
from appliance.room.bindings.resolve import resolve
from appliance.room.hold import confirmed
from appliance.room.inputs import HeldCallOver, HoldKey, Hook, Input, MuteKey, Pressed
from appliance.room.intents.base import Intent
from appliance.room.intents.call import Answer, Call, PutOnHold, Resume
from appliance.room.intents.media import MuteMic
from appliance.room.intents.shown import Explain
from appliance.room.local_events.call import CallNotTaken, CallResumed, CallTaken, ResumeRefused
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.call import Conversation, Muted, OnHold
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.respond import respond
from appliance.room.show.indicators import Indicator, Pattern
from appliance.room.state import Phase, RoomState
from appliance.room.texts import MIC_UNKNOWN, NO_CALL_TO_HOLD, NO_LINK, NOT_ON_HOLD
from appliance.terminal.messages import Snapshot
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.calls import AppStateChanged, AppStateReply, ConferenceCreated, ConferencesReply
from appliance.terminal.messages.devices import (
    AudioMuted,
    MicMuted,
    MuteReply,
    SetAudioMute,
    SetMicMute,
    SetVideoMute,
    VideoMuted,
)
from appliance.terminal.messages.enums import AppState, ConferenceState, ConferenceType
from tests.room.lamps import pattern, speakerphone_lamps
from tests.room.rooms import BORIS, P2P, after, looked_at, room

BINDINGS = Bindings(buttons={"hold": bind("hold"), "on": bind("hold on"), "off": bind("hold off")}, contact=BORIS)
ALL = frozenset(Muted)
TALKING = room(Phase.IN_CALL, conversation=P2P, mic_muted=False, audio_muted=False, video_muted=False)
MUTED = (MicMuted(mute=True), VideoMuted(mute=True), AudioMuted(mute=True))
ANOTHER = ConferenceCreated(conf_id="9", conf_type=ConferenceType.SYMMETRIC)
EVENTS = {Muted.MIC: MicMuted, Muted.AUDIO: AudioMuted, Muted.VIDEO: VideoMuted}


def press(state: RoomState, given: Input | None = None) -> tuple[RoomState, list[Intent], list[Command]]:
    state, orders = respond(given or HoldKey(), state, BINDINGS, 100.0)
    return state, [each.intent for each in orders], [command for each in orders for command in each.plan.commands]


def held(state: RoomState = TALKING) -> RoomState:
    """The room on hold, as the terminal confirmed."""
    return after(press(state)[0], *MUTED)


def called(state: RoomState) -> RoomState:
    """The room in which everybody has seen that somebody else calls."""
    return looked_at(msgspec.structs.replace(state, call_waiting=Conversation(conf_id="9"), asked=None), 100.0)


def test_hold_mutes_the_microphone_first_then_camera_and_loudspeaker() -> None:
    state, asked, sent = press(TALKING)
    assert asked == [PutOnHold(ALL)]
    assert sent == [SetMicMute(mute=True), SetVideoMute(mute=True), SetAudioMute(mute=True)]
    assert state.on_hold == OnHold(P2P.conf_id, ALL)


def test_the_second_press_gives_all_back_the_microphone_last() -> None:
    state, asked, sent = press(held())
    assert asked == [Resume(ALL)]
    assert sent == [SetAudioMute(mute=False), SetVideoMute(mute=False), SetMicMute(mute=False)]
    assert state.on_hold is None


def test_what_was_muted_before_stays_muted_afterwards() -> None:
    muted = after(TALKING, MicMuted(mute=True), VideoMuted(mute=True))
    state, _, sent = press(muted)
    assert sent == [SetAudioMute(mute=True)]
    assert press(after(state, AudioMuted(mute=True)))[2] == [SetAudioMute(mute=False)]


def test_a_hold_that_had_nothing_to_mute_is_one_all_the_same() -> None:
    state, asked, sent = press(after(TALKING, *MUTED))
    assert (asked, sent) == ([PutOnHold(frozenset())], [])
    assert confirmed(state)
    assert press(state)[1] == [Resume(frozenset())]


def test_lamps_wait_for_the_terminal_and_for_all_of_it() -> None:
    state = press(TALKING)[0]
    for event in MUTED:
        assert not speakerphone_lamps(state).hold
        assert pattern(Indicator.ON_HOLD, state) is Pattern.OFF
        state = after(state, event)
    assert speakerphone_lamps(state).hold
    assert speakerphone_lamps(state).off_hook
    assert pattern(Indicator.ON_HOLD, state) is Pattern.ON


def test_muting_everything_by_hand_is_no_hold() -> None:
    assert not confirmed(after(TALKING, *MUTED))


@pytest.mark.parametrize("device", Muted)
def test_what_somebody_switches_on_ends_the_hold_and_is_theirs(device: Muted) -> None:
    state = after(held(), EVENTS[device](mute=False))
    assert not confirmed(state)
    assert state.on_hold == OnHold(P2P.conf_id, ALL - {device})
    assert resolve(HoldKey(on=False), state, BINDINGS) == (Resume(ALL - {device}),)


def test_a_microphone_switched_on_by_hand_is_put_on_hold_again_by_the_next_press_and_all_comes_back() -> None:
    state, asked, _ = press(after(held(), MicMuted(mute=False)))
    assert asked == [PutOnHold(frozenset({Muted.MIC}))]
    assert press(after(state, MicMuted(mute=True)))[1] == [Resume(ALL)]


def test_a_hold_given_back_by_hand_piece_by_piece_is_over() -> None:
    state = after(held(), AudioMuted(mute=False), VideoMuted(mute=False), MicMuted(mute=False))
    assert state.on_hold is None


def test_a_camera_that_the_terminal_refuses_to_mute_leaves_the_lamp_dark_and_the_way_back_open() -> None:
    state = after(press(TALKING)[0], MicMuted(mute=True), AudioMuted(mute=True))
    assert not confirmed(state)
    assert press(state)[1] == [Resume(ALL)]


def test_presses_before_the_terminal_answers_ask_for_the_same() -> None:
    state, first, _ = press(TALKING)
    assert press(state)[1] == first


def test_without_knowing_the_microphone_nothing_is_done() -> None:
    assert press(room(Phase.IN_CALL, conversation=P2P))[1] == [Explain(MIC_UNKNOWN)]


def test_what_is_not_known_is_left_alone() -> None:
    state = room(Phase.IN_CALL, conversation=P2P, mic_muted=False)
    assert press(state)[1] == [PutOnHold(frozenset({Muted.MIC}))]


@pytest.mark.parametrize("given", [HoldKey(), HoldKey(on=True), Pressed("hold")])
def test_while_somebody_else_calls_they_are_answered(given: Input) -> None:
    waiting = called(TALKING)
    assert press(waiting, given)[1] == [Answer()]
    assert press(waiting, HoldKey(on=False))[1:] == ([Explain(NOT_ON_HOLD)], [])


def test_a_call_on_hold_goes_on_although_somebody_else_calls() -> None:
    waiting = called(held())
    assert press(waiting, HoldKey(on=False))[1] == [Resume(ALL)]


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.IN_CALL])
def test_outside_of_a_call_it_means_nothing(phase: Phase) -> None:
    assert press(room(phase, mic_muted=False))[1:] == ([Explain(NO_CALL_TO_HOLD)], [])


def test_without_a_link_it_is_explained() -> None:
    assert press(RoomState(link=Link(LinkPhase.DOWN)))[1] == [Explain(NO_LINK)]


def test_buttons_hold_and_resume() -> None:
    assert press(TALKING, Pressed("on"))[1] == [PutOnHold(ALL)]
    assert press(TALKING, Pressed("off"))[1:] == ([Explain(NOT_ON_HOLD)], [])
    assert press(held(), Pressed("off"))[1] == [Resume(ALL)]


def test_the_mute_key_during_a_hold_is_the_mute_key() -> None:
    assert press(held(), MuteKey())[1] == [MuteMic(False)]


class TestEnd:
    def test_the_end_of_the_call_gives_back(self) -> None:
        state = after(held(), AppStateChanged(app_state=AppState.READY))
        assert not confirmed(state)
        state, asked, _ = press(state, HeldCallOver())
        assert (asked, state.on_hold) == ([Resume(ALL)], None)

    def test_another_call_that_somebody_here_takes_gives_back(self) -> None:
        state, asked, _ = press(called(held()))
        assert asked == [Answer()]
        assert press(state, HeldCallOver())[1] == []  # it is not there yet
        state = after(state, ANOTHER)
        assert not confirmed(state)
        assert press(state, HeldCallOver())[1] == [Resume(ALL)]

    def test_a_call_that_becomes_a_conference_stays_on_hold(self) -> None:
        state = after(held(), ANOTHER)
        assert confirmed(state)
        assert press(state, HeldCallOver())[1] == []
        assert press(state)[1] == [Resume(ALL)]

    def test_a_call_that_is_closing_may_become_one(self) -> None:
        state = after(held(), AppStateChanged(app_state=AppState.CLOSING))
        assert press(state, HeldCallOver())[1] == []

    @pytest.mark.parametrize("state", [TALKING, held()])
    def test_a_call_that_goes_on_is_left_alone(self, state: RoomState) -> None:
        assert press(state, HeldCallOver())[1] == []

    def test_a_reconnect_in_the_call_keeps_the_hold(self) -> None:
        state = after(held(), LinkChanged(Link(LinkPhase.DOWN)))
        assert not speakerphone_lamps(state).hold
        assert confirmed(after(state, snapshot(mute=True)))

    def test_a_hold_that_never_reached_the_terminal_is_forgotten(self) -> None:
        state = after(press(TALKING)[0], LinkChanged(Link(LinkPhase.DOWN)), snapshot(mute=False))
        assert state.on_hold is None

    @pytest.mark.parametrize(("phase", "intent"), [(Phase.IDLE, Call(BORIS)), (Phase.RINGING, Answer())])
    def test_a_call_begun_after_an_end_that_was_missed_gives_back(self, phase: Phase, intent: Intent) -> None:
        state = room(phase, on_hold=OnHold("1", ALL), mic_muted=True)
        state, asked, _ = press(state, Hook(off=True))
        assert (asked, state.on_hold) == ([intent, Resume(ALL)], None)

    def test_so_does_the_key_itself(self) -> None:
        assert press(room(on_hold=OnHold("1", ALL), mic_muted=True))[1] == [Resume(ALL)]

    def test_a_new_hold_remembers_nothing_of_one_that_is_over(self) -> None:
        before = OnHold("0", frozenset({Muted.VIDEO}), answered=True)
        state = RoomState(**{**fields(TALKING), "on_hold": before, "video_muted": True})
        assert press(state)[0].on_hold == OnHold("1", frozenset({Muted.MIC, Muted.AUDIO}))


def fields(state: RoomState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in state.__struct_fields__}


def snapshot(*, mute: bool) -> Snapshot:
    going_on = ConferencesReply(conf_state=ConferenceState.GOING_ON, conf_id=P2P.conf_id)
    reply = MuteReply(mute=mute)
    return Snapshot(
        app_state=AppStateReply(app_state=AppState.IN_CONFERENCE),
        conferences=going_on,
        mic=reply,
        audio=reply,
        video=reply,
    )


happenings = st.one_of(
    st.sampled_from([HoldKey(), HoldKey(on=True), HoldKey(on=False), HeldCallOver()]),
    st.builds(lambda device, mute: EVENTS[device](mute=mute), st.sampled_from(Muted), st.booleans()),
)


@given(st.lists(happenings, max_size=20))
def test_the_lamp_is_never_lit_while_anything_is_known_to_be_on(history: list[object]) -> None:
    state = TALKING
    for happened in history:
        state = press(state, happened)[0] if isinstance(happened, Input) else after(state, happened)
        lit = speakerphone_lamps(state).hold
        assert not lit or (state.mic_muted, state.audio_muted, state.video_muted) == (True, True, True)
        assert state.on_hold is None or state.on_hold.conf_id == P2P.conf_id


def test_what_is_refused_when_the_call_is_resumed_rests_as_long_as_it_is_muted() -> None:
    resumed = after(held(), CallResumed())
    assert resumed.on_hold is None
    muted = ResumeRefused(frozenset({Muted.MIC, Muted.VIDEO}))
    on = msgspec.structs.replace(resumed, video_muted=False)
    assert after(on, muted).on_hold == OnHold(P2P.conf_id, frozenset({Muted.MIC}))
    off = msgspec.structs.replace(resumed, mic_muted=False, video_muted=False)
    assert after(off, muted).on_hold is None


def test_after_the_call_nobody_waits_for_what_was_refused() -> None:
    idle = msgspec.structs.replace(held(), phase=Phase.IDLE, conversation=None, on_hold=None)
    assert after(idle, ResumeRefused(ALL)).on_hold is None


def test_a_call_that_was_not_taken_after_all_is_not_taken() -> None:
    taken = after(held(), CallTaken())
    state = after(taken, CallNotTaken())
    assert (taken.on_hold, state.on_hold) == (OnHold(P2P.conf_id, ALL, answered=True), OnHold(P2P.conf_id, ALL))
    assert after(room(), CallNotTaken()).on_hold is None
