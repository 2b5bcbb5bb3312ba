"""Finds out, while the terminal is not reached, whether the box's own network is the reason; idle while it is."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import structlog
import trio

from appliance.language.text import NOTHING, Text
from appliance.room.parts.link import LinkPhase
from appliance.runtime.netlink import Changes
from appliance.runtime.written import Written
from appliance.services.network.facts import PORTS, Kernel, asked, facts
from appliance.services.network.judgement import judged
from appliance.services.store import RoomStore

log = structlog.get_logger()

OURS = Path("/etc/systemd/network/10-offhook-wired.network")  # what the card makes; elsewhere others do
SETTLES = 1.0  # seconds in which what belongs together arrives: a plugged cable makes a dozen messages
TAKES = 5.0  # seconds that reading a few small files may take


class NetworkBlame:
    """`text`: what is wrong with the network; nothing where it may be right, and while nobody asks."""

    def __init__(
        self,
        store: RoomStore,
        terminal: str,
        changed: Callable[[], None],
        *,
        ask: Callable[[], Kernel] = asked,
        root: Path = Path("/"),
    ) -> None:
        """`terminal`: its address or name. `changed` is called when `text` is another."""
        self._store = store
        self._terminal = terminal
        self._changed = changed
        self._ask = ask
        self._root = root
        self.text: Text = NOTHING

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Looks whenever something changes while there is no link, and at no other time."""
        task_status.started()
        while True:
            await self._until(down=True)
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._look_while_down)
                await self._until(down=False)
                nursery.cancel_scope.cancel()
            self.text = NOTHING

    async def _until(self, *, down: bool) -> None:
        while self._is_down() is not down:
            await self._store.followed.newer_than(self._store.state)

    def _is_down(self) -> bool:
        return self._store.state.link.phase is LinkPhase.DOWN

    async def _look_while_down(self) -> None:
        with Written(self._root / PORTS) as ports:
            async with Changes() as changes:
                while True:
                    await self._look()
                    await _first(changes.wait, ports.wait)
                    await trio.sleep(SETTLES)

    async def _look(self) -> None:
        with trio.move_on_after(TAKES):
            found = await trio.to_thread.run_sync(self._judged, abandon_on_cancel=True)
            if found != self.text:
                log.info("network", judgement=str(found) or "nothing wrong that can be seen")
                self.text = found
                self._changed()

    def _judged(self) -> Text:
        try:
            return judged(facts(self._ask(), self._root), self._terminal)
        except OSError as error:
            log.warning("network_unknown", reason=str(error))
            return NOTHING


async def _first(*waits: Callable[[], Awaitable[None]]) -> None:
    """Returns when the first of them does."""
    async with trio.open_nursery() as nursery:
        for wait in waits:
            nursery.start_soon(partial(_then, wait, nursery.cancel_scope.cancel))


async def _then(wait: Callable[[], Awaitable[None]], done: Callable[[], None]) -> None:
    await wait()
    done()
