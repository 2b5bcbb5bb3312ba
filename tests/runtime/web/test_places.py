import functools
import resource

import pytest
import trio
import trio.testing
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from structlog.testing import capture_logs

from appliance.runtime.web import connections
from appliance.runtime.web.answers import web_app
from appliance.runtime.web.connection import HALF_CLOSED
from appliance.runtime.web.places import Place, Places, affordable, network_of
from tests.runtime.web.client import get
from tests.runtime.web.serving import Serve
from tests.virtual_time import passes, real


async def hello(_request: Request) -> Response:
    return Response("hello")


async def for_ever(_request: Request) -> Response:
    await trio.sleep_forever()
    raise AssertionError


APP = web_app([Route("/", hello), Route("/health", hello), Route("/for_ever", for_ever)])


@pytest.mark.parametrize(
    ("host", "network"),
    [
        ("192.168.1.20", "192.168.1.20"),
        ("::ffff:192.168.1.20", "192.168.1.20"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_whom_an_address_belongs_to(host: str, network: str) -> None:
    assert network_of(host) == network


async def test_one_address_has_its_part_and_takes_it_from_itself(autojump_clock: trio.testing.MockClock) -> None:
    places = Places(most=10, per_address=2, kept=0)
    other = places.take("10.0.0.1")
    first, second, third = [await later(places) for _ in range(3)]
    assert first is not None
    assert first.scope.cancel_called
    assert places.taken == {other, second, third}


def at_work(places: Places, host: str) -> Place:
    place = places.take(host)
    assert place is not None
    place.idle_since = None
    return place


@pytest.mark.parametrize("host", ["127.0.0.1", "127.5.4.3", "::1", "::ffff:127.0.0.1"])
async def test_this_machine_has_places_of_its_own(host: str) -> None:
    places = Places(most=1, per_address=1, kept=1, local=1)
    at_work(places, "10.0.0.1")
    assert at_work(places, "10.0.0.2").kept
    screen = at_work(places, host)
    assert not screen.kept
    assert places.open_socket(screen)
    assert places.take(host) is None


async def test_sockets_leave_places_for_requests() -> None:
    places = Places(most=9, per_address=4, kept=1, sockets=3, sockets_per_address=2)
    tablet = [at_work(places, "10.0.0.1") for _ in range(3)]
    assert [places.open_socket(place) for place in tablet] == [True, True, False]
    others = [at_work(places, f"10.0.0.{number}") for number in (2, 3)]
    assert [places.open_socket(place) for place in others] == [True, False]
    assert places.open_socket(at_work(places, "127.0.0.1"))
    places.leave(tablet[0])
    assert places.open_socket(others[1])


async def test_where_nothing_but_the_health_is_told_there_is_no_socket() -> None:
    places = Places(most=1, per_address=1, kept=1, local=0)
    at_work(places, "10.0.0.1")
    assert not places.open_socket(at_work(places, "10.0.0.2"))


@pytest.mark.parametrize(("files", "most"), [(1024, 128), (256, 64), (resource.RLIM_INFINITY, 128), (1, 1)])
def test_no_more_connections_than_files(monkeypatch: pytest.MonkeyPatch, files: int, most: int) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (files, files))
    assert affordable(128) == most


async def later(places: Places) -> Place | None:
    await passes(1)
    return places.take("10.0.0.2")


async def test_who_has_waited_longest_makes_room_and_who_is_at_work_does_not(
    autojump_clock: trio.testing.MockClock,
) -> None:
    places = Places(most=2, per_address=2, kept=0)
    at_work, idle = places.take("10.0.0.1"), places.take("10.0.0.2")
    assert at_work is not None
    assert idle is not None
    at_work.idle_since = None
    newcomer = places.take("10.0.0.3")
    assert newcomer is not None
    assert places.taken == {at_work, newcomer}
    newcomer.idle_since = None
    assert places.take("10.0.0.4") is None
    places.leave(newcomer)
    assert places.take("10.0.0.4") is not None


@pytest.fixture
def fast_clock() -> trio.testing.MockClock:
    """Time passes when nothing has happened for so long that the sockets must be quiet."""
    return trio.testing.MockClock(autojump_threshold=real(0.05))


async def test_crowd_at_work_leaves_room_for_the_health(
    fast_clock: trio.testing.MockClock, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "Places", functools.partial(Places, most=1, per_address=1, kept=1, local=0))
    address = await serve(APP)
    with capture_logs() as logs:
        async with await trio.open_tcp_stream(*address) as stream:
            await stream.send_all(b"GET /for_ever HTTP/1.1\r\nHost: localhost\r\n\r\n")
            await trio.testing.wait_all_tasks_blocked(0.02)
            assert (await get(address, "/health")).status == 200
            answer = await get(address, "/")
            assert answer.headers["retry-after"] == "5"
            assert answer.headers["content-security-policy"].startswith("default-src 'none'")
            assert (answer.status, answer.json) == (503, {"error": "too many connections; try again later"})
            assert (await get(address, "/health")).status == 200
        await passes(HALF_CLOSED + 0.1)
        assert (await get(address, "/")).status == 200
    assert [line["event"] for line in logs] == ["web_connections_exhausted"]
