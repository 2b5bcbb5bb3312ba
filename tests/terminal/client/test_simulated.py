"""The client against the simulated terminal: both sides were written from the manual, neither from the other."""

import inspect
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import trio
from trio.testing import MockClock

from appliance.simulator.model.commands import COMMANDS
from appliance.simulator.options import SimulatorOptions
from appliance.simulator.process.simulator import Simulator
from appliance.simulator.server import simulate
from appliance.terminal import connect
from appliance.terminal.client.catalogue import CATALOGUE
from appliance.terminal.client.client import Client
from appliance.terminal.errors import Refused
from appliance.terminal.messages import UnknownEvent
from appliance.terminal.messages.client_enums import HttpServerState
from appliance.terminal.messages.enums import Privileges
from appliance.terminal.messages.http_server import HttpServerChanged
from appliance.terminal.pictures import NotFound, NotRunning, Pictures
from tests.terminal.client.test_client import any_value
from tests.terminal.scripted import HOST

SIMULATED = set(COMMANDS)  # not every command of newer terminals
ENDS_IT = {  # control of the terminal, its login, its program, or the HTTP server that others need
    *("auth", "setAuthParams", "clearTokens", "login", "logout", "connectToServer", "connectToService"),
    *("shutdown", "shutdownSystem", "rebootSystem", "setSleepMode", "stopHttpServer"),
}


@pytest.fixture
async def simulator(clock: MockClock, nursery: trio.Nursery) -> Simulator:
    started: Simulator = await nursery.start(
        partial(simulate, SimulatorOptions(control_port=None, web_port=0, ws_port=0, http_port=0))
    )
    return started


@pytest.fixture
async def client(simulator: Simulator) -> AsyncIterator[Client]:
    async with connect(HOST, web_port=simulator.ports.web) as client:
        yield client


@pytest.mark.slow
async def test_every_command_is_known_and_every_reply_and_event_is_read(client: Client) -> None:
    assert client.privileges is Privileges.ADMINISTRATOR
    accepted = 0
    with client.events() as events:
        for group in CATALOGUE:
            for entry in group.commands:
                if entry.method in SIMULATED and entry.method not in ENDS_IT:
                    accepted += await attempt(getattr(getattr(client, group.name), entry.name))
        await client.ptz.home()
        await read_all(events)
    assert accepted > 80


async def attempt(method: Any) -> bool:  # any method of the client
    """Calls a method with some arguments; whether it was accepted. A refusal must be for their sake."""
    parameters = inspect.signature(method).parameters.values()
    needed = {p.name: any_value(p.annotation) for p in parameters if p.default is p.empty}
    try:
        await method(**needed)
    except Refused as refusal:
        return known(refusal)
    return True


def known(refusal: Refused) -> bool:
    """A refusal of what the simulated terminal knows counts as not accepted."""
    assert "unknown method" not in refusal.text
    return False


async def read_all(events: Any) -> None:  # a listener
    """Reads until nothing comes for a second; what comes must be known, whole."""
    while True:
        with trio.move_on_after(1) as waiting:
            event = await anext(events)
            assert not isinstance(event, UnknownEvent)
            assert events.extra == {}
        if waiting.cancelled_caught:
            return


async def test_camera_presets_are_there(client: Client) -> None:
    assert await client.has_presets() is True
    added = await client.ptz.add_preset(name="Door")
    assert [(preset.preset_id, preset.name) for preset in (await client.ptz.presets()).presets] == [
        (added.preset_id, "Door")
    ]


async def test_pictures_come_and_files_go_both_ways(client: Client, tmp_path: Path) -> None:
    pictures = Pictures(client)
    frame = await pictures.frame()
    assert (frame.content_type, frame.data[:2]) == ("image/jpeg", b"\xff\xd8")
    with pytest.raises(NotFound):
        await pictures.avatar("nobody@example.com")
    (tmp_path / "plan.txt").write_bytes(b"the plan")
    file_id = await pictures.upload(tmp_path / "plan.txt")
    assert [(str(file.file_id), file.name) for file in (await client.files.list()).files] == [(file_id, "plan.txt")]
    await pictures.save("files", file_id, tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_bytes() == b"the plan"


async def test_no_pictures_while_the_http_server_does_not_run(client: Client) -> None:
    with client.events(HttpServerChanged) as events:
        await client.http_server.stop()
        while (change := await anext(events)) != HttpServerChanged(state=HttpServerState.STOPPED):
            assert isinstance(change, HttpServerChanged)
    with pytest.raises(NotRunning):
        await Pictures(client).frame()
