import os
from pathlib import Path

import pytest

from drivers.permissions import in_the_way, refused


def test_a_device_that_may_be_used_has_nothing_in_the_way() -> None:
    assert in_the_way("/dev/null") == ""


def test_a_device_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert in_the_way(tmp_path / "ttyUSB0") == f"there is no {tmp_path}/ttyUSB0"
    assert refused(tmp_path / "ttyUSB0") == f"no permission to open {tmp_path}/ttyUSB0"


def test_a_device_that_refuses_us_names_its_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.R_OK | os.W_OK)  # tests may run as root
    assert in_the_way("/dev/null").startswith("no permission to open /dev/null: it belongs to group ")
