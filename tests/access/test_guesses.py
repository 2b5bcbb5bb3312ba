import pytest

from appliance.access.guesses import (
    FIRST,
    FORGOTTEN,
    FREE,
    FREE_TOGETHER,
    LONGEST,
    LONGEST_TOGETHER,
    REMEMBERED,
    Guesses,
)
from tests.access.test_sessions import Clock

HERE, THERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guesses(clock: Clock) -> Guesses:
    return Guesses(clock)


def wrong(guesses: Guesses, host: str, times: int) -> None:
    for _ in range(times):
        guesses.begin(host)


def test_an_address_waits_longer_each_time(guesses: Guesses, clock: Clock) -> None:
    wrong(guesses, HERE, FREE - 1)
    assert guesses.wait(HERE) == 0
    waits = []
    for _ in range(10):
        guesses.begin(HERE)
        waits.append(guesses.wait(HERE))
        clock.now += waits[-1]
        assert guesses.wait(HERE) == 0
    assert waits[:4] == [FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST]
    assert waits[-1] == LONGEST


def test_another_address_does_not_wait_with_it(guesses: Guesses) -> None:
    wrong(guesses, HERE, FREE)
    assert guesses.wait(THERE) == 0


def test_a_network_of_ipv6_is_one_address(guesses: Guesses) -> None:
    for number in range(FREE):
        guesses.begin(f"2001:db8:1:2::{number:x}")
    assert guesses.wait("2001:db8:1:2:ffff::1") == FIRST
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
    assert guesses.wait(THERE) <= LONGEST_TOGETHER
    assert 1400 < tried < 1480


def test_who_logged_in_before_and_the_box_itself_do_not_wait_for_others(guesses: Guesses) -> None:
    guesses.begin(HERE)
    guesses.right(HERE)
    for number in range(FREE_TOGETHER + 3):
        guesses.begin(f"10.0.0.{number}")
    assert guesses.wait(THERE) > 0
    assert (guesses.wait(HERE), guesses.wait("127.0.0.1"), guesses.wait("::1")) == (0, 0, 0)


def test_who_was_right_before_waits_for_his_own_mistakes(guesses: Guesses) -> None:
    guesses.begin(HERE)
    guesses.right(HERE)
    wrong(guesses, HERE, FREE)
    assert guesses.wait(HERE) == FIRST


def test_being_right_takes_back_what_was_counted(guesses: Guesses) -> None:
    for _ in range(50):
        wrong(guesses, HERE, 1)
        guesses.right(HERE)
    assert guesses.wait(HERE) == guesses.wait(THERE) == 0


def test_a_new_password_ends_every_pause(guesses: Guesses) -> None:
    for number in range(FREE_TOGETHER):
        guesses.begin(f"10.0.0.{number}")
    wrong(guesses, HERE, FREE)
    guesses.forget()
    assert guesses.wait(HERE) == guesses.wait(THERE) == 0


def test_a_day_of_quiet_is_forgiven(guesses: Guesses, clock: Clock) -> None:
    wrong(guesses, HERE, 2 * FREE)
    clock.now += FORGOTTEN
    wrong(guesses, HERE, FREE - 1)
    assert guesses.wait(HERE) == 0


def test_not_every_address_is_remembered(guesses: Guesses) -> None:
    for number in range(REMEMBERED + 100):
        guesses.begin(f"10.1.{number >> 8}.{number & 255}")
    assert len(guesses._wrong) == REMEMBERED  # what it is about: memory
