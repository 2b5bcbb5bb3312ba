"""The client against a broker that says what real ones say seldom. Time is the mock clock's; the streams are memory."""

import itertools
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import mqtt5
import pytest
import trio
from trio.testing import MockClock

from appliance.fleet.mqtt.link.client import WELL_AFTER, Client
from appliance.fleet.mqtt.link.talk import ANSWERED, BURST, RATE, UNACKNOWLEDGED
from appliance.fleet.mqtt.link.waits import LONGEST, Waits
from appliance.fleet.mqtt.link.wire import FULL, STALLED
from tests.fleet.mqtt.broker import Brokers, Heard, settings
from tests.virtual_time import passes


class Lab:
    """A client that runs, who uses it, and the brokers that it knows."""

    def __init__(self, brokers: Brokers, heard: Heard, client: Client) -> None:
        self.brokers = brokers
        self.heard = heard
        self.client = client


@asynccontextmanager
async def lab(*away: str, clean: bool = False, **fields: object) -> AsyncIterator[Lab]:
    brokers, heard = Brokers(*away), Heard(clean=clean)
    client = Client(settings(**fields), heard, open_stream=brokers.open, rng=random.Random(1))
    async with trio.open_nursery() as nursery:
        nursery.start_soon(client.run)
        yield Lab(brokers, heard, client)
        nursery.cancel_scope.cancel()


async def test_a_connection_begins_with_the_will_the_birth_and_all_state(autojump_clock: MockClock) -> None:
    async with lab(user="neptune", password=b"secret") as here:
        here.client.say("room/view/call", b"{}", retain=True)
        connection = await here.brokers.connection()
        asked = await connection.born()
        assert (asked.client_id, asked.clean_start, asked.keep_alive) == ("machine", True, 60)
        assert (asked.username, asked.password, asked.session_expiry_interval) == ("neptune", b"secret", 300)
        assert asked.topic_alias_max == 0, "a broker of mosquitto 2.1 would use aliases otherwise"
        assert asked.will is not None
        assert (asked.will.topic, asked.will.payload, asked.will.retain) == ("room/availability", b"offline", True)
        state = await connection.expect(mqtt5.PublishPacket)
        assert (state.topic, state.payload, state.retain, state.qos) == ("room/view/call", b"{}", True, 1)
        assert here.heard.connections == [False]
        assert here.client.up


async def test_the_end_is_said_before_the_will_is_taken_away(autojump_clock: MockClock) -> None:
    async with trio.open_nursery() as nursery:
        async with lab() as here:
            connection = await here.brokers.connection()
            await connection.born()
        last = await connection.expect(mqtt5.PublishPacket)
        assert (last.topic, last.payload, last.retain) == ("room/availability", b"offline", True)
        await connection.expect(mqtt5.DisconnectPacket)
        nursery.cancel_scope.cancel()


async def test_who_only_listens_says_neither_birth_nor_end(autojump_clock: MockClock) -> None:
    async with trio.open_nursery() as nursery:
        async with lab(will=None, birth=b"") as here:
            connection = await here.brokers.connection()
            await connection.welcome()
        await connection.expect(mqtt5.DisconnectPacket)
        nursery.cancel_scope.cancel()


async def test_messages_are_heard_and_acknowledged(autojump_clock: MockClock) -> None:
    async with lab() as here:
        connection = await here.brokers.connection()
        await connection.born()
        await connection.say(mqtt5.PublishPacket("room/action", b"1", qos=mqtt5.QoS.AT_LEAST_ONCE, packet_id=9))
        acknowledged = await connection.expect(mqtt5.PubAckPacket)
        assert acknowledged.packet_id == 9
        assert [(message.topic, message.payload) for message in here.heard.messages] == [("room/action", b"1")]


