"""Which axes an action takes over, and when a move has ended."""

import pytest

from drivers.visca.camera.shared_state import SharedState, axes_of
from drivers.visca.camera.sockets import AT_REST, NEAR, End, Move
from drivers.visca.model.actions import Action, Drive, DriveTo, Home
from drivers.visca.model.profile import Position

START = Position(0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("action", "axes"),
    [
        (DriveTo(pan=0.1), ["pan", "tilt"]),  # as VISCA's commands name both
        (DriveTo(tilt=0.1), ["pan", "tilt"]),
        (DriveTo(zoom=0.1), ["zoom"]),
        (DriveTo(0.1, 0.1, 0.1), ["pan", "tilt", "zoom"]),
        (Drive(pan=1), ["pan", "tilt"]),
        (Drive(zoom=0), ["zoom"]),
        (Home(), ["pan", "tilt", "zoom"]),
    ],
)
def test_pan_and_tilt_are_taken_over_together(action: Action, axes: list[str]) -> None:
    assert axes_of(action) == axes


def move(target: DriveTo | Home) -> Move:
    return Move(target, axes_of(target), START, 0.0, 60.0)


def test_a_position_that_is_not_known_any_more_is_no_arrival() -> None:
    assert move(DriveTo(pan=0.1)).end(Position(None, 0.5, 0.5), 1.0) is None


def test_a_camera_that_does_not_move_has_ended_only_where_it_is_near() -> None:
    for distance, end in ((NEAR / 2, End.DONE), (NEAR * 2, End.NOTHING_HAPPENED)):
        going = move(DriveTo(pan=0.5 + distance))
        assert going.end(START, AT_REST - 0.1) is None
        assert going.end(START, AT_REST) is end


def test_what_goes_to_a_place_is_not_driven_by_anybody() -> None:
    me, shared = object(), SharedState()
    shared.act(Drive(pan=1, tilt=-1, zoom=1), me)
    assert (shared.driven_by(me), shared.drives("pan"), shared.driven_by(object())) == (
        ["pan", "tilt", "zoom"],
        True,
        [],
    )
    shared.act(DriveTo(pan=0.1, tilt=0.1), me)
    assert (shared.driven_by(me), shared.drives("pan", "tilt")) == (["zoom"], False)
    shared.act(Home(), me)
    assert (shared.driven_by(me), shared.drives("pan", "tilt", "zoom")) == ([], False)


def test_a_camera_that_nobody_has_moved_is_not_driven() -> None:
    assert not SharedState().drives("pan", "tilt", "zoom")
