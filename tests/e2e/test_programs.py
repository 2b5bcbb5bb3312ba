"""Programs beside a whole room: what one does is shown to the room, and on its page."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from appliance.room.state import Phase
from appliance.run.tables.every import ROOM as TABLES
from appliance.run.tables.sharing import shared
from appliance.simulator.option_types import Generation
from appliance.terminal.boxes import own_socket
from tests.e2e.world import ANNA, ROOM, World, a_room
from tests.simulator.client import Client, at_socket
from tests.virtual_time import passes

pytestmark = pytest.mark.generations(Generation.BOTH)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where the room puts its socket."""
    with monkeypatch.context() as patch:
        patch.delenv("RUNTIME_DIRECTORY", raising=False)
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        yield


@asynccontextmanager
async def a_program() -> AsyncIterator[Client]:
    path = own_socket()
    assert path is not None
    async with at_socket(path) as client:
        await client.do("auth", type="unsecured")
        yield client


def a_sharing_room(template: str = ROOM) -> AbstractAsyncContextManager[World]:
    return a_room(template=template, tables=(*TABLES, shared))


def notice(world: World) -> str | None:
    return None if world.state.notice is None else str(world.state.notice.text)


@pytest.mark.parametrize("who", [True, False])
async def test_the_room_sees_who_has_muted_where_it_wants_to(clock: object, who: bool) -> None:
    template = ROOM.replace("[display]\n", f"[display]\nwho = {str(who).lower()}\n")
    async with a_sharing_room(template) as world, a_program() as client:
        await client.do("setMicMute", mute=True)
        await world.until(lambda state: state.mic_muted is True)
        await passes(0.1)
        assert notice(world) == (f"Muted by process {os.getpid()}" if who else None)


async def test_what_the_terminal_refuses_is_not_said(clock: object) -> None:
    template = ROOM.replace("[display]\n", "[display]\nwho = true\n")
    async with a_sharing_room(template) as world, a_program() as client:
        await client.refused("accept")
        assert notice(world) is None
        world.simulator.peer(ANNA).call()
        await client.event("inviteReceived")
        await client.do("accept")
        await world.until(lambda state: state.phase is Phase.IN_CALL)
        await passes(0.1)
        assert notice(world) == f"Call answered by process {os.getpid()}"


async def test_the_page_knows_them(clock: object) -> None:
    async with a_sharing_room() as world:
        sharing = world.appliance.parts.sharing
        async with a_program() as client:
            await client.do("getAppState")
            await client.do("setMicMute", mute=True)
            told = sharing.programs()
            (here,) = told.here
            assert (here.name, here.rights, here.commands) == (f"process {os.getpid()}", "admin", 3)
            assert [(deed.name, deed.method) for deed in told.deeds] == [(here.name, "setMicMute")]
        assert len(sharing.programs().deeds) == 1
