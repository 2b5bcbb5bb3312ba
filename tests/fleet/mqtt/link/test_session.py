"""What is said in which sequence, what is in flight, and what is never said late. No I/O and no clock."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from appliance.fleet.mqtt.link.packets import Connack, Publish
from appliance.fleet.mqtt.link.session import IN_FLIGHT, MOST, Message, Session
from tests.some import some

NEW, KEPT = Connack(), Connack(session_present=True)


def event(name: str, made: float = 0.0, lives: float | None = 60.0) -> Message:
    return Message("event", name.encode(), made, lives=lives)


def state(topic: str, value: str) -> Message:
    return Message(topic, value.encode(), 0.0, retain=True)


def all_of(session: Session, now: float = 0.0) -> list[Publish]:
    found = []
    while (packet := session.next(now)) is not None:
        found.append(packet)
        session.acknowledged(packet.packet_id or 0)
    return found


def test_of_state_only_the_latest_is_said() -> None:
    session = Session()
    for value in "abc":
        session.say(state("volume", value))
    session.begin(NEW, 0.0)
    assert [(packet.topic, packet.payload) for packet in all_of(session)] == [("volume", b"c")]


def test_what_happened_is_said_in_sequence_and_before_state() -> None:
    session = Session()
    session.begin(NEW, 0.0)
    session.say(state("volume", "1"))
    session.say(event("a"))
    session.say(event("b"))
    assert [packet.payload for packet in all_of(session)] == [b"a", b"b", b"1"]


def test_what_is_too_old_is_dropped_and_what_is_left_of_its_life_goes_with_it() -> None:
    session = Session()
    session.say(event("old", made=0.0, lives=10))
    session.say(event("young", made=5.0, lives=10))
    session.begin(NEW, 11.0)
    (packet,) = all_of(session, 11.0)
    assert (packet.payload, packet.expires, session.dropped) == (b"young", 4, 1)


def test_the_row_is_bounded_and_drops_the_oldest() -> None:
    session = Session()
    for number in range(MOST + 3):
        session.say(event(str(number)))
    session.begin(NEW, 0.0)
    said = [packet.payload for packet in all_of(session)]
    assert (len(said), said[0], session.dropped) == (MOST, b"3", 3)


def test_no_more_is_in_flight_than_the_broker_allows() -> None:
    session = Session()
    session.begin(Connack(receive_maximum=2), 0.0)
    for name in "abc":
        session.say(event(name))
    first, second = some(session.next(0.0)), some(session.next(0.0))
    assert session.next(0.0) is None
    session.acknowledged(first.packet_id or 0)
    third = some(session.next(0.0))
    assert (second.payload, third.payload) == (b"b", b"c")
    assert len({first.packet_id, second.packet_id}) == 2


def test_our_own_bound_is_lower_than_most_brokers() -> None:
    session = Session()
    session.begin(NEW, 0.0)
    for number in range(IN_FLIGHT + 5):
        session.say(event(str(number)))
    sent = [session.next(0.0) for _ in range(IN_FLIGHT + 5)]
    assert sum(packet is not None for packet in sent) == IN_FLIGHT


def test_a_kept_session_gets_again_what_it_has_not_acknowledged_with_its_number() -> None:
    session = Session()
    session.begin(NEW, 0.0)
    session.say(event("a"))
    session.say(state("volume", "1"))
    before = [some(session.next(0.0)), some(session.next(0.0))]
    session.say(state("volume", "2"))
    session.begin(KEPT, 1.0)
    again = all_of(session, 1.0)
    assert [(packet.payload, packet.duplicate) for packet in again] == [(b"a", True), (b"1", True), (b"2", False)]
    assert [packet.packet_id for packet in again[:2]] == [packet.packet_id for packet in before]


def test_a_kept_session_does_not_get_again_what_is_too_old() -> None:
    session = Session()
    session.begin(NEW, 0.0)
    session.say(event("a", lives=5))
    some(session.next(0.0))
    session.begin(KEPT, 6.0)
    assert all_of(session, 6.0) == []


def test_a_broker_that_knows_nothing_gets_all_state_and_what_was_in_flight_anew() -> None:
    session = Session()
    session.begin(NEW, 0.0)
    session.say(state("mute", "on"))
    all_of(session)
    session.say(event("a"))
    session.say(event("b"))
    session.say(state("volume", "1"))
    for _ in range(3):
        some(session.next(0.0))
    session.begin(NEW, 1.0)
    said = all_of(session, 1.0)
    assert [(packet.payload, packet.duplicate) for packet in said[:2]] == [(b"a", False), (b"b", False)]
    assert {packet.topic for packet in said[2:]} == {"mute", "volume"}


def test_a_topic_that_is_cleared_is_forgotten_only_when_that_has_arrived() -> None:
    session = Session()
    session.begin(NEW, 0.0)
    session.say(state("volume", "1"))
    all_of(session)
    session.say(state("volume", ""))
    some(session.next(0.0))
    session.begin(NEW, 1.0)
    (packet,) = all_of(session, 1.0)
    assert (packet.topic, packet.payload, packet.retain) == ("volume", b"", True)
    session.begin(NEW, 2.0)
    assert all_of(session, 2.0) == []
    assert list(session.topics()) == []


def test_what_the_broker_does_not_take_is_dropped_and_holds_up_nothing() -> None:
    session = Session()
    session.begin(Connack(packet_maximum=500), 0.0)
    session.say(event("x" * 500))
    session.say(event("a"))
    assert [packet.payload for packet in all_of(session)] == [b"a"]
    assert session.dropped == 1


def test_a_broker_without_qos_1_gets_qos_0() -> None:
    session = Session()
    session.begin(Connack(qos_maximum=0), 0.0)
    session.say(state("volume", "1"))
    packet = some(session.next(0.0))
    assert (packet.qos, packet.packet_id, session.waiting) == (0, None, 0)


def test_an_acknowledgement_of_nothing_is_nothing() -> None:
    assert Session().acknowledged(77) == ""


def test_numbers_of_packets_begin_again_and_none_is_used_twice_at_once() -> None:
    session = Session()
    session.begin(NEW, 0.0)
    session.say(event("stays", lives=None))
    stays = some(session.next(0.0)).packet_id
    seen = set()
    for _ in range(70_000):
        session.say(event("a", lives=None))
        packet = some(session.next(0.0))
        assert packet.packet_id not in {stays, None, 0, 1, 2}
        seen.add(packet.packet_id)
        session.acknowledged(packet.packet_id or 0)
    assert len(seen) == 65535 - 2 - 1


class Model(RuleBasedStateMachine):
    """Whatever comes in whatever sequence: the broker has the latest state in the end, and nothing was said late."""

    def __init__(self) -> None:
        super().__init__()
        self.session = Session()
        self.now = 0.0
        self.wanted: dict[str, bytes] = {}
        self.broker: dict[str, bytes] = {}
        self.flight: list[Publish] = []
        self.number = 0
        self.made: dict[bytes, float] = {}
        self.session.begin(NEW, 0.0)

    @rule(topic=st.sampled_from("abc"), empty=st.booleans())
    def say_state(self, topic: str, empty: bool) -> None:
        self.number += 1
        self.wanted[topic] = b"" if empty else str(self.number).encode()
        self.session.say(Message(topic, self.wanted[topic], self.now, retain=True))

    @rule(lives=st.sampled_from([1.0, 10.0]))
    def say_event(self, lives: float) -> None:
        self.number += 1
        self.made[str(self.number).encode()] = self.now + lives
        self.session.say(Message("event", str(self.number).encode(), self.now, lives=lives))

    @rule(seconds=st.sampled_from([0.1, 2.0, 20.0]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule()
    def send(self) -> None:
        packet = self.session.next(self.now)
        if packet is None:
            return
        self.flight.append(packet)
        if packet.retain:
            self.broker[packet.topic] = packet.payload
        else:
            assert self.made[packet.payload] > self.now or packet.duplicate

    @rule(which=st.integers(0, 20))
    def acknowledge(self, which: int) -> None:
        if self.flight:
            self.session.acknowledged(self.flight.pop(which % len(self.flight)).packet_id or 0)

    @rule(kept=st.booleans())
    def reconnect(self, kept: bool) -> None:
        if not kept:
            self.broker.clear()
        self.flight.clear()
        self.session.begin(KEPT if kept else NEW, self.now)

    @invariant()
    def bounded(self) -> None:
        assert len(self.session._row) <= MOST + IN_FLIGHT
        assert len(self.session._flight) <= IN_FLIGHT

    def teardown(self) -> None:
        self.session.begin(KEPT, self.now)
        while (packet := self.session.next(self.now)) is not None:
            if packet.retain:
                self.broker[packet.topic] = packet.payload
            self.session.acknowledged(packet.packet_id or 0)
        assert {topic: value for topic, value in self.broker.items() if value} == {
            topic: value for topic, value in self.wanted.items() if value
        }


TestModel = pytest.mark.filterwarnings("default")(Model.TestCase)
TestModel.settings = settings(max_examples=60, deadline=None)
