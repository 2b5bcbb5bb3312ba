"""Runs the chosen steps one after the other, each within its limit, and keeps what is known whatever happens.

A step that fails costs itself only. Cancelling the run (Ctrl-C) ends the step that is under way, whose contexts let go
of pins, lamps and devices; what was found out before is in the report already, and the report says that it is not
complete.
"""

from collections.abc import Callable, Sequence

import trio

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.report import Report, Result, result
from appliance.cli.hardware_test.step import Finding, Step, failed, skipped
from appliance.language.text import Text, verbatim
from appliance.runtime.error_groups import first
from drivers.errors import DeviceError

Note = Callable[[Result], object]


async def run(steps: Sequence[Step], bench: Bench, report: Report, note: Note) -> None:
    """Adds the result of every step to the report, and passes it to `note` at once."""
    for step in steps:
        bench.say(Text("hwtest.step", name=step.name, title=step.title))
        began = trio.current_time()
        finding = await _finding(step, bench)
        found = result(step, finding, trio.current_time() - began, bench.language)
        report.results.append(found)
        note(found)
    report.complete = True


async def _finding(step: Step, bench: Bench) -> Finding:
    """Returns what came of a step; never raises but for a cancellation, or a mistake of ours."""
    if step.disturbs and not await _may_disturb(step, bench):
        return skipped(Text("hwtest.disturbs", name=step.name))
    try:
        with trio.move_on_after(step.limit):
            return await step.run(bench)
    except* (DeviceError, OSError) as group:
        finding = failed(verbatim(str(first(group)) or type(first(group)).__name__))
    else:
        finding = failed(Text("hwtest.too_slow", limit=f"{step.limit:g}"))
    return finding


async def _may_disturb(step: Step, bench: Bench) -> bool:
    if step.name in bench.options.named:
        return True
    return bool(await bench.saw(Text("hwtest.may_disturb", title=step.title)))
