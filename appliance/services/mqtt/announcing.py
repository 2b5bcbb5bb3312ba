"""Tells Home Assistant of the room: at first, when what the room has changes, and when Home Assistant says it has come.

After a restart Home Assistant may have forgotten what it knew of us, and a thousand boxes hear of it at one moment: so
each waits a while of its own. The broker keeps the message; what it loses is said again with all other state.
"""

import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple, Never

import msgspec
import structlog
import trio

from appliance.fleet.home_assistant.device import Announced, Box, announcement
from appliance.fleet.home_assistant.entities import Shown
from appliance.fleet.mqtt.link.packets import Publish
from appliance.language.catalogue import Language
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed, follow
from appliance.services.state_files import read, write

log = structlog.get_logger()

FILE: Final = "home-assistant.json"
ONLINE: Final = b"online"
SOONEST, LATEST = 5.0, 60.0  # seconds after the birth of Home Assistant


class HomeAssistant(NamedTuple):
    """Who the device is, what it has as the configuration says, and in which language its parts are called."""

    box: Box
    shown: Shown
    language: Language


class Announcing:
    """Says the message. `say` takes what is to be kept by the broker on the device's topic."""

    def __init__(
        self,
        home: HomeAssistant,
        followed: Followed[RoomState],
        folder: Path | None,
        say: Callable[[bytes], None],
        rng: random.Random,
    ) -> None:
        self._home = home
        self._followed = followed
        self._file = folder / FILE if folder else None
        self._say = say
        self._rng = rng
        self._before = Announced()
        self._shown: Shown | None = None
        self._said = b""
        self._news = trio.Event()
        self._born = trio.Event()

    def hear(self, message: Publish) -> None:
        """Home Assistant has come, or gone."""
        if message.payload == ONLINE:
            self._born.set()

    async def run(self) -> Never:
        """Says it until cancelled."""
        if self._file is not None:
            self._before = await trio.to_thread.run_sync(read, self._file, Announced)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(follow, self._followed, self._look)
            nursery.start_soon(self._keep)
            while True:
                await self._born.wait()
                await trio.sleep(self._rng.uniform(SOONEST, LATEST))
                self._born = trio.Event()
                self._say(self._said)
        raise AssertionError("it runs until it is cancelled")  # for mypy

    def _look(self, state: RoomState, _now: float) -> float:
        """Says it where the room has other things than before; what is not known is as it was."""
        known = self._shown or self._home.shown
        presets = known.presets if state.presets is None else tuple(sorted(state.presets))
        updates = bool(state.update.installed)
        shown = msgspec.structs.replace(self._home.shown, presets=presets, updates=updates)
        if shown != self._shown:
            self._shown = shown
            message, self._before = announcement(self._home.box, shown, self._home.language, self._before)
            self._said = msgspec.json.encode(message)
            self._say(self._said)
            self._news.set()
        return math.inf

    async def _keep(self) -> Never:
        """Writes down what was announced: a later start takes back what it does not have."""
        while True:
            await self._news.wait()
            self._news = trio.Event()
            if self._file is None:
                continue
            try:
                await trio.to_thread.run_sync(write, self._file, self._before)
            except OSError as error:
                log.warning("home_assistant_not_kept", reason=str(error))
