import json
from pathlib import Path

from tests.bench.figures import Figure, Limit, Ratio, figure, markdown, percentile, table, write

FIGURES = [Figure("over", 14.0, 90.0, "us", 300), Figure("floor", 10.0, 30.0, "us", 300)]


def test_percentiles_are_samples_that_were_taken() -> None:
    samples = [float(number) for number in range(100, 0, -1)]
    assert (percentile(samples, 0.5), percentile(samples, 0.99)) == (50, 99)
    assert percentile([7.0], 0.5) == percentile([7.0], 0.99) == 7


def test_units_follow_from_the_name() -> None:
    assert figure("edge_to_frame", [0.0001, 0.0002, 0.0003]) == Figure("edge_to_frame", 200, 300, "us", 3)
    assert figure("start_to_ready", [0.25]) == Figure("start_to_ready", 250, 250, "ms", 1)
    assert figure("wakeups_idle", [1.5]) == Figure("wakeups_idle", 1.5, 1.5, "/s", 1)
    assert figure("count_bytes", [253.0]) == Figure("count_bytes", 253, 253, "", 1)
    assert figure("import_floor_rss", [48.5]) == Figure("import_floor_rss", 48.5, 48.5, "MiB", 1)


def test_table_says_whether_an_aim_is_met_by_the_medians() -> None:
    lines = list(table(FIGURES, [Ratio("met", "over", "floor"), Ratio("missed", "over", "floor", aim=1.2)]))
    assert lines[-2].split() == ["met", "1.40", "3.00", "<=", "1.5", "met"]
    assert lines[-1].split() == ["missed", "1.40", "3.00", "<=", "1.2", "NOT", "met"]


def test_ratio_without_an_aim_has_no_verdict() -> None:
    assert list(table(FIGURES, [Ratio("told", "over", "floor", aim=None)]))[-1].split() == ["told", "1.40", "3.00"]


def test_limit_is_kept_by_the_median_or_by_nearly_all_samples() -> None:
    lines = list(table(FIGURES, [], [Limit("half", "over", 20), Limit("nearly all", "over", 20, always=True)]))
    assert lines[-2].split() == ["half", "14.00", "90.00", "<=", "20", "us", "met"]
    assert lines[-1].split() == ["nearly", "all", "14.00", "90.00", "<=", "20", "us", "NOT", "met"]


def test_ratio_to_nothing_is_no_error() -> None:
    nothing = Figure("floor", 0.0, 0.0, "us", 1)
    assert "inf" in list(table([FIGURES[0], nothing], [Ratio("told", "over", "floor")]))[-1]


def test_figures_are_written_as_a_list(tmp_path: Path) -> None:
    write(tmp_path / "build" / "bench.json", FIGURES)
    written = json.loads((tmp_path / "build" / "bench.json").read_text())
    assert written[0] == {"name": "over", "p50": 14.0, "p99": 90.0, "unit": "us", "n": 300}


def test_page_has_the_same_figures_and_verdicts() -> None:
    ratios = [Ratio("a   over the floor", "over", "floor", aim=1.2), Ratio("b   told", "over", "floor", aim=None)]
    lines = list(markdown(FIGURES, ratios, [Limit("c   by itself", "over", 20)]))
    assert "| `over` | 14 µs | 90 µs | 300 |" in lines
    assert lines[-3:] == [
        "| a | over the floor | 1.40 | 3.00 | 1.2 | **not met** |",
        "| b | told | 1.40 | 3.00 |  |  |",
        "| c | by itself | 14 µs | 90 µs | 20 µs | met |",
    ]


def test_what_is_not_installed_is_in_no_table() -> None:
    ratios = [Ratio("told", "over", "missing"), Ratio("told", "missing", "floor")]
    assert not any("told" in line for line in (*table(FIGURES, ratios), *markdown(FIGURES, ratios)))
