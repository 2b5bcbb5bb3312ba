"""The clock before any time server is known: no earlier than what was put on the card."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "image/card/root/usr/lib/card/clock-floor"
DAY = 86400


@pytest.mark.parametrize(
    ("now", "files", "sets"),
    [
        (1_700_000_000, {"room.toml": 1_700_000_000}, None),
        (1_700_000_000, {"room.toml": 1_700_000_000 + DAY}, None),
        (1_700_000_000, {"room.toml": 1_700_000_001 + DAY}, 1_700_000_001),
        (1_700_000_000, {"room.toml": 1_600_000_000, "radius-ca.pem": 1_800_000_000}, 1_800_000_000 - DAY),
        (1_700_000_000, {}, None),
    ],
)
def test_it_is_set_forward_only(tmp_path: Path, now: int, files: dict[str, int], sets: int | None) -> None:
    for name, written in files.items():
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (written, written))
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    (bin_folder / "date").write_text(
        f'#!/bin/sh\n[ "$1" != -s ] || echo "$2" >{tmp_path}/set\n[ "$1" = -s ] || echo {now}\n'
    )
    (bin_folder / "date").chmod(0o755)
    subprocess.run(["/bin/sh", SCRIPT, tmp_path], env={"PATH": f"{bin_folder}:/usr/bin:/bin"}, timeout=10, check=True)
    said = (tmp_path / "set").read_text() if (tmp_path / "set").exists() else None
    assert said == (None if sets is None else f"@{sets}\n")
