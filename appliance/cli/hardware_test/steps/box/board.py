"""The board and how it is running: that it is a Raspberry Pi at all, and from what."""

import trio

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.machine import Machine
from appliance.cli.hardware_test.step import Figure, Finding, Step, judged, skipped
from appliance.language.text import Text

PI = "Raspberry Pi"
FEWEST = 26  # GPIO lines of the header that have a name; every model since the B+ has 26 or more


async def board(bench: Bench) -> Finding:
    """Looks at the device tree."""
    return await trio.to_thread.run_sync(looked_at, bench.machine)


def looked_at(machine: Machine) -> Finding:
    """Returns which board it is, from where the root is mounted, and whether that can be written."""
    if not machine.model.startswith(PI):
        return skipped(Text("hwtest.no_board"))
    kind, options = _root(machine)
    return judged(
        [
            Figure(Text("hwtest.model"), machine.model),
            Figure(Text("hwtest.revision"), machine.text("/proc/device-tree/serial-number") and _revision(machine)),
            Figure(Text("hwtest.processors"), len(machine.found("/sys/devices/system/cpu/cpu[0-9]*")), least=1),
            Figure(Text("hwtest.root"), f"{kind}, {options}"),
        ]
    )


def _revision(machine: Machine) -> str:
    """Returns the board's revision code, which says memory and maker; the serial number is nobody's business."""
    try:
        return machine.at("/proc/device-tree/system/linux,revision").read_bytes().hex()
    except OSError:
        return ""


def _root(machine: Machine) -> tuple[str, str]:
    """Returns the file system of the root, and "ro" or "rw"."""
    for line in machine.text("/proc/mounts").splitlines():
        _device, place, kind, options, *_ = line.split()
        if place == "/":
            return kind, options.split(",")[0]
    return "", ""


STEP = Step("board", Text("hwtest.board"), board, limit=10)
