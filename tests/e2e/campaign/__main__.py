"""Plays one seed, or one script, and says what went wrong; see the package."""

import sys

import msgspec
import structlog

from tests.e2e.campaign.play import play
from tests.e2e.campaign.report import report
from tests.e2e.campaign.script import Script, random_script


def main(what: str, by: str = "0") -> int:
    """Plays `what`, a seed, or a script as JSON with the terminal and the chance of a seed; returns the exit code."""
    structlog.configure(
        processors=[structlog.processors.LogfmtRenderer()], logger_factory=structlog.ReturnLoggerFactory()
    )
    seed = int(what) if what.isdecimal() else int(by)
    script = random_script(seed) if what.isdecimal() else msgspec.json.decode(what, type=Script)
    failure = play(script, seed)
    print("nothing went wrong" if failure is None else report(script, seed, failure))  # noqa: T201  # a command
    return 0 if failure is None else 1


sys.exit(main(*sys.argv[1:]))
