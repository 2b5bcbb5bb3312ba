"""`python -m tests.bench`: measures how fast each part is, everything beside its floor, in one run."""

import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from appliance.runtime import logs
from tests.bench import (
    figures,
    group_api,
    group_appliance,
    group_display,
    group_growth,
    group_interface,
    group_maintenance,
    group_mqtt,
    group_panels,
    group_share,
    group_simulator,
    group_visca,
)
from tests.bench.bounds import bound, bounded
from tests.bench.compiled import compile_all
from tests.bench.figures import Samples
from tests.bench.processes import ROOT
from tests.bench.size import Size

GROUPS = {
    "interface": group_interface,
    "simulator": group_simulator,
    "visca": group_visca,
    "appliance": group_appliance,
    "display": group_display,
    "growth": group_growth,
    "share": group_share,
    "panels": group_panels,
    "mqtt": group_mqtt,
    "api": group_api,
    "maintenance": group_maintenance,
}


class Chosen(click.ParamType[list[str]]):
    """Names of groups with commas between."""

    name = "groups"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[str]:  # as click has it
        """The names."""
        names = value if isinstance(value, list) else value.split(",")
        if unknown := set(names) - set(GROUPS):
            self.fail(f"{', '.join(sorted(unknown))}: expected some of {', '.join(GROUPS)}", param, ctx)
        return names


@click.command()
@click.option("--rounds", default=250, show_default=True, help="Samples of each reaction.")
@click.option("--starts", default=15, show_default=True, help="Samples of each start.")
@click.option("--weighings", default=5, show_default=True, help="Samples of each memory, and of the longest steps.")
@click.option("--idle", default=3.0, show_default=True, help="Seconds before memory is looked at.")
@click.option("--rooms", default=100, show_default=True, type=click.IntRange(4), help="Simulated rooms at once.")
@click.option("--drive", default=10.0, show_default=True, help="Seconds for which a camera is driven.")
@click.option("--only", type=Chosen(), default=",".join(GROUPS), show_default=True, help="Groups to be measured.")
@click.option("--out", default=ROOT / "build" / "bench.json", type=click.Path(path_type=Path), help="Where figures go.")
def bench(only: list[str], out: Path, **given: float) -> None:
    """Measures, writes the figures and prints them. An aim that is missed is told; it is no failure.

    A group that hangs is one: then this says where, and ends with 3 (`tests.bench.bounds`).

    Beside OUT stands the same as tables for a page, OUT with the ending `.md`.
    """
    logs.configure("error")
    size = msgspec.convert(given, Size)
    chosen = [name for name in GROUPS if name in only]
    groups = [GROUPS[name] for name in chosen]
    samples: Samples = {}
    notes: list[str] = []
    before = machine()
    click.echo(before)
    compile_all(ROOT)
    for name in chosen:
        with bounded(name, bound(size)):
            GROUPS[name].measure(size, samples, notes)
    taken = [figures.figure(name, values) for name, values in sorted(samples.items())]
    figures.write(out, taken)
    ratios = [ratio for group in groups for ratio in group.RATIOS]
    limits = [limit for group in groups for limit in group.LIMITS]
    page = [before, machine(), *(f"- {note}" for note in notes), "", *figures.markdown(taken, ratios, limits)]
    figures.write_page(out.with_suffix(".md"), page)
    for line in ("", *figures.table(taken, ratios, limits), *notes, machine()):
        click.echo(line)


def machine() -> str:
    """What the figures were taken on."""
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    python = f"Python {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {system}, {python}, load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(bench())
