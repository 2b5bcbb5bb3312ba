"""A box of a company: certificates beside its `room.toml`."""

from collections.abc import Callable

import pytest

from tests.card.conftest import Authority, Box


@pytest.fixture
def enterprise(box: Box, authority: Authority) -> Callable[..., Box]:
    """A box whose card has these files."""

    def made(**files: str) -> Box:
        for name, source in files.items():
            content = (authority.folder / source).read_bytes()
            (box.boot / name.replace("_", ".")).write_bytes(content)
        return box

    return made
