"""The id by which others know a machine: a keyed hash, so that systemd's own stays on it."""

from pathlib import Path

import pytest

from appliance.runtime.machine import LENGTH, machine_id

WITHIN = "0123456789abcdef0123456789abcdef"
KNOWN = "7e14b5d4f45c7c9dfefd"  # printf offhook | openssl dgst -sha256 -hmac WITHIN


def machine(root: Path, told: str | bytes) -> Path:
    (root / "etc").mkdir()
    (root / "etc/machine-id").write_bytes(told if isinstance(told, bytes) else told.encode())
    return root


def test_it_is_the_same_for_ever(tmp_path: Path) -> None:
    """A box whose id changes is another box: to its broker, its inventory and Home Assistant."""
    assert machine_id(machine(tmp_path, f"{WITHIN}\n")) == KNOWN
    assert len(KNOWN) == LENGTH


@pytest.mark.parametrize("told", ["", "uninitialized\n", WITHIN[:-1], b"\xff"])
def test_a_machine_without_one(tmp_path: Path, told: str | bytes) -> None:
    assert machine_id(machine(tmp_path, told)) is None


def test_a_machine_without_the_file(tmp_path: Path) -> None:
    assert machine_id(tmp_path) is None
