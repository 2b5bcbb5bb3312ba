"""The client on a real mosquitto that is secured, killed, stopped, cut off and full. Time is real."""

import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trio

from appliance.fleet.mqtt.link.client import Client
from appliance.fleet.mqtt.link.packets import Will
from appliance.fleet.mqtt.link.stream import Secure
from tests.fleet.mqtt.broker import Heard, settings
from tests.fleet.mqtt.link.certificates import Authority, needs_openssl
from tests.fleet.mqtt.mosquitto import Broker, a_broker, a_peer, free_port, needs_mosquitto

pytestmark = needs_mosquitto

WITHIN = 20.0  # seconds of a busy machine
PASSWD = shutil.which("mosquitto_passwd")


@asynccontextmanager
async def a_client(port: int, **fields: object) -> AsyncIterator[tuple[Client, Heard]]:
    heard = Heard()
    usual: dict[str, object] = {"hosts": ("127.0.0.1",), "port": port, "rooms": 1, "keepalive": 10}
    client = Client(settings(**usual | fields), heard)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(client.run)
        yield client, heard
        nursery.cancel_scope.cancel()


async def until(heard: Heard, looks: Callable[[], object]) -> None:
    with trio.fail_after(WITHIN):
        while not looks():
            await heard.news.park()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    with a_broker(tmp_path) as broker:
        yield broker


async def test_paho_and_we_understand_each_other(broker: Broker) -> None:
    with a_peer(broker.port, "room/#") as peer:
        async with a_client(broker.port) as (client, heard):
            await until(heard, lambda: heard.connections)
            assert (await peer.hears("room/availability")).payload == b"online"
            client.say("room/view/call", '{"who": "Анна"}'.encode(), retain=True, lives=None)
            assert (await peer.hears("room/view/call")).payload.decode() == '{"who": "Анна"}'
            peer.say("room/action", b"x" * 60_000, MessageExpiryInterval=9, ResponseTopic="desk", CorrelationData=b"7")
            await until(heard, lambda: heard.messages)
            (message,) = heard.messages
            assert (len(message.payload), message.qos, message.retain) == (60_000, 1, False)
            assert (message.response_topic, message.correlation, message.expires) == ("desk", b"7", 9)
        assert (await peer.hears("room/availability", b"offline")).qos == 1


async def test_what_is_too_large_for_us_is_not_sent_by_the_broker(broker: Broker) -> None:
    with a_peer(broker.port) as peer:
        async with a_client(broker.port) as (_, heard):
            await until(heard, lambda: heard.acknowledged)  # the birth, which follows the subscription
            peer.say("room/action", b"x" * 70_000)
            peer.say("room/action", b"small")
            await until(heard, lambda: heard.messages)
            assert [message.payload for message in heard.messages] == [b"small"]
            assert heard.reasons == []


async def test_a_broker_that_is_killed_is_lost_at_once_and_found_again(broker: Broker) -> None:
    async with a_client(broker.port) as (client, heard):
        client.say("room/view/call", b"1", retain=True)
        await until(heard, lambda: heard.acknowledged.count("room/view/call"))
        began = trio.current_time()
        broker.kill()
        await until(heard, lambda: heard.reasons)
        assert trio.current_time() - began < 2
        client.say("room/view/call", b"2", retain=True)
        broker.start()
        await until(heard, lambda: len(heard.connections) == 2)
        assert heard.connections == [False, False], "it has kept nothing"
        with a_peer(broker.port, "room/#") as peer:
            kept = [await trio.to_thread.run_sync(peer.heard.get, True, WITHIN) for _ in range(2)]
            assert {message.payload for message in kept} == {b"online", b"2"}


@pytest.mark.slow
async def test_a_broker_that_stands_still_is_lost_after_one_and_a_half_keepalives(broker: Broker) -> None:
    async with a_client(broker.port, keepalive=4) as (_, heard):
        await until(heard, lambda: heard.acknowledged)
        began = trio.current_time()
        broker.pause()
        await until(heard, lambda: heard.reasons)
        assert 5 < trio.current_time() - began < 8
        assert "has said nothing for 6 s" in heard.reasons[0]
        broker.go_on()
        await until(heard, lambda: len(heard.connections) == 2)


@pytest.mark.slow
async def test_a_network_that_swallows_everything_is_noticed_by_both(broker: Broker) -> None:
    """A path in between that stops carrying, and never says so."""
    async with trio.open_nursery() as nursery:
        network = Carrier(broker.port)
        port = await nursery.start(network.serve)
        with a_peer(broker.port, "room/availability") as peer:
            will = Will("room/availability", b"offline")
            async with a_client(port, keepalive=4, session_expiry=0, will=will) as (_, heard):
                await until(heard, lambda: heard.acknowledged)
                await peer.hears("room/availability", b"online")
                network.carries = False
                began = trio.current_time()
                await until(heard, lambda: heard.reasons)
                assert 5 < trio.current_time() - began < 8
                await peer.hears("room/availability", b"offline")
        nursery.cancel_scope.cancel()


