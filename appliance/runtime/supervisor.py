"""Services under trio: start order, restart with back-off, readiness, health, systemd watchdog. Knows no room.

How it works:

- **Start.** Services start one after the other. Each may hold up those after it until it is ready or has failed once,
  but no longer than `START_GRACE`: a display that is slow shall not keep the buttons from working. When all have had
  their chance, systemd hears READY=1; so the unit counts as started even where hardware is missing.
- **Run.** A service runs in a task and a cancel scope of its own. When it raises or returns, it is offline with the
  reason, and is run again after a wait that grows (`Backoff`, from half a second to half a minute) and begins small
  again once it has run for `WELL_AFTER`. What a service raises reaches no other service. It stays offline until it is
  ready again, so that nothing flickers between two tries.
- **News.** `wake("tty")` ends the waits of services with that word at once: something was plugged in. News that come
  while such a service runs are kept for its next failure, because the kernel may tell of the new device before the
  service has noticed the loss of the old one.
- **End.** `stop()` ends services in the reverse order, each only when the one before has ended, so that the display is
  still there to say so. What takes longer than `STOP_GRACE` altogether is cancelled at once.
- **Change.** `end` ends some services while the others go on, and forgets them; `begin` starts those that are new, as
  at the start. Whoever gives a service other settings ends it, and begins another of its name.
- **Health.** `health` has every service's condition and reason; `report` hears each change of them. systemd gets
  a line of status, and the watchdog is fed as long as the event loop turns.
"""

import random
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from enum import StrEnum
from typing import Protocol

import msgspec
import structlog
import trio

from appliance.runtime.backoff import Backoff
from appliance.runtime.error_groups import all_of, plain
from appliance.runtime.systemd import Notifier

log = structlog.get_logger()

START_GRACE = 1.0  # seconds that a service may hold up those after it; most are ready in milliseconds
STOP_GRACE = 1.6  # seconds for all services together to end; systemd and people wait 2
WELL_AFTER = 10.0  # seconds of running after which the next failure counts as the first


class Run(Protocol):
    """What a service does: calls `task_status.started()` when its part works, and goes on until cancelled."""

    def __call__(self, *, task_status: trio.TaskStatus[None]) -> Awaitable[None]:
        """Runs the service."""
        ...


class Service(msgspec.Struct, frozen=True):
    """Something that runs: a name for people, and what it does.

    `wakes_on`: the news that make another try worth while, see `Supervisor.wake`; empty: none do. `prepare`: what
    takes long and can be done before `run` is called, in any thread; whoever gives a service to a supervisor does it.
    """

    name: str
    run: Run
    wakes_on: str = ""
    prepare: Callable[[], object] | None = None


class Condition(StrEnum):
    """How a service is doing."""

    STARTING = "starting"
    READY = "ready"
    OFFLINE = "offline"


class Health(msgspec.Struct, frozen=True):
    """A service's condition and, when it is offline, the reason."""

    condition: Condition
    reason: str = ""


