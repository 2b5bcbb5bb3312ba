"""Whether the data partition has grown over the rest of the card."""

import os

import trio

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.machine import Machine
from appliance.cli.hardware_test.step import Figure, Finding, Step, judged, skipped
from appliance.language.text import Text

DATA = "/data"
SECTOR = 512  # bytes; the kernel's unit for sizes of block devices, whatever theirs is
LEAST = 98.0  # percent; partitions end on whole mebibytes
LEAST_FREE = 16.0  # MiB


async def partition(bench: Bench) -> Finding:
    """Looks at the sizes that the kernel has."""
    return await trio.to_thread.run_sync(_looked_at, bench.machine)


def _looked_at(machine: Machine) -> Finding:
    device = next((name for name, place in _mounts(machine) if place == DATA), "")
    about = machine.at(f"/sys/class/block/{os.path.basename(device)}").resolve()  # noqa: PTH119  # a device's name
    start, size, disk = (Machine(about).number(file) for file in ("start", "size", "../size"))
    if not device or start is None or size is None or not disk:
        return skipped(Text("hwtest.no_data_partition"))
    free = os.statvfs(machine.at(DATA))
    return finding(start, size, disk, free.f_bavail * free.f_frsize / 2**20)


def finding(start: float, size: float, disk: float, free: float) -> Finding:
    """Returns what sectors of the partition and the card mean; `free` in MiB."""
    used = 100 * size / max(disk - start, 1)
    return judged(
        [
            Figure(Text("hwtest.card_size"), disk * SECTOR / 2**20, "MiB"),
            Figure(Text("hwtest.partition_share"), used, "%", least=LEAST),
            Figure(Text("hwtest.partition_free"), free, "MiB", least=LEAST_FREE),
        ]
    )


def _mounts(machine: Machine) -> list[tuple[str, str]]:
    words = [line.split() for line in machine.text("/proc/mounts").splitlines()]
    return [(each[0], each[1]) for each in words if len(each) > 1]


STEP = Step("data-partition", Text("hwtest.partition"), partition, limit=10)
