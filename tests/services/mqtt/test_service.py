"""The service on a broker that says what a test wants: what is said when, in virtual time."""

import json
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import mqtt5
import msgspec
import pytest
import trio
from trio.testing import MockClock

from appliance.fleet.mqtt.config import MqttConfig
from appliance.fleet.mqtt.health import Machine
from appliance.fleet.mqtt.identity import FORGOTTEN, Identity
from appliance.fleet.mqtt.kept import Kept
from appliance.fleet.mqtt.topics import TABLE
from appliance.language.catalogue import ENGLISH
from appliance.panel.view import Viewed
from appliance.room.inputs import Input, Pressed, Remote
from appliance.room.intents.base import Intent
from appliance.room.intents.media import MuteMic
from appliance.room.local_events.link import LinkChanged
from appliance.room.parts.link import Link, LinkPhase
from appliance.services.link.listening import Listening
from appliance.services.mqtt.here import Here, Process
from appliance.services.mqtt.joined import DAY, LASTS, PATIENCE, PROOF
from appliance.services.mqtt.service import FILE, MqttService
from appliance.services.programs.happenings import Happenings
from appliance.services.store import RoomStore
from appliance.terminal.config import CredentialsError
from tests.fleet.mqtt.broker import Brokers, Connection
from tests.virtual_time import passes

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
PREFIX = "offhook/hq/neptune/"
CONFIG = MqttConfig(host="broker", site="hq", room="neptune", rooms=1, actions=("mute",))


class Room:
    """A room without hardware: its state, what was asked of it, what the machine says, and the broker."""

    def __init__(self, *away: str, folder: Path | None = None) -> None:
        self.store = RoomStore()
        self.asked: list[Input] = []
        self.machine = Machine(temperature=48)
        self.time: datetime | None = NOON
        self.offline: dict[str, str] = {}
        self.brokers = Brokers(*away)
        self.listening = Listening({Pressed}, None)
        self.events = Happenings(self.store, self.listening.next, lambda: self.time)
        self.here = Here(
            store=self.store,
            view=Viewed("Neptune", ENGLISH, titles=True),
            ask=self._ask,
            events=self.events,
            clock=lambda: self.time,
            services=lambda: self.offline,
            known=Process("1.0", "boot", lambda: self.time),
            machine_now=self._machine_now,
            folder=folder,
            machine="ours",
            boot="b",
        )

    async def _machine_now(self) -> Machine:
        await trio.lowlevel.checkpoint()
        return self.machine

    def _ask(self, given: Input) -> tuple[Intent, ...]:
        self.asked.append(given)
        return (MuteMic(True),)

    def link(self, phase: LinkPhase) -> None:
        self.store.apply(LinkChanged(Link(phase)))


