from collections.abc import AsyncIterator

import pytest
import trio

from tests.demo.wired import Wired, wired
from tests.panel.conftest import serve

__all__ = ["room", "serve"]


@pytest.fixture
async def room() -> AsyncIterator[Wired]:
    with wired() as one:
        async with trio.open_nursery() as nursery:
            await nursery.start(one.run)
            yield one
            nursery.cancel_scope.cancel()
