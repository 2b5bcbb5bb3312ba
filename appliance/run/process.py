"""The process of one room: on the machine's own hardware, or on virtual hardware."""

from collections.abc import Iterator

import trio

from appliance.config.schema import Config
from appliance.run.appliance import Appliance
from appliance.run.parts import Parts
from appliance.run.restart import until_signal
from appliance.run.tables import ROOM
from appliance.runtime.supervisor import Service
from appliance.services.hardware import hardware_of


def run(config: Config) -> None:
    """Runs the appliance until SIGTERM or Ctrl-C."""
    if config.hardware == "virtual":
        from appliance.run.virtual import run_virtual  # noqa: PLC0415  # a Pi has no use for it

        trio.run(run_virtual, config)
        return
    trio.run(until_signal, Appliance(config, hardware_of(config), (*ROOM, panel)))


def panel(parts: Parts) -> Iterator[Service]:
    """`[panel]`: the page of the running appliance."""
    config, store = parts.config.panel, parts.store
    if config is None:
        return
    from appliance.panel.status import status_app  # noqa: PLC0415  # who wants no page need not wait for its libraries
    from appliance.services.panel import web_service  # noqa: PLC0415  # who wants no page need not wait for its libraries

    yield Service("panel", web_service(status_app(lambda: store.state), config).run)
