"""The process of one room: on the machine's own hardware, or on virtual hardware."""

import trio

from appliance.config.schema import Config
from appliance.run.appliance import Appliance
from appliance.run.restart import until_signal
from appliance.runtime.supervisor import Service
from appliance.services.hardware import hardware_of
from appliance.services.store import RoomStore


def run(config: Config) -> None:
    """Runs the appliance until SIGTERM or Ctrl-C."""
    if config.hardware == "virtual":
        from appliance.run.virtual import run_virtual  # noqa: PLC0415  # a Pi has no use for it

        trio.run(run_virtual, config)
        return
    appliance = Appliance(config, hardware_of(config))
    trio.run(until_signal, appliance, status_page(config, appliance.store))


def status_page(config: Config, store: RoomStore) -> list[Service]:
    """The page of the running appliance, where the configuration asks for one."""
    if config.panel is None:
        return []
    from appliance.panel.status import status_app  # noqa: PLC0415  # who wants no page need not wait for its libraries
    from appliance.services.panel import web_service  # noqa: PLC0415  # same

    return [Service("panel", web_service(status_app(lambda: store.state), config.panel).run)]
