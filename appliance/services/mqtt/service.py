"""A room on a broker, as `[mqtt]` says: follows the room and says what changes, hears actions, and who else is there.

The connection is `fleet.mqtt.link`'s business. Here is what is said over it:

- the parts of the room, each when it changes, the latest only; and events as they happen;
- health when something goes wrong or right, and otherwise seldom;
- the identity, which two boxes of one name see each other by;
- once a day everything again, for a broker that has lost what it was to keep.

A broker that is away for a minute is shown as missing; the room works without it.
"""

import random
from typing import Final

import structlog
import trio

from appliance.fleet.mqtt.config import MqttConfig
from appliance.fleet.mqtt.kept import Kept
from appliance.fleet.mqtt.link.settings import OpenStream
from appliance.services.mqtt.here import Here
from appliance.services.mqtt.joined import Joined
from appliance.services.state_files import read, write

log = structlog.get_logger()

FILE: Final = "mqtt.json"


class MqttService:
    """Keeps a room on a broker; what is wrong with secrets or files costs this and nothing else."""

    def __init__(
        self,
        config: MqttConfig,
        here: Here,
        *,
        open_stream: OpenStream | None = None,
        rng: random.Random | None = None,
    ) -> None:
        """`open_stream` and `rng` are for tests."""
        self._config = config
        self._here = here
        self._open_stream = open_stream
        self._rng = rng

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Follows the room until cancelled. Raises `CredentialsError`. Ready at once: it waits for no broker."""
        password = self._config.secret()
        before = await self._before()
        joined = Joined(self._config, self._here, before, password, open_stream=self._open_stream, rng=self._rng)
        await self._keep(joined.ghosts.kept())
        task_status.started()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(joined.run)
            await joined.clear_ghosts()
            await self._keep(joined.ghosts.cleared())

    async def _before(self) -> Kept:
        if self._here.folder is None:
            return Kept()
        try:
            return await trio.to_thread.run_sync(read, self._here.folder / FILE, Kept)
        except OSError as error:
            log.warning("mqtt_topics_not_read", reason=str(error))
            return Kept()

    async def _keep(self, kept: Kept) -> None:
        """Writes the list of topics; where the disk takes none, ghosts are what is risked, and the room works."""
        if self._here.folder is None:
            return
        try:
            await trio.to_thread.run_sync(write, self._here.folder / FILE, kept)
        except OSError as error:
            log.warning("mqtt_topics_not_kept", reason=str(error))
