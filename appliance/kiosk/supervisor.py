"""Keeps a browser on the screen, and starts it again when it has to be.

What is shown follows what the box says. The box's own page is left alone while the box is down: it says so itself, and
finds back by itself. A browser is started again

- when another screen is to be shown: the box answers for the first time, or its configuration has changed;
- when the box has not heard of its page for too long (`Pulse`), which is the one thing that shows a page that hangs,
  has crashed, or is not drawn any more;
- when that was asked for (SIGHUP), as soon as the box says that nobody would miss it;
- when it has ended by itself.

In the last three cases after a wait that grows as long as none of them lasts.
"""

import random
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, Literal

import structlog
import trio

from appliance.kiosk import waiting
from appliance.kiosk.browser import Screen
from appliance.kiosk.memory import Memory
from appliance.kiosk.pulse import Pulse
from appliance.kiosk.told import Told
from appliance.runtime.backoff import Backoff
from appliance.runtime.followed import Followed

PATIENCE: Final = 10.0  # seconds for the box to answer, before the screen says that it is starting
STEADY: Final = 60.0  # seconds after which a browser has lasted

Why = Literal["ended", "silent", "changed", "asked"]

log = structlog.get_logger()


class Supervisor:
    """Keeps the browser running, for as long as `run` does."""

    def __init__(
        self,
        told: Followed[Told | None],
        show: Callable[[Screen], Awaitable[int]],
        memory: Memory,
        folder: Path,
        box: str,
        rng: random.Random,
    ) -> None:
        """`show`: shows a screen until its browser ends. `folder`: for the page of our own. `box`: the box's URL."""
        self._told = told
        self._show = show
        self._memory = memory
        self._folder = folder
        self._box = box
        self._rng = rng
        self._backoff = Backoff(first=1.0, longest=60.0)
        self._asked = False

    def ask(self) -> None:
        """Asks for a restart of the browser, as soon as nobody would miss it."""
        self._asked = True

    async def run(self) -> None:
        """Shows what the box says, until cancelled."""
        with trio.move_on_after(PATIENCE):
            await self._told.newer_than(None)
        while True:
            screen = self._wanted(self._told.value)
            begun = trio.current_time()
            why = await self._one(screen)
            log.info("browser_ended", why=why, url=screen.url, seconds=round(trio.current_time() - begun))
            if trio.current_time() > begun + STEADY:
                self._backoff.reset()
            if why in ("ended", "silent"):
                await trio.sleep(self._backoff.next(self._rng))

    async def _one(self, screen: Screen) -> Why:
        """Runs one browser; returns why it has ended."""
        why: Why = "ended"
        async with trio.open_nursery() as nursery:

            async def watch() -> None:
                nonlocal why
                why = await self._reason(screen)
                nursery.cancel_scope.cancel()

            nursery.start_soon(watch)
            await self._run(screen)
            nursery.cancel_scope.cancel()
        return why

    async def _run(self, screen: Screen) -> None:
        log.info("browser_starts", url=screen.url, rotate=screen.rotate)
        try:
            code = await self._show(screen)
            log.warning("browser_exited", code=code)
        except OSError as error:
            log.error("browser_not_started", reason=str(error))  # noqa: TRY400  # a line says all

    async def _reason(self, screen: Screen) -> Why:
        """Returns why a browser has to end, as soon as it has to."""
        pulse = Pulse(trio.current_time())
        while True:
            told = self._told.value
            pulse.hear(told, trio.current_time())
            if told is not None:
                if self._wanted(told) != screen:
                    return "changed"
                if self._asked and told.quiet:
                    self._asked = False
                    return "asked"
            with trio.move_on_at(pulse.due):
                await self._told.newer_than(told)
                continue
            return "silent"

    def _wanted(self, told: Told | None) -> Screen:
        """Returns what is to be seen now; while the box is down, the page of our own, as the box's was turned."""
        if told is None:
            settings = self._memory.settings
            return Screen(waiting.write(self._folder, settings), settings.rotate)
        self._memory.keep(told.settings)
        return Screen(self._box + told.settings.path, told.settings.rotate)