class Said:
    """Everything that the room has said on one connection, acknowledged."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.packets: list[mqtt5.PublishPacket] = []
        self._news = trio.lowlevel.ParkingLot()

    async def run(self) -> None:
        while True:
            packet = await self.connection.hear_whatever()
            if isinstance(packet, mqtt5.PublishPacket):
                self.packets.append(packet)
                self._news.unpark_all()
                if packet.packet_id is not None:
                    await self.connection.acknowledge(packet)
            elif isinstance(packet, mqtt5.PingReqPacket):
                await self.connection.say(mqtt5.PingRespPacket())

    async def until(self, looks: Callable[[], object]) -> None:
        """Returns as soon as it looks so, within ten minutes of the mock clock."""
        with trio.fail_after(600):
            while not looks():
                await self._news.park()

    def of(self, name: str) -> list[bytes]:
        return [bytes(packet.payload) for packet in self.packets if packet.topic == PREFIX + name]

    def last(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.of(name)[-1])
        return found


@asynccontextmanager
async def running(room: Room, config: MqttConfig = CONFIG) -> AsyncIterator[None]:
    service = MqttService(config, room.here, open_stream=room.brokers.open, rng=random.Random(1))
    async with trio.open_nursery() as nursery:
        await nursery.start(lambda task_status: room.events.run(task_status=task_status))
        await nursery.start(lambda task_status: service.run(task_status=task_status))
        yield
        nursery.cancel_scope.cancel()


@asynccontextmanager
async def on_a_broker(room: Room, config: MqttConfig = CONFIG, **connack: Any) -> AsyncIterator[Said]:
    """A room that is linked and has said all that it has to say at first."""
    async with running(room, config), trio.open_nursery() as nursery:
        room.link(LinkPhase.UP)
        connection = await room.brokers.connection()
        await connection.welcome(**connack)
        said = Said(connection)
        nursery.start_soon(said.run)
        await said.until(lambda: said.of("health"))
        await passes(5)
        yield said
        nursery.cancel_scope.cancel()


def action(number: int = 1, do: str = "mute on") -> bytes:
    return json.dumps({"id": str(number), "do": do, "at": NOON.isoformat()}).encode()


async def test_a_room_that_is_idle_says_next_to_nothing(autojump_clock: MockClock) -> None:
    async with on_a_broker(Room()) as said:
        before = len(said.packets)
        await passes(3600)
        assert len(said.packets) - before <= 13
        assert {packet.topic for packet in said.packets[before:]} == {f"{PREFIX}health"}


async def test_once_a_day_everything_is_said_again(autojump_clock: MockClock) -> None:
    async with on_a_broker(Room()) as said:
        before = len(said.of("view/call"))
        await passes(DAY)
        assert len(said.of("view/call")) - before == 1
        assert len(said.of("availability")) == 2


async def test_health_says_what_goes_wrong_when_it_does(autojump_clock: MockClock) -> None:
    room = Room()
    async with on_a_broker(room) as said:
        assert said.last("health")["ok"] is True
        assert said.last("health")["known"] == {
            "firmware": "1.0",
            "started": "2026-11-27T12:00:00Z",
            "start_reason": "boot",
        }
        room.offline = {"keypad": "no such device"}
        room.store.service_is("keypad", online=False)
        await said.until(lambda: not said.last("health")["ok"])
        told = said.last("health")
        assert (told["ok"], told["wrong"]) == (False, ["services"])
        assert told["room"]["services"] == {"keypad": "no such device"}
        room.machine = Machine(temperature=85, throttled=True)
        await said.until(lambda: said.last("health")["wrong"] == ["services", "throttled"])


async def test_a_broker_that_is_away_is_shown_after_a_while(autojump_clock: MockClock) -> None:
    room = Room("broker")
    async with running(room):
        await passes(PATIENCE - 5)
        assert "mqtt" not in room.store.state.offline
        await passes(10)
        assert "mqtt" in room.store.state.offline
        room.brokers.away.clear()
        connection = await room.brokers.connection()
        await connection.welcome()
        await passes(LASTS + 1)
        assert "mqtt" not in room.store.state.offline
        await connection.end()
        await passes(PATIENCE - LASTS)
        assert "mqtt" not in room.store.state.offline


async def test_a_broker_that_takes_the_room_and_drops_it_is_shown_as_missing(autojump_clock: MockClock) -> None:
    """As mosquitto does that has reached its `memory_limit`."""
    room = Room()
    async with running(room), trio.open_nursery() as nursery:
        nursery.start_soon(_take_and_drop, room.brokers)
        await passes(2 * PATIENCE)
        assert "mqtt" in room.store.state.offline
        assert 5 < len(room.brokers.tried) < 60, "and it is not tried at the speed of the network"
        nursery.cancel_scope.cancel()


async def _take_and_drop(brokers: Brokers) -> None:
    while True:
        connection = await brokers.connection()
        await connection.welcome()
        await connection.end()


@pytest.mark.parametrize("retain", [False, True])
async def test_a_broker_that_gives_old_actions_for_new_does_nothing_by_it(
    retain: bool, autojump_clock: MockClock
) -> None:
    """It keeps what it should not, and says of it that it was said just now; or does not count down what it expires."""
    room = Room()
    async with on_a_broker(room) as said:
        room.time = datetime(2026, 11, 27, 12, 1, tzinfo=UTC)
        packet = mqtt5.PublishPacket(f"{PREFIX}action", action(), retain=retain, message_expiry_interval=60)
        await said.connection.say(packet)
        await passes(1)
        assert (room.asked, said.last("answer")["outcome"]) == ([], "refused")


async def test_a_broker_that_has_forgotten_all_and_does_not_say_so_hears_it_within_a_day(
    autojump_clock: MockClock,
) -> None:
    """It says that it has the session, and has lost what it was to keep: a disk that was full, and a restart."""
    room = Room()
    async with running(room):
        room.link(LinkPhase.UP)
        connection = await room.brokers.connection()
        await connection.welcome()
        said = Said(connection)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(said.run)
            await said.until(lambda: said.of("health"))
            await passes(5)
            nursery.cancel_scope.cancel()
        await connection.end()
        again = await room.brokers.connection()
        await again.welcome(session_present=True)
        said = Said(again)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(said.run)
            await passes(DAY)
            nursery.cancel_scope.cancel()
        kept = {topic.name for topic in TABLE if topic.retain}
        assert {packet.topic.removeprefix(PREFIX) for packet in said.packets if packet.retain} >= kept


async def test_a_broker_that_says_what_it_has_kept_of_another_box_as_new_is_believed_for_five_minutes(
    autojump_clock: MockClock,
) -> None:
    """Nobody can tell it from a second box: so nothing is done meanwhile, and it ends by itself."""
    room = Room()
    async with on_a_broker(room) as said:
        other = msgspec.json.encode(Identity(machine="long gone"))
        await said.connection.say(mqtt5.PublishPacket(f"{PREFIX}identity", other))
        await said.until(lambda: said.last("health")["wrong"] == ["two_boxes"])
        await passes(FORGOTTEN)
        await said.until(lambda: said.last("health")["wrong"] == [])


async def test_a_clock_that_is_set_back_does_no_action_twice(autojump_clock: MockClock) -> None:
    room = Room()
    async with on_a_broker(room) as said:
        await said.connection.say(mqtt5.PublishPacket(f"{PREFIX}action", action()))
        await passes(120)
        room.time = NOON
        await said.connection.say(mqtt5.PublishPacket(f"{PREFIX}action", action()))
        await passes(1)
        assert len(room.asked) == 1
        assert [json.loads(answer)["outcome"] for answer in said.of("answer")] == ["asked", "refused"]


@pytest.mark.parametrize(("minutes", "why"), [(-3, "in the future"), (3, "too long ago")])
async def test_a_clock_that_is_wrong_refuses_by_the_time_of_issue_and_says_so(
    minutes: int, why: str, autojump_clock: MockClock
) -> None:
    room = Room()
    room.time = NOON + timedelta(minutes=minutes)
    async with on_a_broker(room) as said:
        await said.connection.say(mqtt5.PublishPacket(f"{PREFIX}action", action()))
        await passes(1)
        assert (room.asked, why in said.last("answer")["why"]) == ([], True)


async def test_an_action_is_done_once_answered_and_told(autojump_clock: MockClock) -> None:
    room = Room()
    async with on_a_broker(room) as said:
        for _ in range(2):
            await said.connection.say(mqtt5.PublishPacket(f"{PREFIX}action", action()))
        await passes(1)
        assert [type(given) for given in room.asked] == [Remote]
        assert [json.loads(answer)["outcome"] for answer in said.of("answer")] == ["asked", "refused"]
        event = said.last("event/action")
        assert (event["event_type"], event["detail"], event["by"]) == ("taken", "mute on", "MQTT")
        assert not any(packet.retain for packet in said.packets if "/event/" in packet.topic)


async def test_a_press_is_told(autojump_clock: MockClock) -> None:
    room = Room()
    async with on_a_broker(room) as said:
        room.listening.heard(Pressed("call"))
        await passes(1)
        assert said.last("event/button")["detail"] == "call"


async def test_another_box_of_this_name_is_shown_and_nothing_is_done_meanwhile(autojump_clock: MockClock) -> None:
    room = Room()
    async with on_a_broker(room) as said:
        other = msgspec.json.encode(Identity(machine="theirs"))
        before = len(said.of("identity"))
        for _ in range(20):
            await said.connection.say(mqtt5.PublishPacket(f"{PREFIX}identity", other))
        await said.until(lambda: said.last("health")["wrong"] == ["two_boxes"])
        assert len(said.of("identity")) - before == 1, "and not at the speed of the network"
        assert said.last("health")["room"]["other_box"] == "theirs"
        assert str(room.store.state.notice and room.store.state.notice.text) == (
            "Another box has this room's name: theirs"
        )
        await said.connection.say(mqtt5.PublishPacket(f"{PREFIX}action", action()))
        await passes(1)
        assert room.asked == []
        assert "another box" in said.last("answer")["why"]
        await passes(FORGOTTEN)
        await said.until(lambda: said.last("health")["wrong"] == [])
        room.time = datetime(2026, 11, 27, 12, 0, 1, tzinfo=UTC)
        await said.connection.say(mqtt5.PublishPacket(f"{PREFIX}action", action(2)))
        await passes(1)
        assert len(room.asked) == 1


async def test_what_the_broker_has_kept_of_the_box_before_is_said_over(autojump_clock: MockClock) -> None:
    room = Room()
    async with on_a_broker(room) as said:
        other = msgspec.json.encode(Identity(machine="theirs"))
        before = len(said.of("identity"))
        await said.connection.say(mqtt5.PublishPacket(f"{PREFIX}identity", other, retain=True))
        await passes(3)
        assert len(said.of("identity")) - before == 1
        assert said.last("health")["wrong"] == []


async def test_without_the_time_of_day_the_broker_keeps_nothing_for_the_box(autojump_clock: MockClock) -> None:
    room = Room()
    async with running(room):
        first = await room.brokers.connection()
        assert (await first.welcome()).clean_start
        room.time = None
        await first.end()
        second = await room.brokers.connection()
        assert (await second.welcome()).clean_start
        room.time = NOON
        await second.end()
        assert not (await (await room.brokers.connection()).welcome()).clean_start


async def test_what_is_wanted_of_the_broker(autojump_clock: MockClock) -> None:
    room = Room()
    async with on_a_broker(room) as said:
        (subscribed,) = [packet for packet in said.connection.said if isinstance(packet, mqtt5.SubscribePacket)]
        wanted = {each.pattern: each for each in subscribed.topic_filters}
        action, identity = wanted[f"{PREFIX}action"], wanted[f"{PREFIX}identity"]
        assert action.retain_handling == mqtt5.RetainHandling.SEND_NEVER
        assert action.retain_as_published is True
        assert identity.retain_handling == mqtt5.RetainHandling.SEND_ALWAYS
        assert identity.retain_as_published is False


@pytest.mark.parametrize("ours", [True, False])
async def test_a_name_of_before_is_cleared_where_it_is_still_ours(
    tmp_path: Path, ours: bool, autojump_clock: MockClock
) -> None:
    old = ("offhook/hq/mars/availability", "offhook/hq/mars/identity", f"{PREFIX}view/gone")
    (tmp_path / FILE).write_bytes(msgspec.json.encode(Kept(old)))
    room = Room(folder=tmp_path)
    async with on_a_broker(room) as said:
        identity = msgspec.json.encode(Identity(machine="ours" if ours else "theirs"))
        await said.connection.say(mqtt5.PublishPacket("offhook/hq/mars/identity", identity, retain=True))
        await passes(2)
        cleared = {packet.topic for packet in said.packets if packet.retain and not packet.payload}
        assert cleared == ({*old} if ours else {f"{PREFIX}view/gone"})
        assert set(old) <= set(_file(tmp_path)), "until the broker has had its time"
        await passes(PROOF)
        with trio.fail_after(60):
            while set(old) & set(_file(tmp_path)):
                await passes(0.1)
    assert len(_file(tmp_path)) == sum(topic.retain for topic in TABLE)


def _file(folder: Path) -> tuple[str, ...]:
    return msgspec.json.decode((folder / FILE).read_bytes(), type=Kept).topics


async def test_a_disk_that_takes_nothing_costs_the_list_alone(tmp_path: Path, autojump_clock: MockClock) -> None:
    folder = tmp_path / "not a folder"
    folder.write_text("")
    async with on_a_broker(Room(folder=folder)) as said:
        assert said.of("availability") == [b"online"]


async def test_a_password_that_cannot_be_read_costs_this_service_alone() -> None:
    config = msgspec.structs.replace(CONFIG, password_file="/nowhere/at/all")
    with pytest.raises(CredentialsError):
        await MqttService(config, Room().here).run(task_status=trio.TASK_STATUS_IGNORED)
