import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from appliance.simulator.model.commands import COMMANDS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    sys.path.insert(0, str(ROOT / "scripts"))
    yield importlib.import_module("simulator_reference")
    sys.path.remove(str(ROOT / "scripts"))


def test_the_page_has_the_reference_as_it_is_now(script: ModuleType) -> None:
    assert all(path.read_text() == text for path, text in script.generated().items()), "run `make docs`"


def test_every_command_is_in_it(script: ModuleType) -> None:
    assert all(f"| `{name}`" in script.reference() for name in COMMANDS)


def test_a_page_without_a_place_for_it(script: ModuleType) -> None:
    with pytest.raises(ValueError, match="no place"):
        script.with_reference("# Nothing")
