"""Fuzzes targets, and prints one line about each; see the package. Ends with 1 where something was found."""

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import structlog

from tests.fuzz.corpus import KEPT, MADE, beginning
from tests.fuzz.plain import Found, fuzz
from tests.fuzz.targets import SHORT, Target, target_of

LONGEST = 30  # seconds for one input: more is a hang
MEMORY = 2048  # MiB
QUICK = Path("/dev/shm")  # noqa: S108  # a folder in memory, where Linux has one
_STATISTIC = re.compile(r"^(?:stat::(?P<name>\w+):\s+|#\d+\s+DONE\s+cov: )(?P<value>\d+)", re.MULTILINE)


def main() -> int:
    """Returns the exit code."""
    asked = _arguments().parse_args()
    if os.access(QUICK, os.W_OK):  # a card is written for each input, and a disk would take half of the time
        os.environ["TMPDIR"] = str(QUICK)
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    if asked.again:
        target_of(asked.target).take(asked.again.read_bytes())
        print("nothing went wrong")  # noqa: T201  # a command
        return 0
    guided = asked.engine == "guided" or (asked.engine == "auto" and importlib.util.find_spec("atheris") is not None)
    fine = True
    for target in map(target_of, SHORT if asked.target == "all" else (asked.target,)):
        line, found = (_guided if guided else _plain)(target, asked.inputs, asked.seed)
        print(f"{target.name:12} {line}", flush=True)  # noqa: T201  # a command
        fine &= not found
        if guided and asked.keep:
            _keep(target)
    return 0 if fine else 1


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("target", nargs="?", default="all", choices=["all", *SHORT])
    parser.add_argument("--inputs", type=int, default=100_000, help="for each target (100000)")
    parser.add_argument("--engine", choices=["auto", "guided", "plain"], default="auto", help="guided needs atheris")
    parser.add_argument("--seed", type=int, default=1, help="another one makes other inputs")
    parser.add_argument("--keep", action="store_true", help="add what reached something new to tests/fuzz/corpus")
    parser.add_argument("--again", type=Path, metavar="FILE", help="take this one input, and nothing else")
    return parser


def _plain(target: Target, inputs: int, seed: int) -> tuple[str, bool]:
    try:
        run = fuzz(target, inputs, seed)
    except Found as found:
        return str(found), True
    return (
        f"{run.inputs:>11,} inputs {run.seconds:>7.0f} s {run.inputs / run.seconds:>7,.0f}/s  plain, found nothing",
        False,
    )


def _guided(target: Target, inputs: int, seed: int) -> tuple[str, bool]:
    folder = MADE / target.name
    begun = time.monotonic()
    code, said = _libfuzzer(target, _options(target, inputs, seed), *_folders(target))
    seconds = time.monotonic() - begun
    (folder / "log").write_text(said)
    numbers = {each["name"] or "edges": int(each["value"]) for each in _STATISTIC.finditer(said)}
    done = numbers.get("number_of_executed_units", 0)
    corpus = len(list((folder / "corpus").iterdir()))
    about = f"{numbers.get('edges', 0)} edges, corpus of {corpus}"
    result = f"found something: {folder}/log and {folder}/found" if code else "found nothing"
    return f"{done:>11,} inputs {seconds:>7.0f} s {done / seconds:>7,.0f}/s  {about}, {result}", bool(code)


def _folders(target: Target) -> tuple[Path, Path]:
    """The corpus that grows, with the seeds in it, and that of the repository."""
    folder = MADE / target.name
    for name in ("corpus", "found"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(beginning(target)):
        (folder / "corpus" / f"seed-{number}").write_bytes(seed)
    (KEPT / target.name).mkdir(parents=True, exist_ok=True)
    return folder / "corpus", KEPT / target.name


def _options(target: Target, inputs: int, seed: int) -> Iterator[str]:
    words = MADE / target.name / "words"
    words.parent.mkdir(parents=True, exist_ok=True)
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.words))
    yield from (f"-runs={inputs}", f"-seed={seed}", f"-dict={words}", "-print_final_stats=1", "-verbosity=1")
    yield from (f"-artifact_prefix={MADE / target.name}/found/", f"-timeout={LONGEST}", f"-rss_limit_mb={MEMORY}")


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


def _keep(target: Target) -> None:
    """Adds the smallest files that reach what the repository's do not."""
    grown, here = _folders(target)
    _libfuzzer(target, ("-merge=1",), here, grown)


def _libfuzzer(target: Target, options: Iterator[str] | tuple[str, ...], *folders: Path) -> tuple[int, str]:
    command = (sys.executable, "-m", "tests.fuzz.guided", target.name, *options, *map(str, folders))
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
    return done.returncode, done.stderr


if __name__ == "__main__":
    sys.exit(main())
