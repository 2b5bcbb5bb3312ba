"""What the report says of the machine."""

import importlib.metadata
import platform

from appliance.cli.hardware_test.machine import Machine
from appliance.cli.hardware_test.report import About


def about(machine: Machine) -> About:
    """Returns board, kernel and versions. Blocks for moments."""
    release = dict(line.split("=", 1) for line in machine.text("/etc/os-release").splitlines() if "=" in line)
    return About(
        board=machine.model,
        kernel=machine.text("/proc/sys/kernel/osrelease"),
        architecture=platform.machine(),
        system=release.get("PRETTY_NAME", "").strip('"'),
        offhook=importlib.metadata.version("offhook"),
        python=platform.python_version(),
    )
