"""One room on one client: what it says, and what it does about what it hears."""

import math
import random
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, Never

import msgspec
import structlog
import trio

from appliance.fleet.mqtt import topics
from appliance.fleet.mqtt.config import MqttConfig
from appliance.fleet.mqtt.identity import Identity, Twins
from appliance.fleet.mqtt.kept import Ghosts, Kept
from appliance.fleet.mqtt.link.client import Client
from appliance.fleet.mqtt.link.packets import Publish
from appliance.fleet.mqtt.link.settings import OpenStream
from appliance.fleet.mqtt.parts import Divided, TimesOfDay
from appliance.fleet.mqtt.topics import ANSWER, AVAILABILITY, HEALTH, IDENTITY, PARTS, Names
from appliance.programs.actions import Gate, Received
from appliance.room.happened import Event
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed, follow
from appliance.services.mqtt.here import Here
from appliance.services.mqtt.settings import settings_of
from appliance.services.mqtt.telling import Telling
from appliance.services.programs.doing import Doing, encoded

if TYPE_CHECKING:
    from appliance.services.mqtt.announcing import Announcing, HomeAssistant

log = structlog.get_logger()

PATIENCE: Final = 60.0  # seconds; a restart of the broker, with its storm of rooms, is no news for the display
LASTS: Final = 5.0  # seconds of connection after which a broker counts as there
DAY: Final = 86_400.0  # seconds
PROOF: Final = 30.0  # seconds of connection in which a broker tells who has a name of before
_RESPONSE: Final = 200  # characters of a response topic


