"""The process of the kiosk: listens to the box, keeps the browser running, and hears what the system asks."""

import functools
import os
import random
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Never

import structlog
import trio

from appliance.kiosk.browser import Command, show
from appliance.kiosk.listening import listen
from appliance.kiosk.memory import Memory
from appliance.kiosk.supervisor import Supervisor
from appliance.kiosk.told import Told
from appliance.runtime.followed import Followed
from appliance.runtime.systemd import Notifier

AT_ONCE = (signal.SIGTERM, signal.SIGINT)

log = structlog.get_logger()


async def run(box: str, how: Command, environ: Mapping[str, str] = os.environ) -> None:
    """Keeps the screen of `box` (HOST:PORT) up until SIGTERM or Ctrl-C; a SIGHUP asks for a new browser in time.

    `environ`: systemd's, with RUNTIME_DIRECTORY and STATE_DIRECTORY.
    """
    told: Followed[Told | None] = Followed(None)
    rng = random.Random()  # noqa: S311  # for waits
    state = environ.get("STATE_DIRECTORY")
    supervisor = Supervisor(
        told,
        functools.partial(show, how=how, environ=environ),
        Memory(Path(state) if state else None),
        Path(environ["RUNTIME_DIRECTORY"]),
        f"http://{box}",
        rng,
    )
    with trio.open_signal_receiver(*AT_ONCE, signal.SIGHUP) as signals:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(listen, box, told, rng)
            nursery.start_soon(supervisor.run)
            nursery.start_soon(_feed, Notifier(environ))
            async for number in signals:
                if number in AT_ONCE:
                    break
                supervisor.ask()
            log.info("ending")
            nursery.cancel_scope.cancel()


async def _feed(notifier: Notifier) -> Never:
    notifier.ready()
    while True:
        notifier.feed()
        await trio.sleep(notifier.watchdog / 2 if notifier.watchdog else 3600)
