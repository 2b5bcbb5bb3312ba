"""One simulated terminal and one key for all. What needs a built card is collected by `make test-image` only."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hardware.terminal import SimulatedTerminal
from tests.image.recipe import run
from tests.image.rooms import PIN

OUT = Path("build/image")

BOOTED = ["test_card.py", "test_installed.py", "test_power.py", "test_reset.py", "test_updates.py"]
collect_ignore = [] if "OFFHOOK_CARD" in os.environ else BOOTED


@pytest.fixture(scope="session")
def built() -> Path:
    """The image as it is flashed."""
    return Path(os.environ["OFFHOOK_CARD"])


@pytest.fixture(scope="module")
def terminal() -> Iterator[SimulatedTerminal]:
    OUT.mkdir(parents=True, exist_ok=True)
    terminal = SimulatedTerminal(OUT / "terminal.log", "--pin", PIN)
    yield terminal
    terminal.stop()


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installer's key for SSH; its public half is beside it."""
    path = tmp_path_factory.mktemp("key") / "id"
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "installer", "-f", str(path))
    return path
