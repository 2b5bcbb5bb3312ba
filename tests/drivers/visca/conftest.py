from collections.abc import Iterator

import pytest
from trio.testing import MockClock

from drivers.visca.virtual.fake import VirtualSerial
from tests.drivers.visca.carried import CarriedSerial
from tests.virtual_time import real


@pytest.fixture
def line() -> Iterator[VirtualSerial]:
    with CarriedSerial() as line:
        yield line


@pytest.fixture
def clock() -> MockClock:
    """Virtual time that jumps once the kernel has had time to carry bytes from one end of a line to the other."""
    return MockClock(autojump_threshold=real(0.06))