async def test_a_broker_that_is_silent_is_lost_after_one_and_a_half_keepalives(autojump_clock: MockClock) -> None:
    async with lab(keepalive=60) as here:
        connection = await here.brokers.connection()
        await connection.born()
        began = trio.current_time()
        await connection.expect(mqtt5.PingReqPacket)
        assert trio.current_time() - began == pytest.approx(60)
        await here.heard.until(lambda: here.heard.reasons)
        assert trio.current_time() - began == pytest.approx(90)
        assert here.heard.reasons == ["broker: the broker has said nothing for 90 s"]


async def test_pings_that_are_answered_keep_it(autojump_clock: MockClock) -> None:
    async with lab(keepalive=60) as here:
        connection = await here.brokers.connection()
        await connection.born()
        began = trio.current_time()
        for _ in range(10):
            await connection.expect(mqtt5.PingReqPacket)
            await connection.say(mqtt5.PingRespPacket())
        assert trio.current_time() - began == pytest.approx(600)
        assert here.heard.reasons == []


async def test_a_broker_that_talks_all_the_time_hears_from_us_all_the_same(autojump_clock: MockClock) -> None:
    async with lab(keepalive=60) as here:
        connection = await here.brokers.connection()
        await connection.born()
        async with trio.open_nursery() as nursery:

            async def talk() -> None:
                for _ in range(20):
                    await passes(10)
                    await connection.say(mqtt5.PublishPacket("room/action", b""))

            nursery.start_soon(talk)
            began = trio.current_time()
            await connection.expect(mqtt5.PingReqPacket)
            assert trio.current_time() - began == pytest.approx(60)
            nursery.cancel_scope.cancel()


async def test_the_brokers_own_keepalive_counts(autojump_clock: MockClock) -> None:
    async with lab(keepalive=600) as here:
        connection = await here.brokers.connection()
        await connection.born(server_keep_alive=20)
        began = trio.current_time()
        await connection.expect(mqtt5.PingReqPacket)
        assert trio.current_time() - began == pytest.approx(20)


async def test_a_broker_that_does_not_answer_connect_is_left(autojump_clock: MockClock) -> None:
    async with lab() as here:
        await here.brokers.connection()
        await here.heard.until(lambda: here.heard.reasons)
        assert here.heard.reasons == [f"broker: no answer to CONNECT within {ANSWERED:g} s"]


async def test_a_broker_that_acknowledges_nothing_is_lost(autojump_clock: MockClock) -> None:
    async with lab(keepalive=600) as here:
        connection = await here.brokers.connection()
        await connection.welcome()
        await here.heard.until(lambda: here.heard.reasons)
        assert here.heard.reasons == [f"broker: the broker has acknowledged nothing for {UNACKNOWLEDGED:g} s"]


async def test_a_kept_session_gets_again_what_was_not_acknowledged(autojump_clock: MockClock) -> None:
    async with lab() as here:
        connection = await here.brokers.connection()
        await connection.born()
        here.client.say("room/event/call", b"1", lives=60)
        first = await connection.expect(mqtt5.PublishPacket)
        await connection.end()
        connection = await here.brokers.connection()
        asked = await connection.welcome(session_present=True)
        assert not asked.clean_start
        again = await connection.expect(mqtt5.PublishPacket)
        assert (again.payload, again.duplicate, again.packet_id) == (b"1", True, first.packet_id)
        birth = await connection.expect(mqtt5.PublishPacket)
        assert (birth.topic, birth.payload) == ("room/availability", b"online")
        assert here.heard.connections == [False, True]


async def test_a_box_without_the_time_of_day_has_the_broker_keep_nothing_for_it(autojump_clock: MockClock) -> None:
    async with lab(clean=True) as here:
        await (await here.brokers.connection()).end()
        asked = await (await here.brokers.connection()).welcome()
        assert asked.clean_start


