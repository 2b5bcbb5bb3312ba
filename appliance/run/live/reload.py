"""Takes the configuration from its file while the room runs, as far as that goes.

The order of things: the file is read and checked as at the start, in a thread; then it is decided what differs
(`changes.py`), and a thread loads what has not been needed so far; services that are to change end, in the reverse
order of their start, and leave their outputs as they leave them at the end; then everybody takes the new settings; then
the services begin. A pin that one has let go of is free for another by then. A file with a mistake changes nothing.
"""

from collections.abc import Awaitable, Callable

import structlog
import trio

from appliance.config.load import ConfigError
from appliance.config.toml import Mistake
from appliance.language.text import verbatim
from appliance.panel.words import refused
from appliance.run.appliance import Appliance
from appliance.run.libraries import load
from appliance.run.live.changes import Changes, changes
from appliance.run.live.settings import Settings
from appliance.services.box.hardware import Hardware

log = structlog.get_logger()

Become = Callable[[Settings, Hardware], Hardware]
"""Returns the openers of other settings; what its second argument, those so far, knows of devices in use, it keeps."""


class Reload:
    """Reloads the room of one appliance, one time after the other."""

    def __init__(self, appliance: Appliance, settings: Settings, read: Callable[[], Settings], become: Become) -> None:
        """`settings`: what it was built from; `read` reads them anew, and raises as `read_settings` does. It blocks."""
        self._appliance = appliance
        self._settings = settings
        self._read = read
        self._become = become

    async def __call__(self) -> bool:
        """Takes what is to be taken; returns whether the process has to begin anew for it."""
        new = await self._checked()
        if new is None:
            return False
        found = changes(self._settings, new)
        if found.whole:
            log.info("configuration_waits", for_restart=list(found.whole))
            return True
        if found.nothing:
            log.info("configuration_unchanged")
            return False
        await self._take(new, found)
        return False

    async def _checked(self) -> Settings | None:
        try:
            new = await trio.to_thread.run_sync(self._read)
        except ConfigError as error:
            self._refuse(*error.mistakes)
            return None
        except ValueError as error:
            self._refuse(Mistake(1, "", verbatim(str(error))))
            return None
        self._refuse()
        return new

    def _refuse(self, *mistakes: Mistake) -> None:
        """Tells of the mistakes; of none: the file in force has none, as far as anybody knows."""
        for mistake in mistakes:
            log.warning("configuration_refused", line=mistake.line, mistake=str(mistake.message), key=mistake.key)
        self._appliance.parts.mistakes = mistakes
        self._appliance.remark(str(refused(mistakes)))

    async def _take(self, new: Settings, found: Changes) -> None:
        parts = self._appliance.parts
        await trio.to_thread.run_sync(load, new.config)
        await self._appliance.become(new.config, lambda: self._become(new, parts.hardware), found.ending)
        self._settings = new
        log.info(
            "configuration_applied",
            added=sorted(found.added),
            removed=sorted(found.removed),
            replaced=sorted(found.replaced),
        )


async def begin_anew() -> bool:
    """Reloads a room whose configuration comes from nowhere: it can only end and be started again."""
    await trio.lowlevel.checkpoint()
    return True


Reloads = Callable[[], Awaitable[bool]]
"""Reloads; returns whether the process has to begin anew for it."""
