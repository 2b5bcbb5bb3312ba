import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.display.marquee import FRAME, STEP, WAIT, Position, position


@pytest.mark.parametrize("overflow", [0, -1, -500])
def test_what_fits_stands_still(overflow: int) -> None:
    assert position(overflow, 12345.6) == Position(0, None)


def test_it_waits_scrolls_waits_and_starts_again() -> None:
    seen = [position(7, at).offset for at in (0, 1.99, 2.05, 2.15, 2.25, 4.25, 4.35, 6.25)]
    assert seen == [0, 0, 3, 6, 7, 7, 0, 0]


def test_it_says_when_it_moves_next() -> None:
    assert position(7, 0.5).changes_in == pytest.approx(1.5)
    assert position(7, 2.05).changes_in == pytest.approx(0.05)
    assert position(7, 3.2).changes_in == pytest.approx(1.1)


@given(st.integers(1, 5000), st.floats(0, 1e6), st.integers(1, 5))
def test_it_never_leaves_the_text(overflow: int, elapsed: float, step: int) -> None:
    place = position(overflow, elapsed, step)
    assert 0 <= place.offset <= overflow
    assert place.changes_in is not None
    assert 0 <= place.changes_in <= (WAIT + 2) * FRAME


@given(st.integers(1, 500), st.floats(0, 1000), st.floats(0, 0.99))
def test_it_stands_still_until_then(overflow: int, elapsed: float, part: float) -> None:
    place = position(overflow, elapsed)
    assert place.changes_in is not None
    early = 1e-4 * FRAME  # seconds by which a step may come before its time: see display.beat
    assert position(overflow, elapsed + max(0, place.changes_in - 2 * early) * part).offset == place.offset


@given(st.integers(1, 500))
def test_the_end_is_reached(overflow: int) -> None:
    scrolled = (WAIT + overflow / STEP + WAIT / 2) * FRAME
    assert position(overflow, scrolled).offset == overflow
