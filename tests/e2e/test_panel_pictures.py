"""What the terminal's camera sees, on panels: over the box, for those that may touch, and only while one looks."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
import trio
from PIL import Image

from appliance.panel.access import Access
from appliance.room.actions import StorePreset
from appliance.room.inputs import Touched
from appliance.run.pages.status import pages_of
from appliance.runtime.web.server import serve_web
from appliance.services.pages.pictures import PLACE, SIZE, STAYS
from appliance.simulator.option_types import Generation
from tests.e2e.world import PATIENCE, World, a_room
from tests.runtime.web.client import Address, Answer, get
from tests.virtual_time import passes

LIVE = "/panel/camera.jpg"


@asynccontextmanager
async def a_panel() -> AsyncIterator[tuple[World, Address]]:
    async with a_room() as world, trio.open_nursery() as nursery:
        pages = pages_of(world.appliance.parts)
        addresses = await nursery.start(partial(serve_web, pages.app, "127.0.0.1:0", sockets=pages.sockets))
        world.forget_sent()
        yield world, addresses[0]
        nursery.cancel_scope.cancel()


async def seen(address: Address, path: str = LIVE) -> Answer:
    """The picture, as soon as there is one: the clock does not wait for the threads that make it small."""
    with trio.fail_after(PATIENCE):
        while True:
            with trio.move_on_after(4):
                if (answer := await get(address, path)).status == 200:
                    return answer
            await passes(0.1)


def size_of(answer: Answer) -> tuple[int, int]:
    with Image.open(io.BytesIO(answer.body), formats=("JPEG",)) as picture:
        return picture.size


def switched(world: World) -> list[bool]:
    return [command["enabled"] for command in world.sent() if command["method"] == "setBroadcastSelfie"]


async def test_it_is_seen_and_the_terminal_shows_it_only_while_somebody_looks(clock: object) -> None:
    async with a_panel() as (world, address):
        answer = await seen(address)
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["cache-control"] == "no-store"
        assert size_of(answer)[0] <= SIZE[0]
        assert switched(world) == [True]
        await passes(2 * STAYS)
        await world.until_terminal(lambda _: switched(world) == [True, False])
        await seen(address)
        assert switched(world) == [True, False, True]


async def test_what_shows_it_already_is_left_alone(clock: object) -> None:
    async with a_panel() as (world, address):
        with world.simulator.changing() as terminal:
            terminal.sharing.set_frames(1)
        await seen(address)
        await passes(2 * STAYS)
        assert switched(world) == []


async def test_many_pages_cost_no_more_than_one(clock: object) -> None:
    async with a_panel() as (world, address), trio.open_nursery() as nursery:
        for _ in range(10):
            nursery.start_soon(seen, address)
        await seen(address)
        assert len([command for command in world.sent() if command["method"] == "getTokenForHttpServer"]) == 1


async def test_a_terminal_that_shows_nothing_is_waited_for_no_longer_than_a_moment(clock: object) -> None:
    async with a_panel() as (world, address):
        world.simulator.faults.mute_replies(600)
        answer = await get(address, LIVE)
        assert (answer.status, answer.body) == (204, b"")


async def test_who_may_only_look_sees_nothing(clock: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Access, "may_touch", lambda _self, _scope: False)
    async with a_panel() as (world, address):
        assert (await get(address, LIVE)).status == 403
        assert (await get(address, "/panel/place/1.jpg")).status == 403
        assert world.asked() == []


@pytest.mark.generations(Generation.NEW)
async def test_a_place_that_is_stored_gets_a_picture_that_is_kept(
    clock: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    async with a_panel() as (world, address):
        assert (await get(address, "/panel/place/3.jpg")).status == 404
        await world.until(lambda state: state.presets is not None)
        world.appliance.parts.controller.put(Touched(StorePreset(3)))
        await world.until(lambda state: 3 in state.preset_pictures)
        answer = await seen(address, "/panel/place/3.jpg")
        assert size_of(answer)[0] <= PLACE[0]
    async with a_panel() as (world, address):
        await world.until(lambda state: 3 in state.preset_pictures)
        assert (await seen(address, "/panel/place/3.jpg")).body
