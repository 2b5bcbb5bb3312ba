"""The bridge of docs/scale.md between two real brokers: what goes up to the centre, and that nothing comes down."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.fleet.mqtt.topics import ACTION, AVAILABILITY, CALL, HEALTH, IDENTITY, Names
from tests.cli.processes import PATIENCE, ROOT
from tests.fleet.mqtt.mosquitto import Broker, a_broker, a_peer, needs_mosquitto

pytestmark = [needs_mosquitto, pytest.mark.slow]

ROOM = Names("hq", "neptune")
UP = (AVAILABILITY, IDENTITY, HEALTH)


def bridge(port: int) -> str:
    (lines,) = re.findall(
        r"^```\n(connection centre\n.*?)^```", (ROOT / "docs/scale.md").read_text(), re.MULTILINE | re.DOTALL
    )
    said: str = lines.replace("centre.example.com:1883", f"127.0.0.1:{port}")
    assert said != lines
    return said + "restart_timeout 1\n"


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Broker]:
    (tmp_path / "centre").mkdir()
    with a_broker(tmp_path / "centre") as broker:
        yield broker


@pytest.fixture
def site(tmp_path: Path, centre: Broker) -> Iterator[Broker]:
    with a_broker(tmp_path, bridge(centre.port)) as broker:
        yield broker


def keep(site: Broker) -> None:
    """What a room has said of itself at its site's broker."""
    with a_peer(site.port) as room:
        for topic in (CALL, *UP):
            room.say(ROOM.of(topic), topic.name, retain=True)


def kept(centre: Broker) -> set[str]:
    """Waits for what goes up, and returns all that the centre keeps by then."""
    with a_peer(centre.port, "offhook/#") as peer:
        missing = {ROOM.of(topic) for topic in UP}
        while missing:  # a broker tells what it keeps in the order of its own tables
            missing.discard(peer.heard.get(timeout=PATIENCE).topic)
    with a_peer(centre.port, "offhook/#") as late:
        found = [late.heard.get(timeout=PATIENCE) for _ in UP]
        assert all(message.retain for message in found)
        return {message.topic for message in found} if late.none() else {"more"}


def test_the_centre_keeps_what_goes_up_and_nothing_else(centre: Broker, site: Broker) -> None:
    keep(site)
    assert kept(centre) == {ROOM.of(topic) for topic in UP}


def test_the_centre_has_it_again_after_it_has_lost_everything(centre: Broker, site: Broker) -> None:
    keep(site)
    kept(centre)
    centre.kill()
    centre.start()
    assert kept(centre) == {ROOM.of(topic) for topic in UP}


def test_what_is_asked_at_the_centre_reaches_no_room(centre: Broker, site: Broker) -> None:
    with a_peer(site.port, "#") as room, a_peer(centre.port, "#") as seen:
        with a_peer(centre.port) as somebody:
            somebody.say(ROOM.of(ACTION), "mute on")
            seen.until(ROOM.of(ACTION))
        keep(site)
        seen.until(ROOM.of(HEALTH))  # what comes after it on the same bridge has gone all its way
        heard = [room.heard.get(timeout=PATIENCE).topic for _ in (CALL, *UP)]
        assert set(heard) == {ROOM.of(topic) for topic in (CALL, *UP)}
        assert room.none()