async def test_what_happened_long_ago_is_not_said_when_the_broker_is_back(autojump_clock: MockClock) -> None:
    async with lab("broker") as here:
        here.client.say("room/event/call", b"old", lives=60)
        here.client.say("room/view/call", b"state", retain=True)
        await passes(300)
        here.client.say("room/event/call", b"new", lives=600)
        here.brokers.away.clear()
        connection = await here.brokers.connection()
        await connection.welcome()
        said = [(await connection.expect(mqtt5.PublishPacket)).payload for _ in range(3)]
        assert set(said) == {b"new", b"online", b"state"}


async def test_what_is_said_is_paced(autojump_clock: MockClock) -> None:
    async with lab() as here:
        connection = await here.brokers.connection()
        await connection.born()
        began, many = trio.current_time(), BURST + 30
        times = []
        for number in range(many):
            here.client.say("room/view/sound", str(number).encode(), retain=True)
            packet = await connection.expect(mqtt5.PublishPacket)
            await connection.acknowledge(packet)
            times.append(trio.current_time() - began)
        assert times[BURST - 5] < 1
        assert times[-1] == pytest.approx(30 / RATE, abs=0.3)


async def test_a_broker_that_takes_nothing_is_lost_and_memory_is_bounded(autojump_clock: MockClock) -> None:
    async with lab(keepalive=1000) as here:
        connection = await here.brokers.connection()
        await connection.born(receive_max=65535)
        talk = here.client._talk
        assert talk is not None
        blocked = trio.Event()

        async def full() -> None:
            blocked.set()
            await trio.sleep_forever()

        talk._wire._stream.send_stream.send_all_hook = full  # type: ignore[attr-defined]  # of the stream in memory
        began = trio.current_time()
        for number in range(200):
            here.client.say("room/event/call", b"x" * 4000 + str(number).encode(), lives=600)
        await blocked.wait()
        await here.heard.until(lambda: here.heard.reasons)
        assert here.heard.reasons == [f"broker: the broker has taken nothing for {STALLED:g} s"]
        assert trio.current_time() - began == pytest.approx(STALLED, abs=1)
        assert len(talk._wire._out) < FULL + 5000


@pytest.mark.parametrize(
    ("packets", "reason"),
    [
        ([mqtt5.DisconnectPacket(reason_code=mqtt5.DisconnectReasonCode.SESSION_TAKEN_OVER)], "session taken over"),
        ([mqtt5.PublishPacket("room/action", b"", topic_alias=1)], "a topic alias, which nobody offered"),
        ([mqtt5.PublishPacket("", b"", topic_alias=1)], "a topic alias"),
        ([mqtt5.ConnAckPacket()], "a second CONNACK"),
        ([mqtt5.PingReqPacket()], "unexpected packet: PingReqPacket"),
    ],
)
async def test_what_a_broker_must_not_say_ends_the_connection(
    packets: list[object], reason: str, autojump_clock: MockClock
) -> None:
    async with lab() as here:
        connection = await here.brokers.connection()
        await connection.born()
        await connection.say(*packets)
        await here.heard.until(lambda: here.heard.reasons)
        assert reason in here.heard.reasons[0]
        assert not here.client.up
        await here.brokers.connection()  # it tries again


async def test_nothing_comes_before_the_broker_has_taken_us(autojump_clock: MockClock) -> None:
    async with lab() as here:
        connection = await here.brokers.connection()
        await connection.expect(mqtt5.ConnectPacket)
        await connection.say(mqtt5.PublishPacket("room/action", b"1"))
        await here.heard.until(lambda: here.heard.reasons)
        assert here.heard.messages == []


async def test_what_comes_with_the_answer_is_heard(autojump_clock: MockClock) -> None:
    """A broker that has kept a session says at once what has waited in it."""
    async with lab() as here:
        connection = await here.brokers.connection()
        await connection.expect(mqtt5.ConnectPacket)
        await connection.say(mqtt5.ConnAckPacket(session_present=True), mqtt5.PublishPacket("room/action", b"1"))
        await here.heard.until(lambda: here.heard.messages)


