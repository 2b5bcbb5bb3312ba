"""The report: which machine, what was tried, what was measured and what came of it. No I/O.

It names no person, no network and no number of a device, so that it can be sent to anybody.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from appliance.cli.hardware_test.step import Figure, Finding, Outcome, Step
from appliance.language.catalogue import Language

VERSION: Final = 1


class About(msgspec.Struct, frozen=True):
    """The machine: board and kernel as they call themselves, versions of what matters. Empty for what is not known."""

    board: str = ""
    kernel: str = ""
    architecture: str = ""
    system: str = ""
    offhook: str = ""
    python: str = ""


class Measured(msgspec.Struct, frozen=True, omit_defaults=True):
    """A figure of the report: `Figure` with its label in the report's language."""

    name: str
    label: str
    value: float | str
    unit: str = ""
    of: str = ""
    least: float | None = None
    most: float | None = None


class Result(msgspec.Struct, frozen=True):
    """A step of the report; `seconds`: how long it took."""

    name: str
    title: str
    outcome: Outcome
    why: str
    seconds: float
    figures: Sequence[Measured]


class Report(msgspec.Struct):
    """A whole report. `began`: UTC, as the machine's clock had it. `complete`: every chosen step is in it."""

    language: str
    began: str
    machine: About
    results: list[Result] = []
    complete: bool = False
    offhook_hardware_test: int = VERSION

    @property
    def failed(self) -> list[str]:
        """The names of the steps that failed."""
        return [result.name for result in self.results if result.outcome == "failed"]


def result(step: Step, finding: Finding, seconds: float, language: Language) -> Result:
    """Returns what the report says of a step."""
    figures = [_measured(figure, language) for figure in finding.figures]
    why = language.say(finding.why)
    return Result(step.name, language.say(step.title), finding.outcome, why, round(seconds, 1), figures)


def encoded(report: Report) -> bytes:
    """Returns the report for machines, as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1) + b"\n"


def _measured(figure: Figure, language: Language) -> Measured:
    label = language.say(figure.what)
    value = round(figure.value, 3) if isinstance(figure.value, float) else figure.value
    return Measured(figure.name, label, value, figure.unit, figure.of, figure.least, figure.most)
