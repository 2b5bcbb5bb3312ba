"""Listens to a broker for `offhook fleet status`: first what it keeps, then whatever changes.

One connection with a client id of its own, without a session and a will, so that no room is disturbed. The broker does
not say where the end is of what it keeps: it is there when nothing kept has come for `QUIET` seconds. What is said just
now does not count, or a busy fleet would never be quiet.
"""

import secrets
from collections.abc import Awaitable, Callable, Iterator
from typing import Final

import msgspec
import trio

from appliance.fleet.mqtt.config import MqttConfig
from appliance.fleet.mqtt.link.client import Client
from appliance.fleet.mqtt.link.packets import Filter, Publish
from appliance.fleet.mqtt.link.settings import Settings
from appliance.fleet.mqtt.overview import WANTED, Overview
from appliance.fleet.mqtt.topics import ROOT, Names
from appliance.services.mqtt.settings import settings_of

QUIET: Final = 1.0  # seconds
WITHIN: Final = 10.0  # seconds in which the broker has to be there, and then again for what it keeps


class Unreached(Exception):
    """There is no broker; `str` says why."""


class Listening:
    """What was heard. `lost`: why there is no broker now, empty while there is one; `whole`: all that is kept came."""

    def __init__(self) -> None:
        self.overview = Overview()
        self.lost_because = ""
        self.whole = True
        self._up = False
        self._kept = trio.Event()
        self._news = trio.Event()

    def message(self, message: Publish) -> None:
        """Takes a message."""
        if message.retain:
            self._kept.set()
        if self.overview.hear(message.topic, message.payload):
            self._news.set()

    def connected(self, *, kept: bool) -> None:  # noqa: ARG002  # of Hears
        """All is told again from here on."""
        self.overview.forget()
        self._up, self.lost_because = True, ""
        self._news.set()

    def lost(self, reason: str) -> None:
        """There is no broker."""
        self._up, self.lost_because = False, reason
        self._news.set()

    def arrived(self, topic: str) -> None:
        """Nothing is said."""

    def starts_clean(self) -> bool:
        """Always: nothing is to be kept for us."""
        return True

    async def changed(self) -> None:
        """Returns when something has changed since it was asked last."""
        await self._news.wait()
        self._news = trio.Event()

    async def until_whole(self) -> None:
        """Returns when all has come that the broker keeps, in bounded time. Raises `Unreached`."""
        with trio.move_on_after(WITHIN):
            while not self._up and not self.lost_because:
                await self.changed()
        if not self._up:
            raise Unreached(self.lost_because or f"no answer within {WITHIN:g} s")
        with trio.move_on_after(WITHIN) as late:
            await self._until_quiet()
        self.whole = not late.cancelled_caught
        if self.lost_because:
            raise Unreached(self.lost_because)

    async def _until_quiet(self) -> None:
        while True:
            with trio.move_on_after(QUIET) as quiet:
                await self._kept.wait()
                self._kept = trio.Event()
            if quiet.cancelled_caught:
                return


async def listen(
    config: MqttConfig, site: str, password: str | None, use: Callable[[Listening], Awaitable[None]]
) -> None:
    """Runs `use` while a broker is listened to. Raises `Unreached` in a group."""
    heard = Listening()
    async with trio.open_nursery() as nursery:
        nursery.start_soon(Client(_settings(config, site, password), heard).run)
        await use(heard)
        nursery.cancel_scope.cancel()


def _settings(config: MqttConfig, site: str, password: str | None) -> Settings:
    given = settings_of(config, f"status-{secrets.token_hex(8)}", Names("", ""), (), password)
    filters = tuple(_filters(site))
    return msgspec.structs.replace(given, will=None, birth=b"", filters=filters, session_expiry=0, rooms=1)


def _filters(site: str) -> Iterator[Filter]:
    for topic in WANTED:
        yield Filter(f"{ROOT}/{site or '+'}/+/{topic.name}", qos=0)
