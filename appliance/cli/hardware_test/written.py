"""The report as Markdown that a person reads, in the report's language."""

from collections.abc import Iterator
from typing import Final

from appliance.cli.hardware_test.report import About, Measured, Report, Result
from appliance.cli.hardware_test.step import Outcome, with_unit
from appliance.language.catalogue import Language
from appliance.language.text import Text

OUTCOMES: Final[dict[Outcome, Text]] = {
    "passed": Text("hwtest.passed"),
    "failed": Text("hwtest.failed"),
    "skipped": Text("hwtest.skipped"),
}


def markdown(report: Report, language: Language) -> str:
    """Returns the whole report."""
    return "\n".join(_lines(report, language)) + "\n"


def summary(report: Report, language: Language) -> str:
    """Returns how many steps passed, failed and were skipped, in one line."""
    counts = {outcome: sum(each.outcome == outcome for each in report.results) for outcome in OUTCOMES}
    return ", ".join(f"{language.say(OUTCOMES[outcome])}: {count}" for outcome, count in counts.items())


def _lines(report: Report, language: Language) -> Iterator[str]:
    yield from (f"# {language.say(Text('hwtest.heading'))}", "", summary(report, language), "")
    if not report.complete:
        yield from (language.say(Text("hwtest.incomplete")), "")
    yield from _about(report, language)
    for result in report.results:
        yield from _result(result, language)


def _about(report: Report, language: Language) -> Iterator[str]:
    labels = {
        "board": Text("hwtest.about_board"),
        "kernel": Text("hwtest.about_kernel"),
        "architecture": Text("hwtest.about_architecture"),
        "system": Text("hwtest.about_system"),
        "offhook": Text("hwtest.about_offhook"),
        "python": Text("hwtest.about_python"),
    }
    yield from ("|  |  |", "|---|---|", _row(language.say(Text("hwtest.began")), f"{report.began} UTC"))
    for name in About.__struct_fields__:
        yield _row(language.say(labels[name]), getattr(report.machine, name) or language.say(Text("unknown")))


def _result(result: Result, language: Language) -> Iterator[str]:
    outcome = language.say(OUTCOMES[result.outcome])
    yield from ("", f"## {result.name}: {outcome}", "", f"{result.title} ({result.seconds:g} s)")
    if result.why:
        yield from ("", result.why)
    if result.figures:
        heads = (Text("hwtest.measured"), Text("hwtest.value"), Text("hwtest.expected"))
        yield from ("", _row(*map(language.say, heads)), "|---|---|---|")
        yield from (_figure(figure) for figure in result.figures)


def _figure(figure: Measured) -> str:
    label = f"{figure.label} ({figure.of})" if figure.of else figure.label
    return _row(label, with_unit(figure.value, figure.unit), _limits(figure))


def _limits(figure: Measured) -> str:
    if figure.least is not None and figure.least == figure.most:
        return f"= {figure.least:g}"
    limits = (("≥", figure.least), ("≤", figure.most))
    return ", ".join(f"{sign} {limit:g}" for sign, limit in limits if limit is not None)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
