"""Running an appliance so that other commands on this machine know of it, and do not evict it."""

from contextlib import closing

import trio

from appliance.run.appliance import Appliance
from appliance.run.parts import Parts
from appliance.runtime.presence import Announcement
from appliance.terminal.background import background


async def run_announced(appliance: Appliance, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
    """Runs an appliance, and says meanwhile which terminal it controls with which account."""
    async with background() as nursery:
        nursery.start_soon(_announce, appliance.parts)
        await appliance.run(task_status=task_status)


async def _announce(parts: Parts) -> None:
    """Says it anew whenever the account may have changed: no change of the room comes before its authorisation."""
    with closing(Announcement()) as announcement:
        while True:
            seen = parts.store.followed.value
            announcement.say(parts.config.terminal.host, parts.config.terminal.web_port, parts.account)
            await parts.store.followed.newer_than(seen)
