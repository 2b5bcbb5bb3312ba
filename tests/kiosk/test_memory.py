"""What the kiosk remembers."""

from pathlib import Path

import pytest

from appliance.kiosk.memory import NAME, Memory
from appliance.kiosk.told import Settings

DOOR = Settings("/panel/door", 270, "pl", "Neptune")


def test_it_is_kept(tmp_path: Path) -> None:
    Memory(tmp_path).keep(DOOR)
    assert Memory(tmp_path).settings == DOOR


def test_without_a_folder_it_is_kept_as_long_as_the_process_lives() -> None:
    memory = Memory(None)
    memory.keep(DOOR)
    assert memory.settings == DOOR


@pytest.mark.parametrize("content", [b"", b"no JSON", b'{"rotate": "left"}', b"\xff\xfe"])
def test_what_cannot_be_read_is_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert Memory(tmp_path).settings == Settings()


def test_a_folder_that_cannot_be_written_costs_nothing_else(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "missing")
    memory.keep(DOOR)
    assert memory.settings == DOOR
