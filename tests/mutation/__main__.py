"""Tries the mutants of a part, or some of them, and prints a line about each module and one about all; see the package.

What no test saw is left in `build/mutation/PART/survivors.diff`.
"""

import argparse
import random
import subprocess
import sys
from itertools import groupby
from pathlib import Path

from tests.mutation.copy import Mutant, copied
from tests.mutation.parts import PARTS
from tests.mutation.results import Asked, Result, results_in, score_of, uncertainty

_FINE = {Result.SEEN, Result.TOO_LONG}


def main() -> int:
    """Returns the exit code: 0 where the mutants were tried, whatever came of it."""
    asked = _arguments().parse_args()
    folder, every = copied(asked.part)
    chosen = sorted(_chosen(every, asked), key=lambda one: one.name)
    code = 0 if asked.report else _tried(folder, chosen, asked)
    _report(folder, chosen)
    tried = _results(folder, chosen)
    if asked.sample and tried:
        low, high = uncertainty(score_of(tried.values()))
        print(f"a sample of {len(tried)} of {len(every)}, seed {asked.seed}: {low:.0%} to {high:.0%} of all")  # noqa: T201  # a command
    return code


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="N mutants, by chance, instead of all")
    parser.add_argument("--seed", type=int, default=1, help="another one makes another sample (1)")
    parser.add_argument("--only", default="", metavar="WORD", help="mutants whose names have this in them")
    parser.add_argument("--at-once", type=int, default=2, metavar="N", help="processes (2)")
    parser.add_argument("--report", action="store_true", help="try nothing: what is known already")
    return parser


def _chosen(every: list[Mutant], asked: argparse.Namespace) -> list[Mutant]:
    """Returns the mutants that are asked for; a larger sample of the same seed has the smaller one in it."""
    some = [one for one in every if asked.only in one.name]
    return random.Random(asked.seed).sample(some, len(some))[: asked.sample] if asked.sample else some


def _tried(folder: Path, mutants: list[Mutant], asked: argparse.Namespace) -> int:
    known = results_in(folder)
    due = [one.key for one in mutants if known.get(one.key) not in _FINE]
    if not due:
        return 0
    Asked(asked.part, due, asked.at_once).write(folder)
    session = (sys.executable, "-m", "tests.mutation.session")
    return subprocess.run(session, cwd=folder, stdout=subprocess.DEVNULL).returncode


def _results(folder: Path, mutants: list[Mutant]) -> dict[Mutant, Result]:
    known = results_in(folder)
    return {one: known[one.key] for one in mutants if one.key in known}


def _report(folder: Path, mutants: list[Mutant]) -> None:
    results = _results(folder, mutants)
    for module, ours in groupby(results, key=lambda one: one.module):
        print(f"{module:45} {score_of(results[one] for one in ours)}")  # noqa: T201  # a command
    print(f"{'all':45} {score_of(results.values())}")  # noqa: T201  # as above
    left = [(one, result) for one, result in results.items() if result not in _FINE]
    (folder / "survivors.diff").write_text("".join(f"# {one.name}: {how}\n{one.difference}\n" for one, how in left))


if __name__ == "__main__":
    sys.exit(main())
