"""A box at an address of a network, as guests and maintainers meet it. Time runs, and can be made to jump."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from trio.testing import MockClock

from appliance.panel.certificate import Pair
from tests.lan.box import Lan, a_box
from tests.lan.network import a_network
from tests.panel.conftest import made_pair


@pytest.fixture
def mock_clock() -> MockClock:
    """What a test runs on that names it."""
    return MockClock(rate=1.0)


@pytest.fixture(autouse=True)
def network() -> Iterator[None]:
    with a_network():
        yield


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return made_pair(tmp_path / "machine")


@pytest.fixture
async def lan(network: None, pair: Pair) -> AsyncIterator[Lan]:  # for the order
    async with a_box(pair) as box:
        yield box
