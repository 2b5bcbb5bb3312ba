"""The built loader, and cards for it.

What starts it is collected by `make test-image`, and where OFFHOOK_LOADER names its folder.
"""

import os
import subprocess
from pathlib import Path

import pytest

from tests.image.loader import fake
from tests.image.loader.bench import Bench
from tests.image.recipe import run

STARTED = ["test_cuts.py", "test_pi.py", "test_slots.py", "test_state.py", "test_starts.py"]

collect_ignore = [] if {"OFFHOOK_CARD", "OFFHOOK_LOADER"} & os.environ.keys() else STARTED


@pytest.fixture(scope="session")
def loader() -> Path:
    """The folder with the loader; built where the cache has it not."""
    if "OFFHOOK_LOADER" in os.environ:
        return Path(os.environ["OFFHOOK_LOADER"])
    mirror = run("sh", "image/deb/mirror.sh").stdout.strip()
    done = subprocess.run(
        ["sh", "image/loader/cached.sh", mirror], check=True, capture_output=True, text=True, timeout=1800
    )
    return Path(done.stdout.strip())


@pytest.fixture(scope="session")
def kernels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("kernels")
    return {board: fake.kernel(board, folder) for board in fake.SERIAL}


@pytest.fixture
def bench(tmp_path: Path, kernels: dict[str, bytes]) -> Bench:
    """A card for QEMU's board virt."""
    return Bench(tmp_path, kernels["qemu"])


@pytest.fixture
def pi(tmp_path: Path, kernels: dict[str, bytes]) -> Bench:
    """A card for a Raspberry Pi."""
    return Bench(tmp_path, kernels["rpi"])
