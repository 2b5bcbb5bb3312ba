"""The watchdog: the kernel hangs, and the hardware restarts the box within 30 s.

In two parts. The first makes sure that somebody feeds a watchdog, has the report kept (see `resume`), and lets the
kernel hang. The second is the next run of the command, after the restart: it judges by the kernel's new start and by
the time between the two, which needs a clock that was right both times.
"""

import time
from typing import Final

import msgspec
import trio

from appliance.cli.hardware_test.bench import Bench
from appliance.cli.hardware_test.machine import Machine
from appliance.cli.hardware_test.step import Figure, Finding, Step, failed, judged, skipped
from appliance.language.text import Text

SLOWEST: Final = 30.0  # seconds from the hang to the kernel's next start; the watchdog's own time is 14
GIVEN_UP: Final = 90.0
CLOCK_SET: Final = "/run/systemd/timesync/synchronized"
FED: Final = "RuntimeWatchdogUSec"


class Hung(msgspec.Struct, frozen=True):
    """What has to be known after the restart. `at`: seconds since 1970; `clock_set`: whether that was right."""

    boot_id: str
    at: float
    clock_set: bool


def now(machine: Machine) -> Hung:
    """Returns what has to be kept before the kernel hangs."""
    return Hung(machine.boot_id, time.time(), machine.at(CLOCK_SET).exists())


async def watchdog(bench: Bench) -> Finding:
    """Lets the kernel hang; comes back only where nothing restarts the box."""
    if not await trio.to_thread.run_sync(is_fed, bench.machine):
        return failed(Text("hwtest.not_fed"))
    bench.say(Text("hwtest.restarts_now"))
    await trio.to_thread.run_sync(bench.before_restart)
    await trio.to_thread.run_sync(bench.hardware.hang)
    await trio.sleep(GIVEN_UP)
    return failed(Text("hwtest.no_restart", seconds=f"{GIVEN_UP:g}"))


def is_fed(machine: Machine) -> bool:
    """Returns whether systemd feeds a watchdog of the kernel."""
    fed = machine.properties(f"-p{FED}").get(FED, "0")
    return fed not in ("", "0", "infinity") and bool(machine.found("/sys/class/watchdog/watchdog[0-9]*"))


def after(hung: Hung, boot_id: str, began: float, *, clock_set: bool, seen: bool | None = None) -> Finding:
    """Returns what it means that the box is as it is now.

    `began`: when the kernel began, in seconds since 1970; `clock_set`: whether that is right. `seen`: whether a person
    saw it restart by itself, for want of a clock.
    """
    if boot_id == hung.boot_id:
        return failed(Text("hwtest.not_restarted"))
    if hung.clock_set and clock_set:
        figure = Figure(Text("hwtest.restarted_after"), max(0.0, began - hung.at), "s", most=SLOWEST)
        return judged([figure])
    if seen is None:
        return skipped(Text("hwtest.no_clock"))
    return judged([]) if seen else failed(Text("hwtest.restarted_by_hand"))


def kernel_began() -> float:
    """Returns when the kernel began, in seconds since 1970 by the clock as it is now."""
    return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)


STEP = Step("watchdog", Text("hwtest.watchdog"), watchdog, limit=GIVEN_UP + 60, disturbs=True, devices=True)
