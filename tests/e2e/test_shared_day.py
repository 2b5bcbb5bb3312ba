"""A day in which three programs share the room's session while people press buttons and others call."""

import io
import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import trio

from appliance.cli.terminal.watch import follow
from appliance.room.parts.link import LinkPhase
from appliance.share.upstream import PLACES
from appliance.simulator.model.common.errors import Impossible
from appliance.simulator.model.common.session import Account
from appliance.simulator.option_types import Generation
from appliance.simulator.wire.connection import Connection
from appliance.terminal.boxes import own_socket
from appliance.terminal.config import TerminalConfig
from appliance.terminal.messages.enums import ConferenceType, RejectCause
from tests.e2e.test_programs import a_program, a_sharing_room, folder
from tests.e2e.world import ANNA, JOHN, RECEPTION, World
from tests.simulator.client import Client
from tests.virtual_time import passes

__all__ = ["folder"]

DAY = 24 * 3600.0
PAUSES = (0, 0.1, 1, 20, 60, 300, 1200)  # seconds between what people do
BURSTS = 0.2  # how often something happens while many requests are under way
QUESTIONS = ("getAppState", "getMicMute", "getAudioMute", "getVideoMute", "getConferences", "getLogin")
BUTTONS = ("call", "hangup", "mute", "left")

Told = list[dict[str, Any]]


class Program:
    """A client that hears everything as it comes, and keeps replies and events apart."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.events: Told = []
        self._tell, self._replies = trio.open_memory_channel[dict[str, Any]](10 * PLACES)

    async def listen(self) -> None:
        while True:
            message = json.loads(await self.client.websocket.get_message())
            if "event" in message:
                self.events.append(message)
            else:
                self._tell.send_nowait(message)

    async def replies(self, count: int) -> Told:
        with trio.fail_after(60):
            return [await self._replies.receive() for _ in range(count)]

    def nothing_more(self) -> None:
        """Nothing has come that was not asked for."""
        with pytest.raises(trio.WouldBlock):
            self._replies.receive_nowait()

    async def ask_without_an_id(self, method: str, **parameters: object) -> None:
        await self.client.send_raw(json.dumps({"method": method, **parameters}))
        (reply,) = await self.replies(1)
        assert (reply["method"], reply.get("requestId")) == (method, "")

    async def ask_much_at_once(self, chance: random.Random) -> None:
        asked = [chance.choice(QUESTIONS) for _ in range(2 * PLACES)]
        asked[chance.randrange(len(asked))] = "setMicMute"
        sent = [(await self.client.send(method, mute=chance.random() < 0.5), method) for method in asked]
        replies = await self.replies(len(sent))
        assert [(reply["requestId"], reply["method"]) for reply in replies] == sent


def happenings(world: World, chance: random.Random) -> list[Callable[[], object]]:
    simulator, hardware = world.simulator, world.hardware
    peer = simulator.peer(chance.choice((ANNA, JOHN, RECEPTION)))
    phone, keypad = hardware.speakerphones["speakerphone"], hardware.keypads["keypad"]
    return [
        lambda: world.tap(chance.choice(BUTTONS)),
        lambda: keypad.key(chance.choice("0123456789*#")),
        lambda: keypad.key(chance.choice(("call", "clear"))),
        lambda: phone.hook(off=chance.random() < 0.5),
        phone.mute,
        lambda: phone.volume(chance.choice((-1, 1))),
        peer.call,
        lambda: peer.call(ConferenceType.SYMMETRIC, "Planning"),
        peer.answer,
        lambda: peer.reject(chance.choice(list(RejectCause))),
        peer.leave,
        simulator.press_hook_off,
        simulator.press_hang_up,
        simulator.lose_server,
        simulator.restore_server,
    ]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Every event that the terminal sends."""
    found: Told = []
    send = Connection.send

    def noted(connection: Connection, message: dict[str, Any]) -> None:
        found.append(json.loads(json.dumps(message)))
        send(connection, message)

    monkeypatch.setattr(Connection, "send", noted)
    return found


@asynccontextmanager
async def listening() -> AsyncIterator[Program]:
    async with a_program() as client, trio.open_nursery() as nursery:
        program = Program(client)
        nursery.start_soon(program.listen)
        yield program
        nursery.cancel_scope.cancel()


@asynccontextmanager
async def watching(path: Path) -> AsyncIterator[io.StringIO]:
    """What `offhook terminal watch` prints."""
    out = io.StringIO()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow, TerminalConfig(host=str(path)), out)
        yield out
        nursery.cancel_scope.cancel()


@pytest.mark.slow
@pytest.mark.generations(Generation.BOTH)
async def test_three_programs_for_a_day_beside_buttons(clock: object, said: Told) -> None:
    chance = random.Random(1)
    path = own_socket()
    assert path is not None
    async with a_sharing_room() as world, listening() as one, listening() as other, watching(path) as out:
        sharing = world.appliance.parts.sharing.sharing
        await passes(1)
        assert all(program.grant is not None for program in sharing.programs)
        assert len(sharing.programs) == 3
        session = world.simulator.terminal.accounts.holders[Account.ADMINISTRATOR]
        said.clear()
        one.events.clear()
        other.events.clear()
        out.truncate(out.seek(0))
        ends = trio.current_time() + DAY
        while trio.current_time() < ends:
            try:
                chance.choice(happenings(world, chance))()
            except Impossible:
                continue  # the far side cannot do that now
            await one.ask_without_an_id(chance.choice(QUESTIONS))
            if chance.random() < BURSTS:
                await other.ask_much_at_once(chance)
            await passes(chance.choice(PAUSES))
        with suppress(Impossible):  # it may be there
            world.simulator.restore_server()
        await passes(120)
        assert world.simulator.terminal.accounts.holders == {Account.ADMINISTRATOR: session}
        assert world.state.link.phase is LinkPhase.UP
        assert len(sharing.programs) == 3
        one.nothing_more()
        other.nothing_more()
        assert len(said) > 500
        assert one.events == said
        assert other.events == said
        assert [json.loads(line) for line in out.getvalue().splitlines()] == said