async def test_who_is_refused_for_long_tries_seldom(autojump_clock: MockClock) -> None:
    async with lab(rooms=1) as here:
        connection = await here.brokers.connection()
        await connection.expect(mqtt5.ConnectPacket)
        began = trio.current_time()
        await connection.say(mqtt5.ConnAckPacket(reason_code=mqtt5.ConnAckReasonCode.NOT_AUTHORIZED))
        await here.brokers.connection()
        assert here.heard.reasons == ["broker: the broker refuses: not authorized"]
        assert trio.current_time() - began >= LONGEST / 2


async def test_a_broker_that_is_busy_is_tried_sooner(autojump_clock: MockClock) -> None:
    async with lab(rooms=1) as here:
        connection = await here.brokers.connection()
        await connection.expect(mqtt5.ConnectPacket)
        began = trio.current_time()
        await connection.say(mqtt5.ConnAckPacket(reason_code=mqtt5.ConnAckReasonCode.SERVER_BUSY))
        await here.brokers.connection()
        assert trio.current_time() - began < 5


async def test_where_one_broker_is_down_the_next_is_taken(autojump_clock: MockClock) -> None:
    async with lab("first", hosts=("first", "second")) as here:
        connection = await here.brokers.connection()
        await connection.born()
        assert [host for _, host in here.brokers.tried] == ["first", "second"]
        assert here.heard.reasons == ["first: connection refused"]
        here.brokers.away = {"second"}
        await connection.end()
        await (await here.brokers.connection()).born()
        assert [host for _, host in here.brokers.tried] == ["first", "second", "first"]


async def test_waits_grow_while_nobody_is_there_and_begin_again_after_a_connection_that_lasted(
    autojump_clock: MockClock,
) -> None:
    async with lab("broker", rooms=150) as here:
        await passes(900)
        times = [at for at, _ in here.brokers.tried]
        pauses = [after - before for before, after in itertools.pairwise(times)]
        assert pauses[0] < 3
        assert all(LONGEST / 2 <= pause <= LONGEST for pause in pauses[7:])
        here.brokers.away.clear()
        connection = await here.brokers.connection()
        await connection.born()
        await passes(WELL_AFTER / 2)
        await connection.end()
        connection = await here.brokers.connection()
        assert here.brokers.tried[-1][0] - here.brokers.tried[-2][0] > WELL_AFTER / 2 + LONGEST / 2
        await connection.born()
        await connection.expect(mqtt5.PingReqPacket)
        await connection.say(mqtt5.PingRespPacket())
        await passes(1)
        before = trio.current_time()
        await connection.end()
        await here.brokers.connection()
        assert trio.current_time() - before <= 1.0


def test_rooms_come_back_over_a_window_from_their_first_loss_on() -> None:
    rng = random.Random(7)
    waits = sorted(Waits(1000).next(rng) for _ in range(1000))
    window = 1000 / 150
    assert 0 < waits[0] < 0.1
    assert window * 0.98 < waits[-1] <= window
    inside = sum(wait < window / 2 for wait in waits)
    assert 430 < inside < 570, "evenly"


def test_a_large_fleet_has_a_long_window_and_no_wait_is_longer_than_its_bound() -> None:
    rng = random.Random(7)
    assert max(Waits(100_000).next(rng) for _ in range(1000)) > 600
    waits = Waits(1000)
    assert max(waits.next(rng) for _ in range(100)) <= LONGEST


async def test_a_topic_that_is_none_costs_itself(autojump_clock: MockClock) -> None:
    async with lab() as here:
        connection = await here.brokers.connection()
        await connection.born()
        here.client.say("room/#", b"1", lives=60)
        here.client.say("room/answer", b"2", lives=60)
        assert (await connection.expect(mqtt5.PublishPacket)).payload == b"2"
        assert here.heard.reasons == []
