"""The room's service, which has the devices open that steps want to open."""

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from appliance.cli.hardware_test.machine import Machine
from appliance.runtime.presence import running

UNIT: Final = "offhook.service"
STOP_TIME: Final = 60.0  # seconds; the unit's own limit is 5

Command = Callable[[str], None]
"""Does "stop" or "start" with the unit. OSError, subprocess.SubprocessError: it did not."""


def is_running(machine: Machine) -> bool:
    """Returns whether an appliance runs on this machine, as a service or by hand. Blocks."""
    return bool(running(machine.at("/proc/net/unix")))


def is_unit(machine: Machine) -> bool:
    """Returns whether it is the service, which can be stopped and started again. Blocks."""
    return machine.ask(("systemctl", "is-active", UNIT)) == "active"


def systemctl(verb: str) -> None:
    """Stops or starts the service. Raises subprocess.SubprocessError: when it does not."""
    subprocess.run(("/usr/bin/systemctl", verb, UNIT), check=True, timeout=STOP_TIME)  # noqa: S603  # ours


@contextmanager
def stopped(command: Command = systemctl) -> Iterator[None]:
    """Stops the service, and starts it again in the end."""
    command("stop")
    try:
        yield
    finally:
        command("start")
