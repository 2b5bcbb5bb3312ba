"""Who guesses has to wait: one counter, with the limits of whoever counts."""

import pytest

from appliance.access.limits import EACH, TOGETHER
from appliance.runtime.web.guesses import REMEMBERED, Guesses, Limit
from tests.access.test_sessions import Clock

HERE, THERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guesses(clock: Clock) -> Guesses:
    return Guesses(clock, EACH, TOGETHER)


def wrong(guesses: Guesses, host: str, times: int) -> None:
    for _ in range(times):
        guesses.begin(host)


def test_an_address_waits_longer_each_time(guesses: Guesses, clock: Clock) -> None:
    wrong(guesses, HERE, EACH.free - 1)
    assert guesses.wait(HERE) == 0
    waits = []
    for _ in range(10):
        guesses.begin(HERE)
        waits.append(guesses.wait(HERE))
        clock.now += waits[-1]
        assert guesses.wait(HERE) == 0
    assert waits[:4] == [EACH.first, 2 * EACH.first, 4 * EACH.first, 8 * EACH.first]
    assert waits[-1] == EACH.longest


def test_another_address_does_not_wait_with_it(guesses: Guesses) -> None:
    wrong(guesses, HERE, EACH.free)
    assert guesses.wait(THERE) == 0


def test_a_network_of_ipv6_is_one_address(guesses: Guesses) -> None:
    for number in range(EACH.free):
        guesses.begin(f"2001:db8:1:2::{number:x}")
    assert guesses.wait("2001:db8:1:2:ffff::1") == EACH.first
    assert guesses.wait("2001:db8:1:3::1") == 0


def test_many_addresses_together_wait_a_minute_at_most(guesses: Guesses, clock: Clock) -> None:
    tried = 0
    begun, number = clock.now, 0
    while clock.now < begun + 86_400:
        number += 1
        if guesses.wait(host := f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}") == 0:
            guesses.begin(host)
            tried += 1
        clock.now += 1
    assert guesses.wait(THERE) <= TOGETHER.longest
    assert 1400 < tried < 1480


def test_who_logged_in_before_and_the_box_itself_do_not_wait_for_others(guesses: Guesses) -> None:
    guesses.begin(HERE)
    guesses.right(HERE)
    for number in range(TOGETHER.free + 3):
        guesses.begin(f"10.0.0.{number}")
    assert guesses.wait(THERE) > 0
    assert (guesses.wait(HERE), guesses.wait("127.0.0.1"), guesses.wait("::1")) == (0, 0, 0)


def test_who_was_right_before_waits_for_his_own_mistakes(guesses: Guesses) -> None:
    guesses.begin(HERE)
    guesses.right(HERE)
    wrong(guesses, HERE, EACH.free)
    assert guesses.wait(HERE) == EACH.first


def test_being_right_takes_back_what_was_counted(guesses: Guesses) -> None:
    for _ in range(50):
        wrong(guesses, HERE, 1)
        guesses.right(HERE)
    assert guesses.wait(HERE) == guesses.wait(THERE) == 0


def test_a_new_password_ends_every_pause(guesses: Guesses) -> None:
    for number in range(TOGETHER.free):
        guesses.begin(f"10.0.0.{number}")
    wrong(guesses, HERE, EACH.free)
    guesses.forget()
    assert guesses.wait(HERE) == guesses.wait(THERE) == 0


def test_what_was_wrong_a_day_ago_is_forgiven(guesses: Guesses, clock: Clock) -> None:
    wrong(guesses, HERE, 2 * EACH.free)
    clock.now += EACH.within
    wrong(guesses, HERE, EACH.free - 1)
    assert guesses.wait(HERE) == 0


def test_not_every_address_is_remembered(guesses: Guesses) -> None:
    for number in range(REMEMBERED + 100):
        guesses.begin(f"10.1.{number >> 8}.{number & 255}")
    assert len(guesses._wrong) == REMEMBERED  # what it is about: memory


def test_mistakes_that_come_slowly_cost_nothing(clock: Clock) -> None:
    guesses = Guesses(clock, Limit(free=3, first=60.0, longest=60.0, within=60.0))
    for _ in range(20):
        wrong(guesses, HERE, 1)
        assert guesses.wait(HERE) == 0
        clock.now += 30


def test_a_pause_that_does_not_grow(clock: Clock) -> None:
    guesses = Guesses(clock, Limit(free=3, first=60.0, longest=60.0, within=600.0))
    wrong(guesses, HERE, 3)
    for _ in range(5):
        assert guesses.wait(HERE) == 60
        clock.now += 60
        assert guesses.wait(HERE) == 0
        wrong(guesses, HERE, 1)


def test_where_all_are_not_counted_together_many_addresses_shut_out_nobody(clock: Clock) -> None:
    guesses = Guesses(clock, EACH)
    for number in range(10 * TOGETHER.free):
        guesses.begin(f"10.0.0.{number % 250}")
    assert guesses.wait(THERE) == 0


def test_somebody_who_is_right_gives_the_others_no_try_back(guesses: Guesses) -> None:
    for number in range(TOGETHER.free + 3):
        guesses.begin(f"10.0.0.{number}")
    guesses.begin("127.0.0.1")
    guesses.right("127.0.0.1")
    assert guesses.wait(THERE) > 0
