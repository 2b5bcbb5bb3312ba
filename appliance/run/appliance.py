"""One room: the services of a configuration, joined to each other."""

from collections.abc import Callable, Collection, Iterable, Iterator

import trio

from appliance.config.schema import Config
from appliance.language.text import Unusable
from appliance.panel.certificate import CertificateError
from appliance.room.local_events.box import Halted
from appliance.room.local_events.shown import AddressShown
from appliance.run.parts import Parts
from appliance.run.tables.every import ROOM, Table
from appliance.runtime.supervisor import Condition, Health, Service, Supervisor
from appliance.runtime.systemd import Notifier
from appliance.runtime.web.listen import ListenError
from appliance.services.box.hardware import Hardware
from appliance.services.box.hotplug import HotplugService
from appliance.services.store import RoomStore
from appliance.terminal.config import CredentialsError
from appliance.terminal.errors import TerminalError
from drivers.errors import DeviceError

EXPECTED = (DeviceError, TerminalError, CertificateError, ListenError, CredentialsError, Unusable, OSError)
"""Errors that a room has to live with: they are logged in a line, without a trace."""


ADDRESS_SHOWN = 60.0
"""Seconds after the start in which the display shows the address: whoever puts a box on the wall looks for it then."""


class Appliance:
    """The services of one room, built and joined to each other; `run` runs them, once."""

    def __init__(self, config: Config, hardware: Hardware, tables: Iterable[Table] = ROOM) -> None:
        """`tables`: what of the configuration is built, in the order of its start.

        Raises `ValueError` when the file that the configuration names for the credentials cannot be read.
        """
        self.parts = Parts(config, hardware)
        self._tables = tuple(tables)
        services = [service for table in self._tables for service in table(self.parts)]
        self.services = (*services, *self._hotplug(services))
        for service in self.services:
            if service.prepare is not None:
                service.prepare()
        self._supervisor = Supervisor(
            self.services, report=self._service_is, forget=self._service_gone, notifier=Notifier(), expected=EXPECTED
        )

    @property
    def store(self) -> RoomStore:
        """The room's state."""
        return self.parts.store

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Runs the services until `stop()`; started when each has had its chance. After `stop()` it runs nothing."""
        self.store.touch()  # a display begins awake
        self.store.apply(AddressShown(trio.current_time() + ADDRESS_SHOWN))
        await self._supervisor.run(task_status=task_status)

    async def become(self, config: Config, hardware: Callable[[], Hardware], ending: Collection[str]) -> None:
        """Takes another configuration while it runs: `ending` ends first, then begins what is new; all else goes on.

        `hardware` gives its openers, once nobody has what is to change.
        """
        await self._supervisor.end(ending)
        self.parts.become(config, hardware())
        services = list[Service]()
        for table in self._tables:
            services += table(self.parts)
            await trio.lowlevel.checkpoint()  # a table takes a small Pi milliseconds
        wakes = self._wake_words(services) != self._wake_words(self.services)
        self.services = (*services, *self._hotplug(services))
        gone = self._supervisor.names - {service.name for service in self.services}
        await self._supervisor.end(gone | {"hotplug"} if wakes else gone)
        for service in self.services:
            if service.prepare is not None and service.name not in self._supervisor.names:
                await trio.to_thread.run_sync(service.prepare)
        await self._supervisor.begin(self.services)

    def remark(self, text: str) -> None:
        """Sets what `systemctl status` says beside the services."""
        self._supervisor.remark(text)

    def stop(self) -> None:
        """Ends everything in under two seconds: lamps off, the display says so, sockets closed."""
        self.store.apply(Halted())
        self._supervisor.stop()

    def _hotplug(self, services: Iterable[Service]) -> Iterator[Service]:
        """Yields what lets services try again as soon as something is plugged in, where any waits for that."""
        subsystems = self._wake_words(services)
        watch = self.parts.hardware.watch
        if subsystems and watch is not None:
            yield Service("hotplug", HotplugService(watch, subsystems, self._plugged_in).run)

    @staticmethod
    def _wake_words(services: Iterable[Service]) -> list[str]:
        return sorted({service.wakes_on for service in services} - {""})

    def _plugged_in(self, subsystem: str) -> None:
        self._supervisor.wake(subsystem)

    def _service_is(self, name: str, health: Health) -> None:
        self.parts.conditions.change(name, health, trio.current_time())
        self.parts.news.tell("health")
        self.store.service_is(name, online=health.condition is not Condition.OFFLINE)

    def _service_gone(self, name: str) -> None:
        self.parts.conditions.forget(name)
        self.store.service_is(name, online=True)  # nothing of that name is missing
