"""Brokers that are short of something: of disk, of memory, of time, of goodwill. mosquitto where it can be had."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import mqtt5
import pytest
import trio
from structlog.testing import capture_logs
from trio.testing import MockClock

from appliance.fleet.mqtt.link.client import Client
from tests.fleet.mqtt.broker import Brokers, Connection, Heard, settings
from tests.fleet.mqtt.link.test_mosquitto import a_client, until
from tests.fleet.mqtt.mosquitto import a_broker, a_peer, needs_mosquitto

SLOW = 5.0  # seconds for each acknowledgement; at 20 a broker counts as lost
FULL = b"x" * 4096
MOUNT, UMOUNT = shutil.which("mount"), shutil.which("umount")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB, full to its last byte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = [MOUNT or "mount", "-t", "tmpfs", "-o", "size=64k,mode=777", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode != 0:
        pytest.skip("needs root, for a small file system")
    try:
        yield folder
    finally:
        subprocess.run([UMOUNT or "umount", str(folder)], check=True)


def fill(folder: Path) -> None:
    with (folder / "other").open("wb", buffering=0) as file:
        with pytest.raises(OSError, match="No space left"):
            os.posix_fallocate(file.fileno(), 0, 1024 * 1024)
        while shutil.disk_usage(folder).free:
            file.write(FULL)


@needs_mosquitto
async def test_a_broker_whose_disk_is_full_has_all_state_and_has_it_again_after_a_restart(
    small_disk: Path, tmp_path: Path
) -> None:
    lines = f"persistence true\npersistence_location {small_disk}/\nautosave_on_changes true\nautosave_interval 1\n"
    fill(small_disk)
    with a_broker(tmp_path, lines) as broker:
        async with a_client(broker.port, session_expiry=300) as (client, heard):
            await until(heard, lambda: heard.connections)
            client.say("room/view/call", FULL, retain=True)
            await until(heard, lambda: "room/view/call" in heard.acknowledged)
            with a_peer(broker.port, "room/#") as peer:
                assert (await peer.hears("room/view/call")).retain
            broker.kill()
            broker.start()
            await until(heard, lambda: len(heard.connections) == 2)
            with a_peer(broker.port, "room/#") as peer:
                await peer.hears("room/availability", b"online")
                await peer.hears("room/view/call", FULL)
            assert heard.connections == [False, False], "the broker has lost the session, and says so"
    assert "No space left on device" in (tmp_path / "log").read_text()


@needs_mosquitto
@pytest.mark.slow
async def test_a_broker_without_memory_is_tried_ever_more_seldom_and_costs_the_client_none(tmp_path: Path) -> None:
    with a_broker(tmp_path, "memory_limit 60000\n") as broker:
        async with a_client(broker.port, session_expiry=300) as (client, heard):
            await until(heard, lambda: heard.connections)
            for number in range(20):
                client.say(f"room/view/{number}", FULL, retain=True)
                client.say("room/event/call", FULL, lives=60)
            await until(heard, lambda: len(heard.reasons) >= 3)
            assert client.session.waiting < 64, "state of each topic once, and no more"
            await trio.sleep(3)
            assert client.connections < 12
    assert "out of memory" in (tmp_path / "log").read_text()


async def test_a_broker_that_is_slow_gets_everything_once(autojump_clock: MockClock) -> None:
    brokers, heard = Brokers(), Heard()
    client = Client(settings(rooms=1), heard, open_stream=brokers.open)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(client.run)
        connection = await brokers.connection()
        await connection.born()
        for number in range(10):
            client.say("room/event/call", str(number).encode(), lives=600)
        nursery.start_soon(_acknowledge_slowly, connection)
        await heard.until(lambda: heard.acknowledged.count("room/event/call") == 10)
        said = [packet for packet in connection.said if isinstance(packet, mqtt5.PublishPacket)]
        assert [bytes(packet.payload) for packet in said[1:]] == [str(number).encode() for number in range(10)]
        assert heard.reasons == []
        nursery.cancel_scope.cancel()


async def _acknowledge_slowly(connection: Connection) -> None:
    while True:
        packet = await connection.hear_whatever()
        await trio.sleep(SLOW)
        if isinstance(packet, mqtt5.PublishPacket):
            await connection.acknowledge(packet)
        elif isinstance(packet, mqtt5.PingReqPacket):
            await connection.say(mqtt5.PingRespPacket())


@pytest.mark.parametrize(
    "code", [mqtt5.PubAckReasonCode.QUOTA_EXCEEDED, mqtt5.PubAckReasonCode.NOT_AUTHORIZED], ids=lambda code: code.name
)
async def test_what_a_broker_refuses_costs_itself_and_is_not_said_again(
    code: mqtt5.PubAckReasonCode, autojump_clock: MockClock
) -> None:
    brokers, heard = Brokers(), Heard()
    client = Client(settings(rooms=1), heard, open_stream=brokers.open)
    with capture_logs() as logs:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(client.run)
            connection = await brokers.connection()
            await connection.born()
            client.say("room/view/call", b"1", retain=True)
            refused = await connection.expect(mqtt5.PublishPacket)
            assert refused.packet_id is not None
            await connection.say(mqtt5.PubAckPacket(refused.packet_id, reason_code=code))
            client.say("room/view/sound", b"2", retain=True)
            after = await connection.expect(mqtt5.PublishPacket)
            assert (after.topic, bytes(after.payload)) == ("room/view/sound", b"2")
            nursery.cancel_scope.cancel()
    (told,) = [line for line in logs if line["event"] == "mqtt_refused"]
    assert (told["topic"], told["reason"]) == ("room/view/call", code.name.lower().replace("_", " "))


async def test_a_broker_that_has_no_room_for_us_is_tried_again(autojump_clock: MockClock) -> None:
    """Quota exceeded at CONNECT may be over in a moment: unlike a wrong password, it is no reason to wait for long."""
    brokers, heard = Brokers(), Heard()
    client = Client(settings(rooms=1), heard, open_stream=brokers.open)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(client.run)
        connection = await brokers.connection()
        await connection.expect(mqtt5.ConnectPacket)
        began = trio.current_time()
        await connection.say(mqtt5.ConnAckPacket(reason_code=mqtt5.ConnAckReasonCode.QUOTA_EXCEEDED))
        await (await brokers.connection()).born()
        assert trio.current_time() - began < 2
        assert heard.reasons == ["broker: the broker refuses: quota exceeded"]
        nursery.cancel_scope.cancel()
