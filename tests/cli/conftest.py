from collections.abc import Iterator

import pytest

from tests.cli.processes import Terminal, simulated


@pytest.fixture(scope="module")
def terminal() -> Iterator[Terminal]:
    """A simulated terminal that the tests of a module share: each leaves it as it was."""
    with simulated("--pin", "FA6") as one:
        yield one
