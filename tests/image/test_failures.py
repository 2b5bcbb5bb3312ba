"""The last failures are kept on the card, and not more of them than it bears."""

import os
import time
from pathlib import Path

import pytest

from tests.image.recipe import CARD, TOOLS, run

KEEP = CARD / "usr/lib/card/keep-failure"


@pytest.fixture
def journal(tmp_path: Path) -> str:
    """A PATH on which journalctl tells one line."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "journalctl").write_text("#!/bin/sh\necho what led to it\n")
    (tools / "journalctl").chmod(0o755)
    return f"{tools}{os.pathsep}{TOOLS}"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    folder = tmp_path / "failures"
    folder.mkdir()
    return folder


def keep(journal: str, kept: Path, result: str) -> None:
    run("sh", str(KEEP), str(kept), PATH=journal, SERVICE_RESULT=result, EXIT_CODE="killed", EXIT_STATUS="KILL")


def test_a_failure_is_kept_with_what_led_to_it(journal: str, kept: Path) -> None:
    keep(journal, kept, "watchdog")
    (file,) = kept.iterdir()
    assert file.read_text() == "offhook ended: watchdog killed KILL\nwhat led to it\n"


def test_a_good_end_is_no_failure(journal: str, kept: Path) -> None:
    keep(journal, kept, "success")
    assert not list(kept.iterdir())


def test_of_a_series_the_first_is_kept(journal: str, kept: Path) -> None:
    first = kept / "20260101T000000Z.txt"
    first.write_text("the first")
    now = time.time()
    os.utime(first, (now - 120, now - 120))
    keep(journal, kept, "exit-code")
    assert [path.name for path in kept.iterdir()] == [first.name]


def test_five_are_kept_and_the_oldest_goes(journal: str, kept: Path) -> None:
    for day in range(1, 7):
        file = kept / f"2026010{day}T000000Z.txt"
        file.write_text("old")
        os.utime(file, (86400.0 * day, 86400.0 * day))
    keep(journal, kept, "exit-code")
    names = sorted(path.name for path in kept.iterdir())
    assert len(names) == 5
    assert names[0] == "20260103T000000Z.txt"
