"""One run of the command, or the rest of one that a restart interrupted; the report is written after each step."""

import signal
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import click
import trio

from appliance.cli.hardware_test import registry, resume, service
from appliance.cli.hardware_test.about import about
from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.report import Report, Result, encoded, result
from appliance.cli.hardware_test.runner import run
from appliance.cli.hardware_test.step import Outcome, Step
from appliance.cli.hardware_test.steps.box import watchdog
from appliance.cli.hardware_test.written import OUTCOMES, markdown
from appliance.cli.options import DONE, REFUSED
from appliance.language.text import Text
from appliance.runtime import atomic

MARK: Final[dict[Outcome, str]] = {"passed": "+", "failed": "!", "skipped": "-"}
"""Before each outcome: what a console shows that has no colours."""


class Run:
    """Runs steps and keeps their report. `to`: where that goes, with the endings of its own; None: only shown."""

    def __init__(self, bench: Bench, steps: Sequence[Step], to: Path | None, state: Path = resume.STATE) -> None:
        self._bench, self._steps, self._to, self._state = bench, steps, to, state
        self._report = Report(bench.language.code, f"{datetime.now(UTC):%Y-%m-%d %H:%M}", about(bench.machine))
        bench.before_restart = self._keep

    def run(self, interrupted: resume.Interrupted | None = None) -> int:
        """Runs them and returns the exit code. What is known is in the report, whatever ends it."""
        if interrupted is not None:
            self._steps = registry.chosen(interrupted.remaining) if interrupted.remaining else []
            self._report, self._to = interrupted.report, Path(interrupted.to) if interrupted.to else self._to
        self._check_that_it_can_be_written()
        with self._service_aside() as free:
            if not free:
                return REFUSED
            trio.run(self._until_signal, interrupted)
        self._write()
        click.echo(f"\n{markdown(self._report, self._bench.language)}", nl=False)
        return REFUSED if self._report.failed or not self._report.complete else DONE

    async def _until_signal(self, interrupted: resume.Interrupted | None) -> None:
        """Runs the steps; Ctrl-C and SIGTERM end the one that is under way, which lets go of what it has."""
        with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_cancel_at_signal, signals, nursery.cancel_scope)
                if interrupted is not None:
                    await self._judge(interrupted.hung)
                await run(self._steps, self._bench, self._report, self._note)
                nursery.cancel_scope.cancel()

    async def _judge(self, hung: watchdog.Hung) -> None:
        """Adds what the restart showed to the report."""
        machine = self._bench.machine
        self._bench.say(Text("hwtest.continues"))
        clock_set = machine.at(watchdog.CLOCK_SET).exists()
        sure = clock_set and hung.clock_set
        seen = None if sure else await self._bench.saw(Text("hwtest.restarted_alone"))
        finding = watchdog.after(hung, machine.boot_id, watchdog.kernel_began(), clock_set=clock_set, seen=seen)
        self._report.results.append(found := result(watchdog.STEP, finding, 0.0, self._bench.language))
        self._note(found)

    def _keep(self) -> None:
        """Keeps what is known before the box restarts."""
        tried = {each.name for each in self._report.results} | {watchdog.STEP.name}
        remaining = [step.name for step in self._steps if step.name not in tried]
        to = str(self._to.absolute()) if self._to else ""
        resume.keep(resume.Interrupted(self._report, watchdog.now(self._bench.machine), to, remaining), self._state)

    def _note(self, found: Result) -> None:
        """Says what came of a step, and writes the report."""
        outcome = self._bench.language.say(OUTCOMES[found.outcome])
        click.echo(f"  {MARK[found.outcome]} {outcome}" + (f": {found.why}" if found.why else ""))
        self._write()

    def _check_that_it_can_be_written(self) -> None:
        """Ends the command where the report cannot be written: nobody wants to learn that after half an hour."""
        try:
            self._write()
        except OSError as error:
            why = f"{self._to}: {error.strerror}; expected a folder that can be written, such as /var/lib"
            raise click.BadParameter(why, param_hint="--report") from None

    def _write(self) -> None:
        if self._to is not None:
            text = markdown(self._report, self._bench.language)
            atomic.write(self._to.with_suffix(".md"), text.encode(), 0o644)
            atomic.write(self._to.with_suffix(".json"), encoded(self._report), 0o644)

    @contextmanager
    def _service_aside(self) -> Iterator[bool]:
        """Yields whether the devices are free: no service has them, or somebody lets it be stopped meanwhile."""
        bench = self._bench
        if not any(step.devices for step in self._steps) or not service.is_running(bench.machine):
            yield True
            return
        bench.say(Text("hwtest.service_runs"))
        may = service.is_unit(bench.machine) and trio.run(partial(bench.saw, Text("hwtest.may_stop")))
        with service.stopped() if may else nullcontext():
            yield bool(may)


async def _cancel_at_signal(signals: AsyncIterator[int], scope: trio.CancelScope) -> None:
    async for _ in signals:
        scope.cancel()