class Carrier:
    """The network between client and broker, which may stop carrying."""

    def __init__(self, port: int) -> None:
        self.carries = True
        self._port = port

    async def serve(self, *, task_status: trio.TaskStatus[int]) -> None:
        listeners = await trio.open_tcp_listeners(0, host="127.0.0.1")
        task_status.started(listeners[0].socket.getsockname()[1])
        await trio.serve_listeners(self._carry, listeners)

    async def _carry(self, near: trio.SocketStream) -> None:
        far = await trio.open_tcp_stream("127.0.0.1", self._port)
        async with far, trio.open_nursery() as nursery:
            nursery.start_soon(self._copy, near, far)
            nursery.start_soon(self._copy, far, near)

    async def _copy(self, source: trio.SocketStream, sink: trio.SocketStream) -> None:
        try:
            async for data in source:
                if not self.carries:
                    await trio.sleep_forever()
                await sink.send_all(data)
        except trio.BrokenResourceError:
            pass


@pytest.mark.slow
async def test_a_room_that_is_cut_off_is_said_to_be_gone_by_the_broker(broker: Broker) -> None:
    with a_peer(broker.port, "room/availability") as peer:
        async with trio.open_nursery() as nursery:
            heard = Heard()
            client = Client(settings(hosts=("127.0.0.1",), port=broker.port, rooms=1, session_expiry=0), heard)
            nursery.start_soon(client.run)
            await peer.hears("room/availability", b"online")
            assert client._talk is not None
            await trio.aclose_forcefully(client._talk._wire._stream)  # as a power cut ends it
            await peer.hears("room/availability", b"offline")
            await peer.hears("room/availability", b"online")
            nursery.cancel_scope.cancel()


async def test_what_happened_while_the_broker_was_away_is_said_in_time_or_not_at_all(broker: Broker) -> None:
    async with a_client(broker.port) as (client, heard):
        await until(heard, lambda: heard.acknowledged)
        broker.kill()
        await until(heard, lambda: heard.reasons)
        client.say("room/event/call", b"short", lives=0.05)
        client.say("room/event/call", b"long", lives=60)
        await trio.sleep(0.1)
        broker.start()
        with a_peer(broker.port, "room/event/#") as peer:
            await until(heard, lambda: "room/event/call" in heard.acknowledged)
            assert (await peer.hears("room/event/call")).payload == b"long"
            assert client.session.dropped == 1
            assert peer.none()


@pytest.mark.slow
async def test_a_message_that_has_expired_at_the_broker_is_not_delivered(broker: Broker) -> None:
    """What an action's message expiry is worth: a kept session gets nothing that is over."""
    async with a_client(broker.port, session_expiry=300) as (_, heard):
        await until(heard, lambda: heard.acknowledged)
    heard = Heard()
    client = Client(settings(hosts=("127.0.0.1",), port=broker.port, rooms=1), heard)
    client.connections = 1  # so that the session is continued
    with a_peer(broker.port) as peer:
        peer.say("room/action", b"over", MessageExpiryInterval=1)
        peer.say("room/action", b"good", MessageExpiryInterval=60)
        await trio.sleep(2.1)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(client.run)
            await until(heard, lambda: heard.messages)
            nursery.cancel_scope.cancel()
    assert heard.connections == [True]
    assert [message.payload for message in heard.messages] == [b"good"]


async def test_a_broker_that_limits_everything_gets_everything_all_the_same(tmp_path: Path) -> None:
    """As mosquitto 2.1 does by default, and brokers in the cloud: little in flight, small packets."""
    limits = "max_inflight_messages 1\nmax_packet_size 3000\nmax_queued_messages 2\n"
    with a_broker(tmp_path, limits) as broker:
        async with a_client(broker.port) as (client, heard):
            await until(heard, lambda: heard.connections)
            for number in range(20):
                client.say("room/event/call", str(number).encode(), lives=60)
            client.say("room/event/call", b"x" * 5000, lives=60)
            client.say("room/view/call", b"end", retain=True)
            await until(heard, lambda: "room/view/call" in heard.acknowledged)
            assert client.session.dropped == 1
            assert heard.reasons == []
            assert heard.acknowledged.count("room/event/call") == 20
            # who had been there all the time may have missed it: the broker's queue for a peer is as short
            with a_peer(broker.port, "room/view/#") as peer:
                await peer.hears("room/view/call", b"end")


