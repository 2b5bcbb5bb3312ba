from appliance.access.login import MAINTAINER
from appliance.access.sessions import IDLE, LONGEST, MOST, Sessions


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_session_ends_when_it_is_not_used() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    secret = sessions.begin(MAINTAINER)
    clock.now += IDLE - 1
    assert sessions.caller(secret) == MAINTAINER
    clock.now += IDLE - 1
    assert sessions.caller(secret) == MAINTAINER
    clock.now += IDLE
    assert sessions.caller(secret) is None
    assert len(sessions) == 0


def test_a_session_that_is_used_all_the_time_ends_too() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    secret, begun = sessions.begin(MAINTAINER), clock.now
    while clock.now < begun + LONGEST - 60:
        clock.now += 60
        assert sessions.caller(secret) == MAINTAINER
    clock.now += 60
    assert sessions.caller(secret) is None


def test_only_what_was_begun_is_somebodys() -> None:
    sessions = Sessions(Clock())
    secret = sessions.begin(MAINTAINER)
    assert [sessions.caller(wrong) for wrong in ("", secret[:-1], secret + "a", "\ud800")] == [None] * 4
    assert secret not in str(vars(sessions))


def test_logging_out_ends_one_and_no_other() -> None:
    sessions = Sessions(Clock())
    one, other = sessions.begin(MAINTAINER), sessions.begin(MAINTAINER)
    assert sessions.end(one) == MAINTAINER
    assert (sessions.caller(one), sessions.caller(other)) == (None, MAINTAINER)
    assert sessions.end(one) is None
    sessions.end_all()
    assert sessions.caller(other) is None


def test_of_too_many_the_one_ends_that_was_used_least_lately() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    secrets = [sessions.begin(MAINTAINER) for _ in range(MOST)]
    clock.now += 1
    sessions.caller(secrets[0])
    newest = sessions.begin(MAINTAINER)
    assert len(sessions) == MOST
    assert sessions.caller(secrets[1]) is None
    assert sessions.caller(secrets[0]) == sessions.caller(newest) == MAINTAINER
