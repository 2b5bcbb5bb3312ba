from pathlib import Path

import pytest

from appliance.simulator.commands import COMMANDS
from appliance.simulator.reference import reference, with_reference

PAGE = Path(__file__).parents[2] / "docs" / "simulator.md"


def test_the_page_has_the_reference_as_it_is_now() -> None:
    page = PAGE.read_text()
    assert with_reference(page) == page, "run: python -m appliance.simulator.reference docs/simulator.md"


def test_every_command_is_in_it() -> None:
    assert all(f"| `{name}`" in reference() for name in COMMANDS)


def test_a_page_without_a_place_for_it() -> None:
    with pytest.raises(ValueError, match="no place"):
        with_reference("# Nothing")