class Joined:
    """One room on one client. What the client hears comes in as `Hears`."""

    def __init__(
        self,
        config: MqttConfig,
        here: Here,
        before: Kept,
        password: str | None,
        *,
        open_stream: OpenStream | None,
        rng: random.Random | None,
    ) -> None:
        self._here = here
        self._names = names = Names(config.site, config.room)
        self._twins = Twins(here.machine, trio.current_time)
        self._doing = Doing(
            here, Gate(config.actions, here.clock, trio.current_time, lambda: self._twins.refusal), here.events.happens
        )
        self._divided = Divided(here.view, TimesOfDay(here.clock, trio.current_time))
        said = [names.of(each) for each in (AVAILABILITY, IDENTITY, HEALTH, *PARTS)]
        self.ghosts = Ghosts(names, before, [*said, *([here.home.box.topic] if here.home else [])])
        self._handlers: dict[str, Callable[[Publish], None]] = {
            names.of(topics.ACTION): self._action,
            names.of(IDENTITY): self._identity,
            **dict.fromkeys(self.ghosts.identities, self._old_identity),
        }
        self._rng = rng or random.Random()  # noqa: S311  # jitter, no secret
        self._announcing = None if here.home is None else self._announcing_of(here.home)
        if here.home and self._announcing:
            self._handlers[here.home.box.birth] = self._announcing.hear
        settings = settings_of(config, here.machine, names, self._handlers, password)
        self.client = Client(settings, self, open_stream=open_stream, rng=rng)
        self._up = Followed(False)
        self._before = here.store.state
        self._telling = Telling(here, self._twins, self.client, self._say_health)
        self._reason = ""
        self._clearing: set[str] = set()
        self._cleared = trio.lowlevel.ParkingLot()

    def _announcing_of(self, home: "HomeAssistant") -> "Announcing":
        from appliance.services.mqtt.announcing import Announcing  # noqa: PLC0415  # few rooms have Home Assistant

        return Announcing(home, self._here.store.followed, self._here.folder, self._announce, self._rng)

    async def run(self) -> Never:
        """Follows the room, and keeps the connection, until cancelled."""
        self._clear(self.ghosts.ours)
        with self._here.events.told_to(self.happens):
            await self._run()

    async def _run(self) -> Never:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._follow)
            nursery.start_soon(self._telling.run)
            nursery.start_soon(self._show_broker)
            nursery.start_soon(self._every_day)
            if self._announcing:
                nursery.start_soon(self._announcing.run)
            await self.client.run()
        raise AssertionError("it runs until it is cancelled")  # for mypy

    async def clear_ghosts(self) -> None:
        """Returns when the broker keeps nothing more of ours that is not said any more."""
        await self._up_for(PROOF)
        while self._clearing:
            await self._cleared.park()

    def _clear(self, ghosts: Iterable[str]) -> None:
        for topic in ghosts:
            self._clearing.add(topic)
            self.client.say(topic, b"", retain=True)

    def arrived(self, topic: str) -> None:
        """Notes what the broker has acknowledged."""
        self._clearing.discard(topic)
        self._cleared.unpark_all()

    def happens(self, event: Event) -> None:
        """Says that something has happened."""
        topic = self._names.event(event.kind)
        self.client.say(topic, msgspec.json.encode(event), qos=topics.EVENT.qos, lives=topics.EVENT.lives)

    def message(self, message: Publish) -> None:
        """Takes a message of the broker."""
        handler = self._handlers.get(message.topic)
        if handler is not None:
            handler(message)

    def connected(self, *, kept: bool) -> None:
        """Says who we are: the broker is there."""
        log.info("mqtt_up", kept=kept)
        self._reason, self._up.value = "", True
        self._say_identity()

    def lost(self, reason: str) -> None:
        """Notes that the broker is not there."""
        if reason != self._reason:
            log.warning("mqtt_lost", reason=reason)
        self._reason, self._up.value = reason, False

    def starts_clean(self) -> bool:
        """Returns whether the broker is to forget what waits for us: without the time of day nobody could judge it."""
        return self._here.clock() is None

    def _say_health(self, payload: bytes) -> None:
        self.client.say(self._names.of(HEALTH), payload, retain=True)

    def _announce(self, payload: bytes) -> None:
        assert self._here.home is not None  # noqa: S101  # who announces was made for it
        self.client.say(self._here.home.box.topic, payload, retain=True)

    def _say_identity(self) -> None:
        known = self._here.known()
        identity = Identity(machine=self._here.machine, boot=self._here.boot, started=known.started)
        self.client.say(self._names.of(IDENTITY), msgspec.json.encode(identity), retain=True)

    def _identity(self, message: Publish) -> None:
        before = self._twins.other
        if self._twins.hear(message.payload, kept=message.retain):
            self._say_identity()
        if self._twins.other != before:
            log.warning("two_boxes_of_one_name", room=self._names.prefix, machine=self._twins.other)
            self._here.store.tell(self._twins.notice)
            self._telling.look()

    def _old_identity(self, message: Publish) -> None:
        """The broker says who has a name of before: what is left there of ours is cleared."""
        try:
            machine = msgspec.json.decode(message.payload, type=Identity).machine
        except (msgspec.DecodeError, UnicodeDecodeError):
            return
        if machine == self._here.machine:
            self._clear(self.ghosts.cleared_by(message.topic))

    def _action(self, message: Publish) -> None:
        received = Received(message.payload, trio.current_time(), message.retain, message.expires)
        answer = encoded(self._doing.do(received))
        wanted = message.response_topic or ""
        topic = wanted if 0 < len(wanted) <= _RESPONSE else self._names.of(ANSWER)
        self.client.say(topic, answer, lives=ANSWER.lives, correlation=message.correlation)

    async def _follow(self) -> Never:
        await follow(self._here.store.followed, self._look)

    def _look(self, state: RoomState, _now: float) -> float:
        before, self._before = self._before, state
        for topic, payload in self._divided(state).items():
            self.client.say(self._names.of(topic), payload, qos=topic.qos, retain=topic.retain)
        if before.link is not state.link or before.offline != state.offline:
            self._telling.look()
        return math.inf

    async def _show_broker(self) -> Never:
        """Shows a broker as missing that is away for long, or of no use: without memory it takes and drops a room."""
        while True:
            with trio.move_on_after(PATIENCE) as patience:
                await self._up_for(LASTS)
            if patience.cancelled_caught:
                self._here.store.service_is("mqtt", online=False)
                await self._up_for(LASTS)
                self._here.store.service_is("mqtt", online=True)
            await self._up.newer_than(True)  # the value it is compared with

    async def _up_for(self, seconds: float) -> None:
        """Returns once a connection has lasted so long."""
        while True:
            await self._up.newer_than(False)  # the value it is compared with
            with trio.move_on_after(seconds) as lasting:
                await self._up.newer_than(True)  # as above
            if lasting.cancelled_caught:
                return

    async def _every_day(self) -> Never:
        while True:
            await trio.sleep(DAY * self._rng.uniform(0.9, 1.0))
            self.client.say_all_again()
