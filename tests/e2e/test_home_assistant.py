"""A room that Home Assistant finds on a real broker, and switches by what it was told, to the simulated terminal."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jinja2.sandbox import SandboxedEnvironment

from appliance.simulator.option_types import Generation
from tests.e2e.test_mqtt import ACTIONS, PREFIX, folder, on_broker
from tests.fleet.mqtt.mosquitto import Broker, Peer, a_broker, a_peer, needs_mosquitto

__all__ = ["folder"]

pytestmark = [needs_mosquitto, pytest.mark.generations(Generation.BOTH)]

TOLD = ACTIONS + 'home_assistant = "homeassistant"\n'


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with a_broker(tmp_path) as broker:
        yield broker


@pytest.fixture
def home(broker: Broker) -> Iterator[Peer]:
    with a_peer(broker.port, "homeassistant/device/+/config", f"{PREFIX}#") as peer:
        yield peer


async def device(home: Peer) -> tuple[str, dict[str, Any]]:
    """The topic of the next discovery message, and what it says; nothing where it was cleared."""
    while True:
        message = await home.hears_any()
        if message.topic.startswith("homeassistant/"):
            return message.topic, json.loads(message.payload) if message.payload else {}


async def test_a_switch_of_home_assistant_mutes_the_room(broker: Broker, home: Peer) -> None:
    async with on_broker(broker.port, TOLD) as world:
        _, found = await device(home)
        switch = found["components"]["switch_microphone_muted"]
        template = SandboxedEnvironment().from_string(switch["command_template"])
        asked = template.render(value=switch["payload_on"], now=lambda: datetime.now(UTC))
        home.say(switch["command_topic"], asked)
        await world.until(lambda state: state.mic_muted is True)
        assert world.asked() == ["setMicMute"]
        while json.loads((await home.hears(switch["state_topic"])).payload)["mic_muted"] is not True:
            pass


async def test_the_broker_keeps_it_and_it_goes_with_its_key(broker: Broker, home: Peer) -> None:
    async with on_broker(broker.port, TOLD):
        topic, found = await device(home)
        assert found["device"]["name"] == "Neptune"
        with a_peer(broker.port, topic) as late:
            assert (await late.hears(topic)).retain
    async with on_broker(broker.port, ACTIONS):
        assert await device(home) == (topic, {})
