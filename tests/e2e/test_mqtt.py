"""A whole room on a real broker: what it says, what it takes, and what never reaches the terminal.

The peer is paho, the broker mosquitto, the terminal simulated; time is real.
"""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trio

from appliance.fleet.mqtt.topics import TABLE
from appliance.room.parts.link import LinkPhase
from appliance.room.state import Phase
from appliance.simulator.option_types import Generation
from tests.e2e.world import RECEPTION, ROOM, World, a_room
from tests.fleet.mqtt.mosquitto import Broker, Peer, a_broker, a_peer, needs_mosquitto

pytestmark = [needs_mosquitto, pytest.mark.generations(Generation.BOTH)]

PREFIX = "offhook/hq/neptune/"
KEPT = {topic.name for topic in TABLE if topic.retain}
ACTIONS = 'actions = ["mute", "call", "hang_up", "volume 40", "camera"]\n'


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with a_broker(tmp_path) as broker:
        yield broker


@pytest.fixture
def peer(broker: Broker) -> Iterator[Peer]:
    with a_peer(broker.port, f"{PREFIX}#") as peer:
        yield peer


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the room keeps its files."""
    (tmp_path / "state").mkdir()
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path / "state"))
    return tmp_path / "state"


@asynccontextmanager
async def on_broker(
    port: int, more: str = ACTIONS, name: str = "neptune", *, who: bool = False
) -> AsyncIterator[World]:
    table = f'[mqtt]\nhost = "127.0.0.1"\nport = {port}\nsite = "hq"\nroom = "{name}"\nrooms = 1\n{more}'
    template = ROOM.replace("[display]\n", "[display]\nwho = true\n") if who else ROOM
    async with a_room(template=template + table) as world:
        yield world


def action(do: str = "mute on", **fields: Any) -> str:
    usual = {"id": "1", "do": do, "at": datetime.now(UTC).isoformat(), "within": 20}
    return json.dumps({name: value for name, value in (usual | fields).items() if value is not None})


async def answered(peer: Peer) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((await peer.hears(f"{PREFIX}answer")).payload)
    return found


async def test_the_room_is_there_with_all_its_parts_and_leaves_with_a_word(broker: Broker, peer: Peer) -> None:
    async with on_broker(broker.port):
        assert (await peer.hears(f"{PREFIX}availability")).payload == b"online"
        await peer.hears(f"{PREFIX}identity")
        with a_peer(broker.port, f"{PREFIX}#") as late:
            kept = dict[str, Any]()
            while len(kept) < len(KEPT):
                message = await trio.to_thread.run_sync(late.heard.get, True, 10)
                kept[message.topic.removeprefix(PREFIX)] = message
            assert set(kept) == KEPT
            assert all(message.retain for message in kept.values())
            identity, call = json.loads(kept["identity"].payload), json.loads(kept["view/call"].payload)
            assert (len(identity["machine"]), call["version"], call["phase"]) == (20, 1, "idle")
            health = json.loads(kept["health"].payload)
            assert health["known"]["firmware"]
            assert health["room"]["other_box"] == ""
    assert (await peer.hears(f"{PREFIX}availability", b"offline")).retain is False


async def test_a_call_is_followed_and_told(broker: Broker, peer: Peer) -> None:
    async with on_broker(broker.port) as world:
        await peer.hears(f"{PREFIX}availability", b"online")
        world.simulator.peer(RECEPTION).call()
        await world.until_phase(Phase.RINGING)
        event = json.loads((await peer.hears(f"{PREFIX}event/call")).payload)
        assert (event["event_type"], event["version"]) == ("ringing", 1)
        while json.loads((await peer.hears(f"{PREFIX}view/call")).payload)["phase"] != "ringing":
            pass


async def test_a_finger_on_a_button_is_told_after_its_command_has_left(broker: Broker, peer: Peer) -> None:
    async with on_broker(broker.port) as world:
        await peer.hears(f"{PREFIX}availability", b"online")
        world.hardware.gpio.press("mute")
        event = json.loads((await peer.hears(f"{PREFIX}event/button")).payload)
        assert (event["event_type"], event["detail"], len(event["id"])) == ("pressed", "mute", 16)
        assert "setMicMute" in world.asked()
        world.hardware.gpio.release("mute")


async def test_an_action_is_done_answered_and_seen(broker: Broker, peer: Peer) -> None:
    async with on_broker(broker.port, who=True) as world:
        await peer.hears(f"{PREFIX}availability", b"online")
        touched = world.state.touched_at
        peer.say(f"{PREFIX}action", action(by="Reception desk"))
        assert await answered(peer) == {"id": "1", "outcome": "asked", "why": "", "version": 1}
        await world.until(lambda state: state.mic_muted is True)
        assert world.asked() == ["setMicMute"]
        await world.until(lambda state: state.notice is not None)
        assert str(world.state.notice and world.state.notice.text) == "Muted by Reception desk"
        assert world.state.touched_at == touched, "nobody in the room has touched anything"


async def test_an_answer_goes_where_it_is_wanted(broker: Broker, peer: Peer) -> None:
    async with on_broker(broker.port):
        await peer.hears(f"{PREFIX}availability", b"online")
        with a_peer(broker.port, "desk/answers") as desk:
            desk.say(f"{PREFIX}action", action(), ResponseTopic="desk/answers", CorrelationData=b"77")
            message = await desk.hears("desk/answers")
            assert json.loads(message.payload)["outcome"] == "asked"
            properties: Any = message.properties
            assert properties.CorrelationData == b"77"


@pytest.mark.parametrize(
    ("do", "age", "why"),
    [
        ("restart_terminal", 0, "not listed"),
        ("volume 41", 0, "not listed"),
        ("camera left", 0, "nobody would end it"),
        ("mute on", 3600, "too long ago"),
        ("mute on", -3600, "in the future"),
        ("mute on", None, "does not say when it was issued"),
        (None, 0, "not an action in JSON"),
        ("retained", 0, "a retained message asks for nothing"),
    ],
)
async def test_what_is_not_to_be_done_never_reaches_the_terminal(
    broker: Broker, peer: Peer, do: str | None, age: float | None, why: str
) -> None:
    async with on_broker(broker.port) as world:
        await peer.hears(f"{PREFIX}availability", b"online")
        at = None if age is None else (datetime.now(UTC) - timedelta(seconds=age)).isoformat()
        if do == "retained":
            peer.say(f"{PREFIX}action", action(), retain=True)
        else:
            peer.say(f"{PREFIX}action", "mute on" if do is None else action(do, at=at))
        answer = await answered(peer)
        assert answer["outcome"] == "refused"
        assert why in answer["why"]
        peer.say(f"{PREFIX}action", action(id="after"))
        assert (await answered(peer))["outcome"] == "asked", "and nothing is broken by it"
        await world.until(lambda state: state.mic_muted is True)
        assert world.asked() == ["setMicMute"]


async def test_a_replayed_action_never_reaches_the_terminal(broker: Broker, peer: Peer) -> None:
    async with on_broker(broker.port) as world:
        await peer.hears(f"{PREFIX}availability", b"online")
        peer.say(f"{PREFIX}action", action())
        peer.say(f"{PREFIX}action", action())
        assert [(await answered(peer))["outcome"] for _ in range(2)] == ["asked", "refused"]
        await world.until(lambda state: state.mic_muted is True)
        assert world.asked() == ["setMicMute"]


async def test_an_action_that_the_broker_has_kept_never_reaches_the_terminal(broker: Broker, peer: Peer) -> None:
    peer.say(f"{PREFIX}action", action(), retain=True)
    async with on_broker(broker.port) as world:
        await peer.hears(f"{PREFIX}availability", b"online")
        peer.say(f"{PREFIX}action", action("volume 40", id="2"))
        assert (await answered(peer))["id"] == "2"
        assert "setMicMute" not in world.asked()


async def test_without_a_link_an_action_is_refused_and_not_kept_for_later(broker: Broker, peer: Peer) -> None:
    async with on_broker(broker.port) as world:
        await peer.hears(f"{PREFIX}availability", b"online")
        world.simulator.take_over("admin")
        await world.until(lambda state: state.link.phase is LinkPhase.EVICTED)
        world.forget_sent()
        peer.say(f"{PREFIX}action", action())
        answer = await answered(peer)
        assert (answer["outcome"], bool(answer["why"])) == ("refused", True)
        world.appliance.parts.link.reclaim()
        await world.until(lambda state: state.link.phase is LinkPhase.UP)
        await world.until_phase(Phase.IDLE)
        assert world.asked() == []


async def test_what_means_nothing_is_answered_with_the_reason(broker: Broker, peer: Peer) -> None:
    async with on_broker(broker.port):
        await peer.hears(f"{PREFIX}availability", b"online")
        peer.say(f"{PREFIX}action", action("hang_up"))
        answer = await answered(peer)
        assert (answer["outcome"], bool(answer["why"])) == ("nothing", True)


async def test_two_whole_boxes_of_one_name_show_it_and_neither_does_what_is_asked(
    broker: Broker, peer: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    machines = iter(("a" * 20, "b" * 20))
    monkeypatch.setattr("appliance.run.tables.mqtt.machine_here", lambda: next(machines))
    async with on_broker(broker.port) as one:
        await peer.hears(f"{PREFIX}availability", b"online")
        async with on_broker(broker.port) as other:
            for world, machine in ((one, "b" * 20), (other, "a" * 20)):
                await world.until(lambda state: state.notice is not None)
                assert str(world.state.notice and world.state.notice.text).endswith(machine)
            peer.say(f"{PREFIX}action", action())
            outcomes = [(await answered(peer))["outcome"] for _ in range(2)]
            assert outcomes == ["refused", "refused"]
            assert one.asked() == other.asked() == []
            while "two_boxes" not in json.loads((await peer.hears(f"{PREFIX}health")).payload)["wrong"]:
                pass