class _Running:
    """A service, and the scope of the task that owns it, so that it can be ended by itself and in its turn."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.scope = trio.CancelScope()
        self.begun = False
        self.settled = trio.Event()  # ready, or failed once: those after it need not wait any longer
        self.ended = trio.Event()
        self.news = trio.Event()  # since the last try began: a reason to try again at once


class Supervisor:
    """Starts services in order, restarts those that fail, ends them in reverse order."""

    def __init__(
        self,
        services: Sequence[Service],
        *,
        report: Callable[[str, Health], None] = lambda _name, _health: None,
        forget: Callable[[str], None] = lambda _name: None,
        notifier: Notifier | None = None,
        expected: tuple[type[Exception], ...] = (),
        rng: random.Random | None = None,
    ) -> None:
        """Takes the services in the order of their start.

        `report` is called with a service's name at each change of its condition or reason, `forget` when there is none
        of that name any more. Errors of the kinds in `expected`, which hardware and networks cause, are logged without
        a trace. `rng` is for the jitter of the waits.
        """
        self._expected = expected
        self._running = [_Running(service) for service in services]
        self._report = report
        self._forget = forget
        self._notifier = notifier or Notifier({})
        self._rng = rng or random.Random()  # noqa: S311  # jitter, no secret
        self._stop = trio.Event()
        self._nursery: trio.Nursery | None = None  # while it runs
        self._all_begun = trio.Event()
        self._remark = ""
        self._told = ""  # to systemd
        self.health: dict[str, Health] = {}

    def stop(self) -> None:
        """Asks everything to end; `run` returns within `STOP_GRACE`. Before `run`: nothing will run."""
        self._stop.set()

    def wake(self, news: str) -> None:
        """Lets services that wake on these news retry at once; one that is running retries at once when it fails."""
        for running in self._running:
            if running.service.wakes_on == news:
                running.news.set()

    async def run(self, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Runs until `stop()`; where that was called before, starts nothing and returns."""
        if self._stop.is_set():
            task_status.started()
            return
        async with trio.open_nursery() as nursery:
            self._nursery = nursery
            nursery.start_soon(self._start_all, nursery, task_status)
            await self._stop.wait()
            self._notifier.stopping()
            with trio.move_on_after(STOP_GRACE):
                await self._end_in_turn(tuple(self._running))
            nursery.cancel_scope.cancel()

    @property
    def names(self) -> frozenset[str]:
        """The services that there are."""
        return frozenset(running.service.name for running in self._running)

    async def end(self, names: Collection[str]) -> None:
        """Ends these services, in the reverse order of their start, and forgets them; waits first until all have begun.

        One that does not end within `STOP_GRACE` is waited for no longer.
        """
        await self._all_begun.wait()
        gone = [running for running in self._running if running.service.name in names]
        with trio.move_on_after(STOP_GRACE):
            await self._end_in_turn(gone)
        self._running = [running for running in self._running if running not in gone]
        for running in gone:
            running.scope.cancel()
            self.health.pop(running.service.name, None)
            self._forget(running.service.name)
        self._tell_systemd(self._summary())

    async def begin(self, services: Iterable[Service]) -> None:
        """Starts those of `services` that are not there yet, one after the other as at the start.

        The order of `services` becomes the order of all of them. After `stop()` it starts nothing.
        """
        await self._all_begun.wait()
        there = {running.service.name: running for running in self._running}
        self._running = [there.get(service.name) or _Running(service) for service in services]
        for running in self._running:
            if not running.begun and not self._stop.is_set() and self._nursery is not None:
                await self._begin(running, self._nursery)

    def remark(self, text: str) -> None:
        """Sets what systemd is told beside the condition of services; empty for nothing."""
        self._remark = text
        self._tell_systemd(self._summary())

    async def _start_all(self, nursery: trio.Nursery, task_status: trio.TaskStatus[None]) -> None:
        for running in self._running:
            self._notifier.extend_start()
            await self._begin(running, nursery)
        self._notifier.ready()
        nursery.start_soon(self._feed_watchdog)
        self._all_begun.set()
        task_status.started()

    async def _begin(self, running: _Running, nursery: trio.Nursery) -> None:
        running.begun = True
        nursery.start_soon(self._keep, running)
        with trio.move_on_after(START_GRACE):
            await running.settled.wait()

    async def _end_in_turn(self, services: Sequence[_Running]) -> None:
        for running in reversed(services):
            running.scope.cancel()
            if running.begun:
                await running.ended.wait()

    async def _feed_watchdog(self) -> None:
        if self._notifier.watchdog is None:
            return
        while True:
            self._notifier.feed()
            await trio.sleep(self._notifier.watchdog / 2)

    async def _keep(self, running: _Running) -> None:
        try:
            with running.scope:
                await self._restart_for_ever(running)
        finally:
            running.ended.set()

    async def _restart_for_ever(self, running: _Running) -> None:
        backoff = Backoff()
        self._set(running, Health(Condition.STARTING))
        while True:
            running.news = trio.Event()
            started = trio.current_time()
            reason = await self._run_once(running)
            if trio.current_time() - started > WELL_AFTER:
                backoff.reset()
            # stays offline while it tries again: what shows this must not flicker
            self._set(running, Health(Condition.OFFLINE, reason))
            running.settled.set()
            with trio.move_on_after(backoff.next(self._rng)):
                await running.news.wait()
                backoff.reset()

    async def _run_once(self, running: _Running) -> str:
        reason = "ended by itself"
        try:
            await running.service.run(task_status=_Ready(lambda: self._ready(running)))
        except* Exception as errors:  # whatever it is costs this service and no other; a cancellation beside it goes on
            reason = self._failed(running.service.name, errors)
        return reason

    def _failed(self, name: str, errors: ExceptionGroup[Exception]) -> str:
        reason = plain(errors)
        if reason != self.health[name].reason:
            trace = None if all_of(errors, self._expected) else errors
            log.warning("service_failed", service=name, reason=reason, exc_info=trace)
        return reason

    def _ready(self, running: _Running) -> None:
        if self.health[running.service.name].condition is Condition.OFFLINE:
            log.info("service_back", service=running.service.name)
        self._set(running, Health(Condition.READY))
        running.settled.set()

    def _set(self, running: _Running, health: Health) -> None:
        name = running.service.name
        before = self.health.get(name)
        self.health[name] = health
        if before != health:
            self._report(name, health)
            self._tell_systemd(self._summary())

    def _tell_systemd(self, summary: str) -> None:
        if summary != self._told:  # what repeats itself could crowd READY=1 out of the socket's short queue
            self._told = summary
            self._notifier.status(summary)

    def _summary(self) -> str:
        return "; ".join(filter(None, (self._conditions(), self._remark)))

    def _conditions(self) -> str:
        offline = [name for name, health in self.health.items() if health.condition is Condition.OFFLINE]
        if offline:
            return "offline: " + ", ".join(offline)
        all_ready = all(self._condition(running) is Condition.READY for running in self._running)
        return "all services running" if all_ready else "starting"

    def _condition(self, running: _Running) -> Condition:
        health = self.health.get(running.service.name)
        return Condition.STARTING if health is None else health.condition


class _Ready:
    """The `task_status` of a service, which may call `started` in each of its runs; trio's own may be used once."""

    def __init__(self, ready: Callable[[], None]) -> None:
        self._ready = ready

    def started(self, value: None = None) -> None:  # noqa: ARG002  # trio's protocol has it
        self._ready()
