"""The report as machines and people read it."""

import os
from pathlib import Path

import msgspec
import pytest

from appliance.cli.hardware_test.report import About, Report, encoded, result
from appliance.cli.hardware_test.step import Figure, Finding, failed, judged, skipped
from appliance.cli.hardware_test.steps.box import heat, memory
from appliance.cli.hardware_test.steps.devices import edges, serial_loop
from appliance.cli.hardware_test.steps.network import wifi
from appliance.cli.hardware_test.written import markdown, summary
from appliance.language.codes import Code
from appliance.language.languages import language
from appliance.language.text import Text
from drivers.gpio.debounce import Kind

SNAPSHOTS = Path(__file__).parent.parent.parent / "data"
REWRITE = "OFFHOOK_REWRITE_REPORT"
ABOUT = About("Raspberry Pi 4 Model B Rev 1.4", "6.12.48+deb13-arm64", "aarch64", "Debian GNU/Linux 13 (trixie)", "1.0")


def whole(code: Code) -> Report:
    """A report with every outcome in it."""
    said = language(code)
    loops = {"/dev/serial0": [serial_loop.Loop(9600, 480, 480, 0.51), serial_loop.Loop(19200, 960, 958, 0.52)]}
    findings = [
        (memory.STEP, memory.finding("MemTotal: 425984 kB\nMemAvailable: 131072 kB\n")),
        (heat.STEP, heat.finding(45.3, 81.9, 88.0, None)),
        (edges.STEP, edges.finding([0.00031] * edges.EDGES, [Kind.PRESSED, Kind.RELEASED] * edges.STORMS)),
        (serial_loop.STEP, serial_loop.finding(loops)),
        (wifi.STEP, skipped(Text("hwtest.no_wifi"))),
    ]
    results = [result(step, finding, 1.25, said) for step, finding in findings]
    return Report(code, "2026-01-31 09:30", ABOUT, results, complete=True)


@pytest.mark.parametrize("code", ["en", "ru"])
def test_the_report_is_as_somebody_has_read_it_and_found_it_right(code: Code) -> None:
    """`OFFHOOK_REWRITE_REPORT=1` writes it anew: read every change as somebody who has only the report would."""
    path = SNAPSHOTS / f"hardware-test.{code}.md"
    text = markdown(whole(code), language(code))
    if REWRITE in os.environ:
        path.write_text(text)
    assert text == path.read_text()


def test_machines_get_every_figure_with_its_limits() -> None:
    report = msgspec.json.decode(encoded(whole("en")), type=Report)
    assert report == whole("en")
    assert report.failed == ["heat", "serial"]
    temperature = report.results[1].figures[1]
    assert (temperature.name, temperature.value, temperature.unit, temperature.most) == (
        "temperature_load",
        81.9,
        "°C",
        80.0,
    )


def test_the_summary_counts() -> None:
    assert summary(whole("en"), language("en")) == "passed: 2, failed: 2, skipped: 1"


def test_a_value_cannot_break_the_table() -> None:
    figure = Figure(Text("hwtest.model"), "a | b")
    report = Report("en", "", ABOUT, [result(memory.STEP, Finding("passed", [figure]), 0, language("en"))])
    assert "| Model | a / b |  |" in markdown(report, language("en"))


def test_an_early_end_is_said() -> None:
    report = Report("en", "", ABOUT, [result(memory.STEP, failed(Text("hwtest.no_frame")), 0, language("en"))])
    assert "not complete" in markdown(report, language("en"))
    report.complete = True
    assert "not complete" not in markdown(report, language("en"))
    assert judged([]).outcome == "passed"


def test_the_documentation_shows_a_part_of_the_report() -> None:
    page = (SNAPSHOTS.parent.parent / "docs" / "hardware-bench.md").read_text()
    shown = page.partition("<!-- report:")[2].partition("```\n")[2].partition("```")[0]
    assert shown.startswith("## edges")
    assert shown.strip() in (SNAPSHOTS / "hardware-test.en.md").read_text()
