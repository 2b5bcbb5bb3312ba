from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drivers.tones.card import Card


@pytest.fixture
def card(tmp_path: Path) -> Iterator[Card]:
    card = Card(tmp_path)
    yield card
    card.close()
