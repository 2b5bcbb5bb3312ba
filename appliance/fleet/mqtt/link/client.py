"""A client that keeps a connection to one of several brokers, for as long as it runs.

`run` connects, talks, and when the connection is lost waits (`waits`) and connects again: to the first of the brokers
that takes it, in the order of the configuration. What is said meanwhile is `session`'s business. Already before the
first connection there is a wait, since rooms come back together when the power does.
"""

import random
from typing import Final, Never

import trio

from appliance.fleet.mqtt.link.packets import LinkError
from appliance.fleet.mqtt.link.session import Message, Session
from appliance.fleet.mqtt.link.settings import Hears, OpenStream, Settings
from appliance.fleet.mqtt.link.stream import open_stream
from appliance.fleet.mqtt.link.talk import NotWanted, Talk
from appliance.fleet.mqtt.link.waits import Waits

WELL_AFTER: Final = 60.0  # seconds of connection after which the next wait is the first again


class Client:
    """Says and hears over whatever connection there is. Everything but `run` returns at once."""

    def __init__(
        self,
        settings: Settings,
        hears: Hears,
        *,
        open_stream: OpenStream | None = None,
        rng: random.Random | None = None,
    ) -> None:
        """`open_stream` and `rng` are for tests."""
        self.session = Session()
        self.connections = 0
        self._settings = settings
        self._hears = hears
        self._open = open_stream or self._open_stream
        self._rng = rng or random.Random()  # noqa: S311  # jitter, no secret
        self._waits = Waits(settings.rooms)
        self._talk: Talk | None = None

    @property
    def up(self) -> bool:
        """Whether there is a broker."""
        return self._talk is not None and self._talk.is_open

    def say(
        self,
        topic: str,
        payload: bytes,
        *,
        qos: int = 1,
        retain: bool = False,
        lives: float | None = None,
        correlation: bytes | None = None,
    ) -> None:
        """Says something, now or when there is a broker; see `session` for what waits and what is dropped."""
        self.session.say(Message(topic, payload, trio.current_time(), qos, retain, lives, correlation))
        self._wake()

    def say_all_again(self) -> None:
        """Says all state again."""
        self.session.say_all_again()
        self._wake()

    async def run(self) -> Never:
        """Keeps a connection until cancelled; then it takes its leave."""
        while True:
            await trio.sleep(self._waits.next(self._rng))
            for host in self._settings.hosts:
                if await self._was_up(host):
                    break  # after a wait, all begin with the first of them again

    async def _was_up(self, host: str) -> bool:
        """Connects to one broker and talks until that is over; returns whether it has taken us."""
        began, before = trio.current_time(), self.connections
        reasons: list[LinkError] = []
        try:
            await self._connection(host)
        except* LinkError as errors:
            reasons += _leaves(errors)
        if trio.current_time() - began > WELL_AFTER:
            self._waits.reset()
        if any(isinstance(each, NotWanted) and each.for_long for each in reasons):
            self._waits.give_up_early()
        self._hears.lost(f"{host}: {reasons[0] if reasons else 'the connection is over'}")
        return self.connections > before

    async def _open_stream(self, host: str) -> trio.abc.Stream:
        return await open_stream(host, self._settings.port, self._settings.secure)

    async def _connection(self, host: str) -> None:
        stream = await self._open(host)
        talk = self._talk = Talk(stream, self._settings, self.session, self._hears)
        is_lost = False
        try:
            await talk.run(clean=self.connections == 0 or self._hears.starts_clean())
        except* LinkError:
            is_lost = True
            raise
        finally:
            self._talk = None
            self.connections += talk.is_open
            if not is_lost:
                await talk.take_leave()
            await trio.aclose_forcefully(stream)

    def _wake(self) -> None:
        if self._talk is not None:
            self._talk.work.unpark_all()


def _leaves(errors: BaseExceptionGroup[LinkError]) -> list[LinkError]:
    found: list[LinkError] = []
    for error in errors.exceptions:
        found += _leaves(error) if isinstance(error, BaseExceptionGroup) else [error]
    return found
