"""The fuzz targets themselves work, whether or not a fuzzer is there."""

import pytest

from tests.fuzz import decode
from tests.fuzz.decode import one_frame
from tests.fuzz.seeds import seeds


def test_it_begins_with_every_printed_example_and_stands_cut_ones() -> None:
    frames = list(seeds())
    assert len(frames) > 122
    for frame in frames:
        one_frame(frame)
        one_frame(frame[: len(frame) // 2])
        one_frame(frame.replace(b'"', b"\xff", 3))


def test_another_exception_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_frame: bytes) -> None:
        raise KeyError

    monkeypatch.setattr(decode, "decode", broken)
    with pytest.raises(KeyError):
        one_frame(b"{}")
