"""What measurements mean."""

import pytest

from appliance.cli.hardware_test.figures import percentile
from appliance.cli.hardware_test.step import Figure, failed, judged, skipped, with_unit
from appliance.language.text import Text

LATENCY = Text("hwtest.latency_p99")


@pytest.mark.parametrize(
    ("value", "least", "most", "outcome"),
    [(5.0, None, 5.0, "passed"), (5.1, None, 5.0, "failed"), (4.9, 5.0, None, "failed"), (5.0, 5.0, None, "passed")],
)
def test_a_limit_belongs_to_what_is_expected(
    value: float, least: float | None, most: float | None, outcome: str
) -> None:
    assert judged([Figure(LATENCY, value, "ms", least=least, most=most)]).outcome == outcome


def test_a_failure_names_what_was_not_as_expected_and_nothing_else() -> None:
    slow, fine = Figure(LATENCY, 31.25, "ms", "GPIO16", most=20), Figure(Text("hwtest.presses"), 5, least=5, most=5)
    finding = judged([slow, fine, Figure(Text("hwtest.releases"), 3, least=5)])
    _, _, named = str(finding.why).partition(": ")
    assert named == "Edge → driver, 99 of 100 (GPIO16): 31.25 ms (≤ 20), Releases seen: 3 (≥ 5)"


def test_what_is_only_told_is_never_wrong() -> None:
    assert judged([Figure(Text("hwtest.model"), "Raspberry Pi 4"), Figure(LATENCY, 1e9, "ms")]).outcome == "passed"


def test_nothing_passes_by_being_skipped() -> None:
    assert skipped(Text("hwtest.no_wifi")).outcome == "skipped"
    assert failed(Text("hwtest.no_frame")).outcome == "failed"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(0.123456, "ms", "0.1235 ms"), (5, "", "5"), (123456.7, "MiB", "123457 MiB"), ("rw", "", "rw"), (0, "", "0")],
)
def test_values_are_said_as_people_write_them(value: float | str, unit: str, said: str) -> None:
    assert with_unit(value, unit) == said


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (99, 99), (100, 100), (0, 1)])
def test_a_percentile_is_a_value_that_was_measured(percent: float, value: int) -> None:
    assert percentile(list(range(100, 0, -1)), percent) == value


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)
