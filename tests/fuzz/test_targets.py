"""Each target takes its corpus, and some thousand inputs made from it; what is broken would be seen."""

from pathlib import Path

import msgspec
import pytest

from tests.fuzz.corpus import kept
from tests.fuzz.plain import Found, fuzz
from tests.fuzz.targets import SHORT, target_of


@pytest.mark.parametrize("name", SHORT)
def test_what_is_in_the_corpus_fails_no_more(name: str) -> None:
    target = target_of(name)
    for path in kept(target):
        target.take(path.read_bytes())


@pytest.mark.slow
# mqtt5 tells of a broker's text that is no UTF-8 where nobody can catch it, and goes on
@pytest.mark.filterwarnings("ignore:Exception ignored in. None:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", SHORT)
def test_whatever_comes_nothing_but_documented_errors_come_of_it(name: str, tmp_path: Path) -> None:
    assert fuzz(target_of(name), SHORT[name], seed=1, made=tmp_path).inputs > SHORT[name]


def test_a_failure_is_found_and_its_input_is_kept(tmp_path: Path) -> None:
    def broken(data: bytes) -> None:
        if b"\xff" in data:
            raise KeyError

    target = msgspec.structs.replace(target_of("frames"), take=broken)
    with pytest.raises(Found) as caught:
        fuzz(target, 1000, seed=1, made=tmp_path)
    assert b"\xff" in caught.value.path.read_bytes()
    assert caught.value.path.parent == tmp_path / "frames" / "found"
    assert isinstance(caught.value.__cause__, KeyError)


def test_the_same_seed_makes_the_same_inputs(tmp_path: Path) -> None:
    def run(seed: int) -> list[bytes]:
        taken: list[bytes] = []
        fuzz(msgspec.structs.replace(target_of("visca"), take=taken.append), 200, seed, tmp_path)
        return taken

    assert run(1) == run(1) != run(2)
