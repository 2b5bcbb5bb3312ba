import math
import os
from pathlib import Path

import pytest
import trio
from trio.testing import MockClock

from drivers.permissions import AGAIN, SETTLING, NotPermitted, in_the_way, once_permitted, refused


def test_a_device_that_may_be_used_has_nothing_in_the_way() -> None:
    assert in_the_way("/dev/null") == ""


def test_a_device_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert in_the_way(tmp_path / "ttyUSB0") == f"there is no {tmp_path}/ttyUSB0"
    assert refused(tmp_path / "ttyUSB0") == f"no permission to open {tmp_path}/ttyUSB0"


def test_a_device_that_refuses_us_names_its_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.R_OK | os.W_OK)  # tests may run as root
    assert in_the_way("/dev/null").startswith("no permission to open /dev/null: it belongs to group ")


class Door:
    """A device file that opens at the given attempt."""

    def __init__(self, path: Path, opens_at: float) -> None:
        self.path = path
        self.opens_at = opens_at
        self.attempts = 0

    def open(self) -> str:
        self.attempts += 1
        if self.attempts < self.opens_at:
            raise NotPermitted(self.path)
        return "open"


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """The file of a device that was plugged in just now."""
    path = tmp_path / "hidraw0"
    path.touch()
    return path


async def test_a_file_that_is_new_is_tried_until_udev_has_given_it_to_our_group(
    new: Path, autojump_clock: MockClock
) -> None:
    door = Door(new, opens_at=5)
    began = trio.current_time()
    assert await once_permitted(door.open) == "open"
    assert trio.current_time() - began == pytest.approx(4 * AGAIN)


async def test_a_new_file_that_goes_on_refusing_is_told(new: Path, autojump_clock: MockClock) -> None:
    began = trio.current_time()
    with pytest.raises(NotPermitted, match=r"no permission to open .*hidraw0"):
        await once_permitted(Door(new, opens_at=math.inf).open)
    assert trio.current_time() - began == pytest.approx(SETTLING, abs=AGAIN)


async def test_an_old_file_that_refuses_is_told_at_once(autojump_clock: MockClock) -> None:
    door = Door(Path("/"), opens_at=2)
    with pytest.raises(NotPermitted):
        await once_permitted(door.open)
    assert door.attempts == 1


async def test_one_that_is_gone_again_is_told_at_once(tmp_path: Path, autojump_clock: MockClock) -> None:
    with pytest.raises(NotPermitted):
        await once_permitted(Door(tmp_path / "hidraw1", opens_at=2).open)
