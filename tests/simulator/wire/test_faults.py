import json

import pytest
import trio
from trio.testing import MockClock

from appliance.simulator.control.fault_bodies import FaultsBody, Slowness, apply_faults
from appliance.simulator.process.simulator import Simulator
from tests.simulator.client import Client, authorised
from tests.simulator.http import request


async def test_replies_that_change_places(client: Client, simulator: Simulator) -> None:
    apply_faults(simulator, FaultsBody(reorder_replies=60))
    sent = [await client.send(method) for method in ("getMicMute", "getAudioMute", "getVideoMute")]
    assert [(await client.next())["requestId"] for _ in sent] == sent[::-1]


async def test_fragmented_frames_are_whole_in_the_end(client: Client, simulator: Simulator) -> None:
    apply_faults(simulator, FaultsBody(fragment=60))
    assert len((await client.do("getSettings"))["settings"]) > 20


async def test_a_slow_link(client: Client, simulator: Simulator, clock: MockClock) -> None:
    size = len(json.dumps(await client.do("getSettings")))
    apply_faults(simulator, FaultsBody(slow=Slowness(bytes_per_second=100, seconds=60)))
    began = clock.current_time()
    await client.do("getSettings")
    assert 0.5 * size / 100 < clock.current_time() - began < 60


async def test_a_half_open_connection_says_nothing_and_a_new_one_works(client: Client, simulator: Simulator) -> None:
    apply_faults(simulator, FaultsBody(half_open=True))
    await client.send("setMicMute", mute=True)
    with pytest.raises(trio.TooSlowError):
        await client.next()
    async with authorised(simulator) as other:
        assert (await other.do("getMicMute"))["mute"] is False


async def test_wrong_ports(simulator: Simulator) -> None:
    apply_faults(simulator, FaultsBody(wrong_ports=60))
    _, config = await request(simulator.ports.web, "GET", "/public/default/config.json")
    assert config["config"]["websocket"]["port"] != simulator.ports.ws
    apply_faults(simulator, FaultsBody(wrong_ports=0))
    _, config = await request(simulator.ports.web, "GET", "/public/default/config.json")
    assert config["config"]["websocket"]["port"] == simulator.ports.ws
