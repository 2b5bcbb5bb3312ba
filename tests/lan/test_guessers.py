"""A thousand wrong passwords over HTTPS, from one address and from a hundred, compared as a box really does."""

import threading
from collections.abc import Iterator
from typing import Final

import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from appliance.access.hashing import Hasher
from appliance.access.limits import EACH, TOGETHER
from appliance.room.state import Phase, RoomState
from tests.lan.box import Lan
from tests.lan.network import GUESTS, needs_a_network

pytestmark = [pytest.mark.slow, *needs_a_network]

THOUSAND: Final = 1000
AT_ONCE: Final = 25
MAINTAINER, ELSEWHERE, GUESSER = GUESTS[200], GUESTS[201], GUESTS[0]


class Compared:
    """How often passwords are compared, how many at once, and in which threads."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times, self.at_once = 0, 0
        self.threads = set[int]()
        self._now = 0
        real = Hasher._fits  # what blocks, in its thread

        def fits(kept: str, password: str) -> bool:
            self._now += 1
            self.times, self.at_once = self.times + 1, max(self.at_once, self._now)
            self.threads.add(threading.get_ident())
            try:
                return real(kept, password)
            finally:
                self._now -= 1

        monkeypatch.setattr(Hasher, "_fits", staticmethod(fits))


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Compared:
    return Compared(monkeypatch)


def _is_told(state: RoomState) -> bool:
    """Whether the display says so."""
    told = f"Somebody guesses the maintainer's password from {GUESSER}"
    return state.notice is not None and str(state.notice.text) == told


async def guess(lan: Lan, guests: tuple[str, ...]) -> list[int]:
    """A thousand, `AT_ONCE` at a time; what each is answered with."""
    statuses = list[int]()
    numbers: Iterator[int] = iter(range(THOUSAND))

    async def some() -> None:
        for number in numbers:
            statuses.append((await lan.log_in(f"guess {number}", guests[number % len(guests)])).status)

    async with trio.open_nursery() as nursery:
        for _ in range(AT_ONCE):
            nursery.start_soon(some)
    return statuses


async def test_from_one_address(lan: Lan, compared: Compared, mock_clock: MockClock) -> None:
    password, begun = await lan.password(), trio.current_time()
    with capture_logs() as logs:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(lan.world.until, _is_told)
            statuses = await guess(lan, (GUESSER,))
    passed = trio.current_time() - begun
    assert EACH.free <= compared.times <= EACH.free + passed / EACH.first  # of a busy machine a pause may be over
    assert statuses.count(401) == compared.times
    assert statuses.count(429) == THOUSAND - compared.times
    assert compared.at_once == 1
    assert threading.get_ident() not in compared.threads, "the loop was held by a comparison"
    assert {line["event"] for line in logs} <= {"maintainer_wrong_password", "maintainer_locked_out"}
    assert 1 <= len(logs) <= 2 * (2 + passed / 60)  # one a minute of each
    assert "guess" not in repr(logs)
    assert (await lan.log_in(password, MAINTAINER)).status == 200  # from anywhere else
    locked_out = await lan.log_in(password, GUESSER)
    assert locked_out.status == 429
    mock_clock.jump(int(locked_out.headers["retry-after"]))
    assert (await lan.log_in(password, GUESSER)).status == 200  # and from there, when the pause is over


async def test_from_a_hundred_addresses(lan: Lan, compared: Compared, mock_clock: MockClock) -> None:
    password = await lan.password()
    assert (await lan.log_in(password, MAINTAINER)).status == 200
    begun, compared.times = trio.current_time(), 0
    statuses = await guess(lan, GUESTS[:100])
    passed = trio.current_time() - begun
    assert compared.times <= TOGETHER.free + 1 + passed / TOGETHER.first
    assert statuses.count(401) == compared.times
    assert set(statuses) <= {401, 429, 503}
    assert compared.at_once == 1
    assert threading.get_ident() not in compared.threads, "the loop was held by a comparison"
    assert (await lan.log_in(password, MAINTAINER)).status == 200  # who was right before waits for nobody
    waits = await lan.log_in(password, ELSEWHERE)
    assert (waits.status, int(waits.headers["retry-after"]) <= TOGETHER.longest) == (429, True)
    mock_clock.jump(TOGETHER.longest)
    assert (await lan.log_in(password, ELSEWHERE)).status == 200


async def test_whoever_stands_before_the_display_gets_in_whoever_guesses(lan: Lan) -> None:
    await lan.password()
    await guess(lan, GUESTS[:100])
    lan.access.show_password()
    state = await lan.world.until(lambda state: state.new_password is not None)
    assert state.new_password is not None
    assert (await lan.log_in(state.new_password.password.text, ELSEWHERE)).status == 200


async def test_the_room_works_meanwhile(lan: Lan, mock_clock: MockClock) -> None:
    await lan.password()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(guess, lan, GUESTS[:100])
        await lan.world.press("call")
        await lan.world.until_phase(Phase.CALLING)
        nursery.cancel_scope.cancel()
