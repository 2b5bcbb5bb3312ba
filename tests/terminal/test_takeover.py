from appliance.terminal.takeover import Takeovers


def test_who_yields_waits_for_a_person() -> None:
    takeovers = Takeovers("yield", 60)
    assert takeovers.taken(0) is None
    takeovers.reclaimed(5)
    assert takeovers.taken(10_000) is None


def test_reclaiming_slows_down_and_then_gives_in() -> None:
    takeovers = Takeovers("reclaim", 60)
    now, delays = 0.0, []
    while (delay := takeovers.taken(now)) is not None:
        delays.append(delay)
        now += delay
        takeovers.reclaimed(now)
        now += 30
    assert delays == [60, 120, 240]


def test_after_a_quiet_time_the_first_delay_counts_again() -> None:
    takeovers = Takeovers("reclaim", 60)
    assert takeovers.taken(0) == 60
    takeovers.reclaimed(60)
    assert takeovers.taken(60 + 599) == 120
    takeovers.reclaimed(800)
    assert takeovers.taken(800 + 601) == 60


def test_the_hour_passes_and_reclaiming_begins_again() -> None:
    takeovers = Takeovers("reclaim", 60)
    for at in (100, 200, 300):
        takeovers.reclaimed(at)
    assert takeovers.taken(3699) is None
    assert takeovers.taken(3901) == 60


def test_no_delay_is_longer_than_an_hour() -> None:
    takeovers = Takeovers("reclaim", 3000)
    takeovers.taken(0)
    takeovers.reclaimed(1)
    assert takeovers.taken(2) == 3600
