"""Times of day in [automations] are times, and a night has an end."""

import pytest

from tests.config.test_schema import ROOM, mistakes

NO_TIME = "` is not a time of day; expected one such as 22:00"


@pytest.mark.parametrize("wrong", ["4:00", "24:00", "04:60", "04:00:00", "noon", "04:00Z", "٠٤:٠٠"])
def test_what_is_no_time_of_day(wrong: str) -> None:
    (mistake,) = mistakes(f'{ROOM}[automations]\ndaily_restart = "{wrong}"\n')
    assert mistake == f"room.toml:6: automations.daily_restart: `{wrong}{NO_TIME}"


def test_a_night_has_two_times_that_differ() -> None:
    (mistake,) = mistakes(f'{ROOM}[automations.night]\nbegins = "22:00"\nends = "22:00"\n')
    assert mistake.endswith("`begins` and `ends` are the same time")
    (mistake,) = mistakes(f'{ROOM}[automations.night]\nbegins = "22:00"\nends = "late"\n')
    assert mistake.startswith("room.toml:7: automations.night.ends: `late")
