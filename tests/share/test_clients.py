"""Programs with secrets, and addresses that guess."""

import pytest
from structlog.testing import capture_logs

from appliance.runtime.web.guesses import REMEMBERED, Guesses
from appliance.share.grants import Grant, Role
from appliance.share.network.clients import LIMIT, Client, Clients

BOARD = Client(Grant("board", Role.READ), "0123456789abcdef")
CRESTRON = Client(Grant("crestron", Role.ADMIN, power=True), "пароль пульта")


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def clients(clock: Clock) -> Clients:
    return Clients([BOARD, CRESTRON], Guesses(clock, LIMIT))


@pytest.mark.parametrize("client", [BOARD, CRESTRON])
def test_each_comes_in_by_its_own_secret(clients: Clients, client: Client) -> None:
    assert clients.door("192.0.2.1").enter(client.secret) == client.grant
    assert client.secret not in repr(client)


@pytest.mark.parametrize("shown", [None, "", "0123456789abcde", "0123456789abcdeF", "0123456789abcdef ", "\ud800"])
def test_nobody_comes_in_by_anything_else(clients: Clients, shown: str | None) -> None:
    assert clients.door("192.0.2.1").enter(shown) is None


def guess(clients: Clients, host: str, times: int = LIMIT.free) -> None:
    for _ in range(times):
        assert clients.door(host).enter("a guess") is None


def test_who_guesses_has_to_wait_even_with_what_is_right(clients: Clients, clock: Clock) -> None:
    guess(clients, "192.0.2.1", LIMIT.free - 1)
    assert clients.door("192.0.2.1").enter(BOARD.secret) is not None
    with capture_logs() as logs:
        guess(clients, "192.0.2.1", 1)
    assert [(entry["event"], entry["where"]) for entry in logs] == [("programs_locked_out", "192.0.2.1")]
    assert clients.door("192.0.2.1").enter(BOARD.secret) is None
    assert clients.door("192.0.2.2").enter(BOARD.secret) is not None
    clock.now += LIMIT.longest
    assert clients.door("192.0.2.1").enter(BOARD.secret) is not None


def test_a_right_secret_in_between_helps_nobody_who_guesses(clients: Clients) -> None:
    for _ in range(LIMIT.free):
        clients.door("192.0.2.1").enter(BOARD.secret)
        clients.door("192.0.2.1").enter("a guess")
    assert clients.door("192.0.2.1").enter(BOARD.secret) is None


def test_coming_without_a_secret_is_no_guess(clients: Clients) -> None:
    for _ in range(2 * LIMIT.free):
        assert clients.door("192.0.2.1").enter(None) is None
    assert clients.door("192.0.2.1").enter(BOARD.secret) is not None


def test_a_network_of_64_bits_is_one_address(clients: Clients) -> None:
    for number in range(LIMIT.free):
        guess(clients, f"2001:db8::{number}", 1)
    assert clients.door("2001:db8::ffff").enter(BOARD.secret) is None
    assert clients.door("2001:db8:0:1::1").enter(BOARD.secret) is not None


def test_only_so_many_addresses_are_remembered(clients: Clients) -> None:
    guess(clients, "192.0.2.1")
    for number in range(REMEMBERED):
        clients.guesses.begin(f"198.51.{number // 256}.{number % 256}")
    assert not clients.guesses.wait("192.0.2.1")
