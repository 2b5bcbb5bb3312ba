"""Box and kiosk over real sockets: what the box says, and what it hears of its page."""

import json
import random
from collections.abc import Awaitable, Callable
from functools import partial

import pytest
import trio
from starlette.applications import Starlette

from appliance.kiosk.config import KioskConfig
from appliance.kiosk.life import Life
from appliance.kiosk.listening import listen
from appliance.kiosk.telling import Telling
from appliance.kiosk.told import PATH, Settings, Told
from appliance.language.catalogue import ENGLISH
from appliance.runtime.followed import Followed
from appliance.runtime.web.server import serve_web
from appliance.runtime.web.sockets import Socket
from tests.runtime.web.test_sockets import page
from tests.virtual_time import real

Serve = Callable[[str], Awaitable[str]]
DOOR = KioskConfig(page="door", rotate=90, inches=10.1)


class Box:
    """The box's side, which can be switched off and on."""

    def __init__(self) -> None:
        self.life = Life()
        self.quiet = True
        self.heard: list[str] = []
        self.address = ("127.0.0.1", 0)
        self.scope = trio.CancelScope()

    async def talk(self, socket: Socket) -> None:
        while True:
            self.heard.append(await socket.receive())
            await socket.send("{}")

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        telling = Telling(DOOR, "Neptune", ENGLISH, self.life, lambda: self.quiet)
        sockets = {"/live": self.life.heard(self.talk), PATH: telling.talk}
        self.scope = trio.CancelScope()
        with self.scope:
            async with trio.open_nursery() as nursery:
                host, port = self.address
                serve = partial(serve_web, Starlette(), f"{host}:{port}", sockets=sockets)
                (self.address, *_) = await nursery.start(serve)
                task_status.started()


@pytest.fixture
async def box(nursery: trio.Nursery) -> Box:
    one = Box()
    await nursery.start(one.run)
    return one


@pytest.fixture
async def told(nursery: trio.Nursery, box: Box) -> Followed[Told | None]:
    followed: Followed[Told | None] = Followed(None)
    host, port = box.address
    nursery.start_soon(listen, f"{host}:{port}", followed, random.Random(1))
    return followed


async def until(told: Followed[Told | None], condition: Callable[[Told | None], bool]) -> Told | None:
    with trio.fail_after(real(20)):
        while not condition(value := told.value):
            await told.newer_than(value)
    return value


async def test_the_box_says_what_its_screen_is_to_show(told: Followed[Told | None]) -> None:
    first = await until(told, bool)
    assert first == Told(Settings("/panel/door?inches=10.1", 90, "en", "Neptune"), 0, quiet=True)


async def test_it_says_when_nobody_would_miss_the_screen(box: Box, told: Followed[Told | None]) -> None:
    box.quiet = False
    await until(told, lambda said: said is not None and not said.quiet)
    box.quiet = True
    await until(told, lambda said: said is not None and said.quiet)


async def test_a_box_that_goes_away_is_noticed_and_found_again(
    nursery: trio.Nursery, box: Box, told: Followed[Told | None]
) -> None:
    await until(told, bool)
    box.scope.cancel()
    assert await until(told, lambda said: said is None) is None
    await nursery.start(box.run)
    assert await until(told, bool)


@pytest.mark.parametrize(
    ("beats", "alive"),
    [
        ([{"frames": 0}], 1),
        ([{"frames": 1}, {"frames": 2}], 2),
        ([{"frames": 5}, {"frames": 5}, {"frames": 5}], 1),  # it talks, and is not drawn any more
        ([{}, {"do": "mute on", "id": 1}], 0),
        ([{"frames": "many"}, ["frames"], {"frames": 3}], 1),
    ],
)
async def test_only_a_page_that_is_drawn_is_alive(box: Box, beats: list[object], alive: int) -> None:
    async with page(box.address) as ours:
        for beat in beats:
            await ours.send_message(json.dumps(beat))
            await ours.get_message()
    assert box.life.alive == alive
    assert box.heard == [json.dumps(beat) for beat in beats]  # the conversation hears all of it
