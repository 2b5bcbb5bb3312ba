"""Two hundred that come at once, over real sockets: a crowd at several addresses, and those that must not suffer."""

from collections import Counter
from functools import partial

import pytest
import trio
import trio_websocket
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from appliance.runtime.web import places
from appliance.runtime.web.answers import web_app
from appliance.runtime.web.places import SOCKETS, is_loopback
from appliance.runtime.web.server import serve_web
from appliance.runtime.web.sockets import Socket
from tests.runtime.web.client import Address, get
from tests.virtual_time import real

CROWD = 200
ADDRESSES = 8  # of the crowd
SCREEN = "127.0.0.1"


async def hello(_request: Request) -> Response:
    return Response("hello")


APP = web_app([Route("/", hello), Route("/health", hello)])


async def show(socket: Socket) -> None:
    while True:
        await socket.send("shown")
        await socket.receive()


@pytest.fixture
def lan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our machine has many addresses of loopback; all but the first stand for others on the network."""
    monkeypatch.setattr(places, "is_loopback", lambda host: is_loopback(host) and host == SCREEN)


@pytest.fixture
async def address(lan: None, nursery: trio.Nursery) -> Address:
    serve = partial(serve_web, APP, "127.0.0.1:0", sockets={"/live": show})
    addresses: list[Address] = await nursery.start(serve)
    return addresses[0]


class Crowd:
    """Pages that come at once from several addresses; `saw` counts what each is shown first."""

    def __init__(self, address: Address, size: int = CROWD) -> None:
        self.saw: Counter[str] = Counter()
        self._address = address
        self._size = size
        self._all = trio.Event()

    async def come(self, nursery: trio.Nursery) -> None:
        """Waits until each has been shown something; they stay."""
        for number in range(self._size):
            nursery.start_soon(self.page, f"127.0.0.{2 + number % ADDRESSES}")
        await self.seen()

    async def seen(self) -> None:
        """Waits until each has been shown something."""
        with trio.fail_after(60):
            await self._all.wait()

    async def page(self, source: str) -> None:
        """Opens one page and keeps it open."""
        async with (
            await trio.open_tcp_stream(*self._address, local_address=source) as stream,
            trio.open_nursery() as nursery,
        ):
            self._see(await self._first(nursery, stream))
            await trio.sleep_forever()

    async def _first(self, nursery: trio.Nursery, stream: trio.SocketStream) -> str:
        host = f"127.0.0.1:{self._address[1]}"
        try:
            page = await trio_websocket.wrap_client_stream(nursery, stream, host, "/live")
            return str(await page.get_message())
        except trio_websocket.ConnectionClosed as closed:
            return str(closed.reason and closed.reason.code)
        except trio_websocket.ConnectionRejected as rejected:
            return str(rejected.status_code)

    def _see(self, what: str) -> None:
        self.saw[what] += 1
        if self.saw.total() >= self._size:
            self._all.set()


async def test_two_hundred_pages_at_once(address: Address) -> None:
    crowd = Crowd(address)
    async with trio.open_nursery() as nursery:
        await crowd.come(nursery)
        assert crowd.saw["shown"] == SOCKETS
        assert set(crowd.saw) <= {"shown", "1013", "503"}, crowd.saw
        assert (await get(address, "/health")).status == 200
        assert (await get(address, "/")).status == 200  # a program's
        screen = Crowd(address, 1)
        nursery.start_soon(screen.page, SCREEN)
        await screen.seen()
        assert screen.saw == {"shown": 1}
        nursery.cancel_scope.cancel()


async def test_a_page_that_was_turned_away_comes_in_when_others_have_left(address: Address) -> None:
    async with trio.open_nursery() as nursery:
        await Crowd(address).come(nursery)
        nursery.cancel_scope.cancel()
    with trio.fail_after(real(10)):
        while True:
            late = Crowd(address, 1)
            async with trio.open_nursery() as nursery:
                await late.come(nursery)
                nursery.cancel_scope.cancel()
            if late.saw["shown"]:
                return
