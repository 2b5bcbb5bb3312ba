"""The process of one room: on the machine's own hardware, or on virtual hardware."""

import functools
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import structlog
import trio

from appliance.config.profiles import Profiles
from appliance.config.schema import Config
from appliance.config.secrets.exposed import Exposed
from appliance.run.appliance import Appliance
from appliance.run.later import later
from appliance.run.libraries import load
from appliance.run.live.handed import read_settings, settings_of
from appliance.run.live.reload import Reload
from appliance.run.live.settings import Settings
from appliance.run.parts import Parts
from appliance.run.restart import until_signal
from appliance.run.tables.every import ROOM
from appliance.run.tables.metrics import metrics
from appliance.run.tables.sharing import shared
from appliance.runtime.supervisor import Service
from appliance.runtime.switching import give_way
from appliance.services.box.hardware import Hardware, hardware_of, renewed

log = structlog.get_logger()

NO_PROFILES: Final = Profiles()


def run(config: Config, path: Path, profiles: Profiles = NO_PROFILES, exposed: Iterable[Exposed] = ()) -> None:
    """Runs the appliance until SIGTERM or Ctrl-C. A profile that cannot be used is logged and left out.

    `path`: the file that the configuration comes from, and is taken from anew when somebody asks for that. `exposed`:
    secrets that everybody can read, which are logged.
    """
    for secret in exposed:
        log.warning("secret_readable_by_everybody", key=secret.key, path=str(secret.path))
    for mistake in profiles.mistakes:
        log.warning("profile_not_used", mistake=mistake)
    load(config)
    give_way()
    settings, read = settings_of(config, profiles.usable), partial(read_settings, path)
    if config.hardware == "virtual":
        from appliance.run.demo.virtual import run_virtual  # noqa: PLC0415  # a Pi has no use for it

        trio.run(run_virtual, settings, read, path)
        return
    appliance = Appliance(config, hardware_of(config, profiles.usable), (*ROOM, shared, metrics, panel))
    appliance.parts.file = path

    def become(new: Settings, hardware: Hardware) -> Hardware:
        return renewed(hardware, new.config, new.profiles, appliance.parts.config)

    trio.run(until_signal, appliance, Reload(appliance, settings, read, become))


def panel(parts: Parts) -> Iterator[Service]:
    """Yields the pages of the running appliance, where there is `[panel]`, and those of its own screen (`[kiosk]`)."""
    panel, kiosk = parts.config.panel, parts.config.kiosk
    if panel is None and kiosk is None:
        return
    from appliance.run.pages.screen import kiosk_service  # noqa: PLC0415  # who wants no page need not wait for its libraries
    from appliance.run.pages.status import pages_of  # noqa: PLC0415  # as above
    from appliance.services.pages.panel import web_service  # noqa: PLC0415  # as above

    pages = functools.cache(partial(pages_of, parts))
    if panel is not None:
        yield later("panel", lambda: web_service(pages().app, panel, pages().sockets, pages().large).run)
    if kiosk is not None:
        yield later("kiosk", lambda: kiosk_service(parts, pages(), kiosk).run)
