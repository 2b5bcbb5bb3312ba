"""The machine's zone, set to one that puts its clocks forward on 29 March 2026 and back on 25 October."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from appliance.services.box.local_time import LOCAL

CENTRAL_EUROPE = "CET-1CEST,M3.5.0,M10.5.0/3"


@pytest.fixture(autouse=True)
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", CENTRAL_EUROPE)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(("day", "hours", "name"), [(28, 1, "CET"), (30, 2, "CEST")])
def test_a_time_knows_the_offset_of_its_day(day: int, hours: int, name: str) -> None:
    local = datetime(2026, 3, day, tzinfo=LOCAL)
    assert (local.utcoffset(), local.tzname(), local.dst()) == (timedelta(hours=hours), name, None)


@pytest.mark.parametrize("hour", [0, 1])
def test_the_hour_that_comes_twice_is_told_apart(hour: int) -> None:
    moment = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    local = moment.astimezone(LOCAL)
    assert (local.hour, local.minute, local.fold) == (2, 30, hour)
    assert local.timestamp() == moment.timestamp()


def test_now_is_now() -> None:
    assert abs(datetime.now(LOCAL).timestamp() - time.time()) < 60
