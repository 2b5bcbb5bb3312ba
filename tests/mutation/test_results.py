"""What is kept of a run, and what the score says; running mutants needs mutmut, which the tests do not."""

from pathlib import Path

import pytest

from tests.mutation.parts import PARTS
from tests.mutation.results import Asked, Result, Score, note, results_in, score_of, uncertainty

ROOT = Path(__file__).parents[2]


def test_of_a_mutant_that_was_tried_again_the_last_result_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert results_in(tmp_path) == {}
    for name, result in (("a", Result.NOT_SEEN), ("b", Result.TOO_LONG), ("a", Result.SEEN)):
        note(name, result)
    assert results_in(tmp_path) == {"a": Result.SEEN, "b": Result.TOO_LONG}


def test_a_session_is_asked_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked = Asked("wire", ["a 1", "b 2"], at_once=3)
    asked.write(tmp_path)
    assert Asked.read() == asked


def test_a_mutant_that_runs_for_ever_is_seen() -> None:
    score = score_of([Result.SEEN, Result.TOO_LONG, Result.NOT_SEEN, Result.NOT_REACHED])
    assert score == Score(seen=2, not_seen=1, not_reached=1)
    assert str(score) == "4 tried, 2 seen, 1 not seen, 1 not reached: 50 %, 67 % of those reached"


@pytest.mark.parametrize(
    ("score", "low", "high"),
    [
        (Score(90, 5, 5), 0.826, 0.945),  # of a hundred
        (Score(900, 50, 50), 0.880, 0.917),  # of a thousand
        (Score(10, 0, 0), 0.722, 1.0),
    ],
)
def test_a_larger_sample_is_surer(score: Score, low: float, high: float) -> None:
    assert uncertainty(score) == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_names_files_and_tests_that_are_there(name: str) -> None:
    part = PARTS[name]
    assert all(any(ROOT.glob(pattern)) for pattern in part.mutated)
    assert [test for test in part.tests if not (ROOT / test).exists()] == []
