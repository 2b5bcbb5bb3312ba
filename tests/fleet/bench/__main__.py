"""Measures, prints a table, and writes it to build/fleet-bench/table.md."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import trio

from tests.fleet.bench.measured import Figures, measured
from tests.fleet.bench.place import Place, broker, certificates

BUILD = Path("build") / "fleet-bench"
KINDS = {"ours": "offhook", "paho_rooms": "paho"}


def main() -> None:
    """Measures both kinds of client without and with certificates."""
    given = _arguments()
    found: dict[tuple[str, bool], Figures] = {}
    for secure in (False, True):
        folder = (BUILD / "certificates").resolve() if secure else None
        if folder is not None:
            certificates(folder)
        for kind, name in KINDS.items():
            sys.stderr.write(f"{name}, {'mutual TLS' if secure else 'plain'} …\n")
            found[kind, secure] = _measured(kind, folder, given)
    table = "\n".join(_table(found, given))
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / "table.md").write_text(f"{table}\n")
    sys.stdout.write(f"{table}\n")


def _measured(kind: str, folder: Path | None, given: argparse.Namespace) -> Figures:
    with tempfile.TemporaryDirectory() as work, broker(Path(work), folder) as running:
        place = Place(running.port, folder, given.spread)
        return trio.run(measured, kind, place, running, given.rooms, given.seconds)


def _table(found: dict[tuple[str, bool], Figures], given: argparse.Namespace) -> list[str]:
    load = os.getloadavg()
    lines = [
        f"{given.rooms} rooms, spread over {given.spread:g} s, load {load[1]:.1f} (5 minutes), {os.cpu_count()} cores",
        "",
        "| figure (ms unless it says otherwise) | plain | paho | ratio | mutual TLS | paho | ratio |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name in found["ours", False]:
        cells = [name]
        for secure in (False, True):
            ours, floor = found["ours", secure][name], found["paho_rooms", secure][name]
            cells += [_number(ours), _number(floor), f"{ours / floor:.2f}" if floor else ""]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=20, help="for which each room says one part of itself a second")
    parser.add_argument("--spread", type=float, default=25.0, help="seconds over which rooms connect")
    return parser.parse_args()


if __name__ == "__main__":
    main()
