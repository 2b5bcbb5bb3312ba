"""Who may move whose camera, as the terminal tells it."""

import pytest

from appliance.room.actions import KeepCamera, LendCamera
from appliance.room.decide.decide import decide
from appliance.room.decide.habits import Habits
from appliance.room.intents.camera import KeepCamera as Keep
from appliance.room.intents.camera import LendCamera as Lend
from appliance.room.local_events.camera import FarCameraIs
from appliance.room.parts.camera import CameraAnswer, FarCamera
from appliance.room.parts.person import Person
from appliance.room.reduce.conference.far_end import MOST
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.calls import ConferenceCreated, ConferenceDeleted, ParticipantLeft
from appliance.terminal.messages.enums import CameraRequestEnd, CameraRequestRefusal
from appliance.terminal.messages.far_end import (
    CameraGranted,
    CameraRefused,
    CameraRequestGranted,
    CameraRequestReceived,
    CameraRequestRefused,
    CameraRequestSent,
    FarCameraLost,
)
from tests.room.rooms import ANNA, BORIS, P2P, after, room


def in_call() -> RoomState:
    return room(Phase.IN_CALL, conversation=P2P)


def told(state: RoomState) -> str:
    return str(state.notice.text) if state.notice else ""


def test_a_camera_is_asked_for_granted_and_lost() -> None:
    state = after(in_call(), CameraRequestSent(call_id=ANNA))
    assert state.far_camera == FarCamera(ANNA, CameraAnswer.ASKED)
    state = after(state, CameraRequestGranted(call_id=f"{ANNA}/7"))
    assert state.far_camera == FarCamera(f"{ANNA}/7", CameraAnswer.GRANTED)
    assert after(state, FarCameraLost(call_id=BORIS)) is state
    assert after(state, FarCameraLost(call_id=ANNA)).far_camera is None


@pytest.mark.parametrize("reason", [*CameraRequestRefusal, None])
def test_a_refusal_says_why_but_for_a_call_that_is_over(reason: CameraRequestRefusal | None) -> None:
    state = after(in_call(), CameraRequestRefused(call_id=ANNA, reason=reason))
    assert state.far_camera == FarCamera(ANNA, CameraAnswer.REFUSED)
    assert ("Anna" in told(state)) is (reason is not CameraRequestRefusal.CONFERENCE_OVER)


def test_who_asks_waits_until_the_terminal_says_what_became_of_it() -> None:
    state = after(in_call(), CameraRequestReceived(call_id=ANNA), CameraRequestReceived(call_id=BORIS))
    assert state.camera_wanted == (Person(ANNA, "Anna"), Person(BORIS))
    state = after(state, CameraGranted(call_id=ANNA))
    assert (state.camera_wanted, state.camera_lent) == ((Person(BORIS),), frozenset({ANNA}))
    assert told(state) == "Anna may move our camera"
    state = after(state, CameraRefused(call_id=BORIS, reason=CameraRequestEnd.TIMED_OUT))
    assert (state.camera_wanted, state.camera_lent) == ((), frozenset({ANNA}))
    assert told(state) == "boris@example.org may not move our camera: nobody answered"


def test_who_asks_twice_is_there_once_and_a_crowd_is_bounded() -> None:
    twice = (CameraRequestReceived(call_id=ANNA), CameraRequestReceived(call_id=ANNA))
    assert len(after(in_call(), *twice).camera_wanted) == 1
    crowd = [CameraRequestReceived(call_id=f"{number}@x") for number in range(100)]
    assert len(after(in_call(), *crowd).camera_wanted) == MOST


def test_the_end_of_the_call_ends_it_all() -> None:
    state = after(in_call(), CameraRequestGranted(call_id=ANNA), CameraGranted(call_id=ANNA))
    state = after(state, CameraRequestReceived(call_id=BORIS), ConferenceDeleted(conf_id="1"))
    assert (state.far_camera, state.camera_wanted, state.camera_lent) == (None, (), frozenset())


def test_who_leaves_the_conference_neither_asks_nor_moves_nor_is_moved() -> None:
    state = after(in_call(), CameraRequestReceived(call_id=f"{ANNA}/1f2e"), CameraRequestReceived(call_id=BORIS))
    state = after(state, ParticipantLeft(peer_id=ANNA))
    assert state.camera_wanted == (Person(BORIS),)
    state = after(state, CameraGranted(call_id=BORIS), CameraRequestGranted(call_id=BORIS))
    assert after(state, ParticipantLeft(peer_id=ANNA)).camera_lent == frozenset({BORIS})
    state = after(state, ParticipantLeft(peer_id=f"{BORIS}/7"))
    assert (state.far_camera, state.camera_lent) == (None, frozenset())


def test_nothing_of_it_comes_along_into_another_conference() -> None:
    state = after(in_call(), CameraRequestGranted(call_id=ANNA), CameraGranted(call_id=ANNA))
    state = after(state, CameraRequestReceived(call_id=BORIS), ConferenceCreated(conf_id="9"))
    assert (state.phase, state.far_camera, state.camera_wanted) == (Phase.IN_CALL, None, ())
    assert state.camera_lent == frozenset()


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.IN_CALL])
def test_outside_of_a_call_nobody_wants_the_camera(phase: Phase) -> None:
    assert after(room(phase), CameraRequestReceived(call_id=BORIS)).camera_wanted == ()


def test_a_press_answers_who_asked_first_and_means_nothing_where_nobody_asks() -> None:
    state = after(in_call(), CameraRequestReceived(call_id=ANNA), CameraRequestReceived(call_id=BORIS))
    assert decide(LendCamera(), state, Habits()) == (Lend(ANNA),)
    assert decide(KeepCamera(), state, Habits()) == (Keep(ANNA),)
    assert decide(LendCamera(), in_call(), Habits()) == decide(KeepCamera(), in_call(), Habits()) == ()


def test_one_person_asks_lends_and_keeps_under_any_of_their_names() -> None:
    """A participant is named by user, server and instance; whom others name is the same without the instance."""
    state = after(in_call(), CameraRequestReceived(call_id=f"{ANNA}/1f2e"), CameraGranted(call_id=ANNA))
    assert (state.camera_wanted, state.camera_lent) == ((), frozenset({ANNA}))
    assert after(state, CameraRefused(call_id=f"{ANNA}/1f2e")).camera_lent == frozenset()
    assert after(state, CameraGranted(call_id=f"{ANNA}/1f2e")).camera_lent == frozenset({f"{ANNA}/1f2e"})


def test_whose_camera_the_appliance_has_found_is_known() -> None:
    found = FarCamera(ANNA, CameraAnswer.GRANTED)
    state = after(in_call(), FarCameraIs(found))
    assert (state.far_camera, state.phase) == (found, Phase.IN_CALL)
    assert after(state, FarCameraIs(None)).far_camera is None


@pytest.mark.parametrize(
    "event", [CameraGranted(call_id=""), CameraRefused(call_id=""), CameraRequestRefused(call_id="")]
)
def test_who_has_no_id_is_the_other_side(event: object) -> None:
    assert "other side" in told(after(in_call(), event)).lower()
