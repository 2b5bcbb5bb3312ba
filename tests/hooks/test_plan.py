"""What answers mean, and how long a receiver is left alone."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.hooks.plan import LONGEST_ASKED, Verdict, asked, verdict

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "means"),
    [
        (200, Verdict.TAKEN),
        (202, Verdict.TAKEN),
        (204, Verdict.TAKEN),
        (301, Verdict.AGAIN),
        (400, Verdict.REFUSED),
        (401, Verdict.AGAIN),
        (404, Verdict.AGAIN),
        (410, Verdict.GONE),
        (413, Verdict.REFUSED),
        (422, Verdict.REFUSED),
        (429, Verdict.AGAIN),
        (500, Verdict.AGAIN),
        (503, Verdict.AGAIN),
        (999, Verdict.AGAIN),
    ],
)
def test_what_a_status_means(status: int, means: Verdict) -> None:
    assert verdict(status) is means


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7),
        ("0", 0),
        ("86400", LONGEST_ASKED),
        ("9" * 400, LONGEST_ASKED),
        ("-5", 0),
        ("1.5", 0),
        ("soon", 0),
        ("٧", 0),
        ("Fri, 27 Nov 2026 12:01:00 GMT", 60),
        ("Fri, 27 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 27 Nov 2026 13:01:00 -0000", LONGEST_ASKED),
        ("Sat, 31 Dec 9999 23:59:59 GMT", LONGEST_ASKED),
    ],
)
def test_how_long_it_wants_to_be_left_alone(value: str, seconds: float) -> None:
    assert asked({"retry-after": value}, NOW) == seconds


def test_mostly_it_does_not_say() -> None:
    assert asked({}, NOW) == 0


@given(st.text())
def test_whatever_it_says_the_wait_has_a_bound(value: str) -> None:
    assert 0 <= asked({"retry-after": value}, NOW) <= LONGEST_ASKED
