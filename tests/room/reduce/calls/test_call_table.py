import re

import pytest

from appliance.room.reduce.calls.call_table import TABLE, Occasion, diagram, occasion_of_app_state, occasion_of_refusal
from appliance.room.state import Phase
from appliance.terminal.messages.enums import AppState, RejectCause
from tests.some import some

APP_PHASES = {
    AppState.OFFLINE: Phase.OFFLINE,
    AppState.CONNECTING: Phase.CONNECTING,
    AppState.LOGIN_NEEDED: Phase.LOGIN_NEEDED,
    AppState.READY: Phase.IDLE,
    AppState.IN_CONFERENCE: Phase.IN_CALL,
    AppState.CLOSING: Phase.CLOSING,
}
SETTING_UP = {Phase.WAITING, Phase.CALLING, Phase.RINGING}
SETTLED = {Phase.IDLE, Phase.IN_CALL, Phase.CLOSING, *SETTING_UP}


def test_the_table_says_what_happens_to_every_phase_on_every_occasion() -> None:
    assert set(TABLE) == {(phase, occasion) for phase in Phase for occasion in Occasion}


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize(("app_state", "expected"), APP_PHASES.items())
def test_an_application_state_gives_the_phase_whatever_came_before(
    phase: Phase, app_state: AppState, expected: Phase
) -> None:
    if (phase, app_state) == (Phase.WAITING_ROOM, AppState.IN_CONFERENCE):
        expected = phase  # it is in the conference, as far as the application is concerned
    assert TABLE[phase, occasion_of_app_state(app_state)].phase is expected


@pytest.mark.parametrize("phase", Phase)
def test_waiting_keeps_a_direction_that_is_known(phase: Phase) -> None:
    expected = phase if phase in SETTING_UP else Phase.WAITING
    assert TABLE[phase, occasion_of_app_state(AppState.WAITING)].phase is expected


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("number", [-1, 7, 65000])
def test_an_application_state_nobody_knows_is_an_unknown_phase_and_a_surprise(phase: Phase, number: int) -> None:
    assert TABLE[phase, occasion_of_app_state(AppState(number))] == (Phase.UNKNOWN, True)


@pytest.mark.parametrize("phase", Phase)
def test_an_invitation_rings_unless_there_is_a_call(phase: Phase) -> None:
    busy = {Phase.CALLING, Phase.WAITING_ROOM, Phase.IN_CALL, Phase.CLOSING}
    assert TABLE[phase, Occasion.INVITED].phase is (phase if phase in busy else Phase.RINGING)


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("occasion", [Occasion.INVITING, Occasion.ASKED_TO_JOIN])
def test_calling_out_is_calling_except_from_within_a_call(phase: Phase, occasion: Occasion) -> None:
    assert TABLE[phase, occasion].phase is (phase if phase in {Phase.WAITING_ROOM, Phase.IN_CALL} else Phase.CALLING)


@pytest.mark.parametrize("phase", Phase)
def test_an_established_conference_is_a_call(phase: Phase) -> None:
    assert TABLE[phase, Occasion.ESTABLISHED].phase is Phase.IN_CALL


@pytest.mark.parametrize(
    ("occasion", "ends"),
    [
        (Occasion.ENDED, {Phase.WAITING_ROOM, Phase.IN_CALL, Phase.CLOSING}),
        (Occasion.REFUSED, {Phase.WAITING, Phase.CALLING}),
        (Occasion.DECLINED, {Phase.WAITING, Phase.RINGING}),
        (Occasion.GAVE_UP, SETTING_UP),
        (Occasion.LET_IN, set()),
    ],
)
@pytest.mark.parametrize("phase", Phase)
def test_endings_end_what_they_can_end_and_nothing_else(phase: Phase, occasion: Occasion, ends: set[Phase]) -> None:
    assert TABLE[phase, occasion].phase is (Phase.IDLE if phase in ends else phase)


@pytest.mark.parametrize("phase", Phase)
def test_without_a_link_nothing_is_known(phase: Phase) -> None:
    assert TABLE[phase, Occasion.LINK_LOST] == (Phase.UNKNOWN, False)


@pytest.mark.parametrize("phase", [Phase.OFFLINE, Phase.CONNECTING, Phase.LOGIN_NEEDED])
@pytest.mark.parametrize("occasion", [Occasion.INVITED, Occasion.INVITING, Occasion.ESTABLISHED, Occasion.APP_CLOSING])
def test_calls_of_a_terminal_without_a_server_are_followed_as_surprises(phase: Phase, occasion: Occasion) -> None:
    assert TABLE[phase, occasion].surprising
    assert TABLE[phase, occasion].phase is not phase


@pytest.mark.parametrize(
    "path",
    [
        [Occasion.APP_OFFLINE, Occasion.APP_CONNECTING, Occasion.APP_LOGIN_NEEDED, Occasion.APP_READY],
        [Occasion.APP_READY, Occasion.INVITED, Occasion.APP_WAITING, Occasion.ESTABLISHED, Occasion.APP_IN_CONFERENCE],
        [Occasion.APP_READY, Occasion.APP_WAITING, Occasion.INVITING, Occasion.APP_IN_CONFERENCE, Occasion.ESTABLISHED],
        [Occasion.APP_READY, Occasion.INVITING, Occasion.APP_WAITING, Occasion.REFUSED, Occasion.APP_READY],
        [Occasion.APP_READY, Occasion.INVITING, Occasion.APP_WAITING, Occasion.APP_READY, Occasion.REFUSED],
        [Occasion.APP_IN_CONFERENCE, Occasion.APP_CLOSING, Occasion.ENDED, Occasion.APP_READY],
        [Occasion.APP_READY, Occasion.INVITING, Occasion.HELD_BACK, Occasion.APP_IN_CONFERENCE, Occasion.ADMITTED],
        [Occasion.APP_READY, Occasion.INVITING, Occasion.APP_IN_CONFERENCE, Occasion.HELD_BACK, Occasion.ENDED],
        [Occasion.APP_IN_CONFERENCE, Occasion.ENDED, Occasion.APP_CLOSING, Occasion.APP_READY],
        [Occasion.APP_IN_CONFERENCE, Occasion.APP_CLOSING, Occasion.APP_READY, Occasion.ENDED],
    ],
)
def test_ordinary_paths_hold_no_surprise(path: list[Occasion]) -> None:
    phase = Phase.UNKNOWN
    for occasion in path:
        step = TABLE[phase, occasion]
        assert not step.surprising, (phase, occasion)
        phase = step.phase


@pytest.mark.parametrize("cause", [*RejectCause, RejectCause(23), RejectCause(999)])
def test_every_cause_of_a_refusal_but_one_ends_the_calling(cause: RejectCause) -> None:
    expected = Phase.CALLING if cause is RejectCause.JOIN_OK else Phase.IDLE
    assert TABLE[Phase.CALLING, occasion_of_refusal(cause)].phase is expected


def test_the_diagram_draws_every_expected_change_and_no_surprise() -> None:
    lines = diagram().splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> unknown"]
    drawn = set()
    for line in lines[2:]:
        source, target, labels = some(re.fullmatch(r"    (\w+) --> (\w+): (.+)", line)).groups()
        drawn |= {(Phase(source), Phase(target), label) for label in labels.split(", ")}
    assert drawn == {
        (phase, step.phase, occasion.value)
        for (phase, occasion), step in TABLE.items()
        if step.phase is not phase and not step.surprising
    }
