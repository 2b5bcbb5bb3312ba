"""Memory that is left."""

import trio

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.step import Figure, Finding, Step, judged, skipped
from appliance.language.text import Text

LEAST = 96.0
"""MiB available without the service, which takes about 60 of them."""


async def memory(bench: Bench) -> Finding:
    """Reads what the kernel says."""
    return finding(await trio.to_thread.run_sync(bench.machine.text, "/proc/meminfo"))


def finding(meminfo: str) -> Finding:
    """Returns what /proc/meminfo (in KiB) means."""
    words = [line.split() for line in meminfo.splitlines()]
    kib = {each[0].rstrip(":"): float(each[1]) for each in words if len(each) > 1 and each[1].isdecimal()}
    if "MemAvailable" not in kib:
        return skipped(Text("hwtest.not_said", what="/proc/meminfo"))
    return judged(
        [
            Figure(Text("hwtest.memory"), kib.get("MemTotal", 0.0) / 1024, "MiB"),
            Figure(Text("hwtest.memory_left"), kib["MemAvailable"] / 1024, "MiB", least=LEAST),
        ]
    )


STEP = Step("memory", Text("hwtest.memory_title"), memory, limit=10)
