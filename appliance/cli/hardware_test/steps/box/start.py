"""How long the last start took, and whether every unit came up."""

from collections.abc import Mapping, Sequence

import trio

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.machine import Machine
from appliance.cli.hardware_test.step import Figure, Finding, Step, judged, skipped
from appliance.language.text import Text

LONGEST = 60.0
"""Seconds from the kernel to the end of the start: emulated on two slow cores the card takes 35."""

_TIMES = {
    "UserspaceTimestampMonotonic": Text("hwtest.kernel_time"),
    "FinishTimestampMonotonic": Text("hwtest.start_time"),
}


async def start(bench: Bench) -> Finding:
    """Asks systemd."""
    return await trio.to_thread.run_sync(_asked, bench.machine)


def _asked(machine: Machine) -> Finding:
    said = machine.properties(*(f"-p{name}" for name in _TIMES))
    service = machine.properties("offhook.service", "-pActiveEnterTimestampMonotonic", "-pNRestarts")
    failed_units = machine.ask(("systemctl", "list-units", "--state=failed", "--plain", "--no-legend"))
    return finding(said, service, [line.split()[0] for line in failed_units.splitlines() if line.strip()])


def finding(times: Mapping[str, str], room: Mapping[str, str], failed_units: Sequence[str]) -> Finding:
    """Returns what the properties of systemd and of the room's service mean; times are µs since the kernel began."""
    if not int(times.get("FinishTimestampMonotonic") or 0):
        return skipped(Text("hwtest.no_systemd"))
    figures = [
        Figure(what, int(times.get(name) or 0) / 1e6, "s", most=LONGEST if name.startswith("Finish") else None)
        for name, what in _TIMES.items()
    ]
    if ready := int(room.get("ActiveEnterTimestampMonotonic") or 0):
        figures.append(Figure(Text("hwtest.room_ready"), ready / 1e6, "s"))
    names = ", ".join(failed_units)
    return judged([*figures, Figure(Text("hwtest.failed_units"), len(failed_units), of=names, most=0)])


STEP = Step("start", Text("hwtest.start"), start, limit=40)
