"""The command `offhook`, watched: says at the end how long its event loop was blocked at most, and what it imported."""

import functools
import sys

import trio

from appliance.cli.main import main
from tests.bench.steps import StepTimer

STEP = "longest step"
MODULES = "modules"


def run_watched() -> None:
    """Runs the command given on the command line."""
    timer = StepTimer()
    trio.run = functools.partial(trio.run, instruments=[timer])  # type: ignore[assignment]  # the same with a watch
    try:
        main(standalone_mode=False)
    finally:
        sys.stderr.write(f"{STEP} {timer.longest:.6f} {timer.task}\n{MODULES} {' '.join(_imported())}\n")


def _imported() -> list[str]:
    """Modules by the names under which they can be imported; parents come before their children."""
    specs = {name: getattr(module, "__spec__", None) for name, module in sys.modules.items()}
    return [name for name, spec in specs.items() if spec is not None and spec.name == name]


if __name__ == "__main__":
    run_watched()