@pytest.mark.slow
async def test_two_clients_with_one_id_do_not_go_on_at_the_speed_of_the_network(broker: Broker) -> None:
    """An image that was cloned with its machine id."""
    async with a_client(broker.port) as (first, one), a_client(broker.port) as (second, two):
        await until(one, lambda: one.connections)
        await until(two, lambda: two.connections)
        await trio.sleep(5)
        assert first.connections + second.connections < 20


async def test_where_one_broker_is_down_the_other_has_the_room(broker: Broker, tmp_path: Path) -> None:
    async with a_client(broker.port, hosts=("127.0.0.2", "127.0.0.1")) as (_, heard):
        await until(heard, lambda: heard.connections)
        assert heard.reasons == ["127.0.0.2: connection refused"]


async def test_nobody_listens() -> None:
    async with a_client(free_port()) as (_, heard):
        await until(heard, lambda: heard.reasons)
        assert heard.reasons[0] == "127.0.0.1: connection refused"


async def test_a_name_that_is_none() -> None:
    async with a_client(1883, hosts=("broker.invalid",)) as (_, heard):
        await until(heard, lambda: heard.reasons)
        assert heard.reasons[0].startswith("broker.invalid: ")


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Broker]:
    if PASSWD is None:
        pytest.skip("mosquitto_passwd is not installed")
    file = tmp_path / "passwords"
    subprocess.run([PASSWD, "-c", "-b", str(file), "neptune", "right"], check=True, capture_output=True)
    with a_broker(tmp_path, f"password_file {file}\n") as broker:
        yield broker


@pytest.mark.parametrize("password", [b"right", b"wrong", None])
async def test_a_password(guarded: Broker, password: bytes | None) -> None:
    async with a_client(guarded.port, user="neptune", password=password) as (_, heard):
        await until(heard, lambda: heard.reasons or heard.connections)
        assert bool(heard.connections) is (password == b"right")
        assert "not authorized" in (heard.reasons or ["not authorized"])[0]


@needs_openssl
class TestTls:
    @pytest.fixture
    def authority(self, tmp_path: Path) -> Authority:
        return Authority(tmp_path)

    @pytest.fixture
    def secured(self, tmp_path: Path, authority: Authority) -> Iterator[Broker]:
        certificate, key = authority.sign("localhost")
        lines = f"cafile {authority.ca}\ncertfile {certificate}\nkeyfile {key}\nrequire_certificate true\n"
        with a_broker(tmp_path, f"{lines}use_identity_as_username true\n") as broker:
            yield broker

    async def said(self, port: int, secure: Secure, host: str = "localhost") -> list[str]:
        """What came of connecting; nothing where that went well."""
        async with a_client(port, hosts=(host,), secure=secure) as (_, heard):
            await until(heard, lambda: heard.reasons or heard.acknowledged)
            return heard.reasons

    async def test_both_show_a_certificate(self, secured: Broker, authority: Authority) -> None:
        assert await self.said(secured.port, Secure(authority.ca, *authority.sign("neptune"))) == []
        assert await self.said(secured.port, Secure(authority.ca, *authority.sign("neptune")), "127.0.0.1") == []

    async def test_a_box_without_one_is_refused(self, secured: Broker, authority: Authority) -> None:
        assert await self.said(secured.port, Secure(authority.ca)) != []

    async def test_a_box_of_another_authority_is_refused(
        self, secured: Broker, authority: Authority, tmp_path: Path
    ) -> None:
        (tmp_path / "other").mkdir()
        other = Authority(tmp_path / "other", "other")
        assert await self.said(secured.port, Secure(authority.ca, *other.sign("neptune"))) != []

    async def test_a_broker_of_another_authority_is_refused(
        self, secured: Broker, authority: Authority, tmp_path: Path
    ) -> None:
        (tmp_path / "other").mkdir()
        other = Authority(tmp_path / "other", "other")
        (reason,) = await self.said(secured.port, Secure(other.ca, *authority.sign("neptune")))
        assert "certificate" in reason

    async def test_a_broker_of_another_name_is_refused(self, secured: Broker, authority: Authority) -> None:
        (reason,) = await self.said(secured.port, Secure(authority.ca, *authority.sign("neptune")), "127.0.0.2")
        assert "127.0.0.2" in reason

    async def test_plain_does_not_talk_to_tls(self, secured: Broker) -> None:
        async with a_client(secured.port) as (_, heard):
            await until(heard, lambda: heard.reasons)
            assert heard.connections == []

    async def test_files_that_are_not_there(self, secured: Broker, tmp_path: Path) -> None:
        (reason,) = await self.said(secured.port, Secure(tmp_path / "none.pem"))
        assert "no such file" in reason
