"""A whole room with webhooks: what people do reaches the terminal first, and receivers that are away cost nothing."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio
from trio.testing import MockClock

from appliance.panel.status import rows
from appliance.room.state import Phase
from appliance.simulator.option_types import Generation
from tests.e2e.world import RECEPTION, ROOM, World, a_room
from tests.hooks.receiver import HANG, Receiver, signed_by
from tests.hooks.test_signature import SECRET
from tests.virtual_time import passes

pytestmark = pytest.mark.generations(Generation.BOTH)


def hook(name: str, port: int, events: str = '"call", "button"') -> str:
    return f'[webhooks.{name}]\nurl = "http://127.0.0.1:{port}/in"\nevents = [{events}]\nsecret = "{SECRET}"\n'


@asynccontextmanager
async def told(*receivers: Receiver) -> AsyncIterator[World]:
    async with trio.open_nursery() as nursery:
        ports = [await nursery.start(receiver.http) for receiver in receivers]
        tables = "".join(hook(f"number{number}", port) for number, port in enumerate(ports))
        async with a_room(template=ROOM + tables) as world:
            yield world
        nursery.cancel_scope.cancel()


async def test_a_press_and_a_call_are_told_after_the_terminal_has_heard_of_it() -> None:
    receiver = Receiver()
    async with told(receiver) as world:
        world.hardware.gpio.press("mute")
        (pressed,) = await receiver.has(1)
        assert "setMicMute" in world.asked()
        world.hardware.gpio.release("mute")
        await receiver.has(2)
        world.simulator.peer(RECEPTION).call()
        await world.until_phase(Phase.RINGING)
        *_, ringing = await receiver.has(3)
    assert (pressed.json["type"], pressed.json["data"]["detail"]) == ("button.pressed", "mute")
    assert (ringing.json["type"], ringing.json["sequence"], ringing.json["lost"]) == ("call.ringing", 3, 0)
    assert all(signed_by(request, SECRET) for request in receiver.requests)
    assert receiver.connections == 1


async def test_a_receiver_that_hangs_holds_up_neither_the_room_nor_another_receiver() -> None:
    hung, other = Receiver(HANG), Receiver()
    async with told(hung, other) as world:
        world.hardware.gpio.press("mute")
        await hung.has(1)
        world.hardware.gpio.release("mute")
        await world.until(lambda state: state.mic_muted is True)
        await other.has(2)
        assert len(hung.requests) == 1


async def test_a_receiver_that_is_not_there_is_missing_with_a_reason(clock: MockClock) -> None:
    with socket.socket() as nobody:  # it has the port, and does not listen
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        async with a_room(template=ROOM + hook("bookings", port)) as world:
            known = world.appliance.parts.conditions.known
            while not known["webhook bookings"].ready:  # a thread reads the machine's authorities meanwhile
                await passes(0.1)
            world.hardware.gpio.press("mute")
            with trio.fail_after(250):
                while "webhook bookings" not in (state := world.state).offline:
                    await passes(1)
            reasons = world.appliance.parts.conditions.reasons(state.offline)
            assert reasons["webhook bookings"].startswith(f"127.0.0.1:{port}: ")
            assert "webhook bookings" in dict(rows(state, trio.current_time()))["Not working"]
            assert known["webhook bookings"].failures == 1
