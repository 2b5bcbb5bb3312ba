"""Reading and writing where something odd is in the way; each test ends in a second or hangs for ever."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.runtime import atomic
from appliance.runtime.files import NotAFile, read_file
from tests.odd_files import ODD, a_folder

odd = pytest.mark.parametrize("put", ODD, ids=lambda put: put.__name__)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "state").mkdir()
    return tmp_path / "state" / "file"


@odd
def test_nothing_but_a_plain_file_is_read(path: Path, put: Callable[[Path], None]) -> None:
    put(path)
    with pytest.raises(NotAFile, match=r"it is a (pipe|folder|link, which is not followed|socket)"):
        read_file(path, 100, follow=False)


def test_what_configurations_name_may_be_a_link_but_to_a_file(path: Path) -> None:
    path.write_text("content")
    link, device = path.with_name("link"), path.with_name("device")
    link.symlink_to(path)
    device.symlink_to("/dev/zero")
    assert read_file(link, 3, follow=True) == b"con"
    with pytest.raises(NotAFile, match="it is a device"):
        read_file(device, 3, follow=True)
    with pytest.raises(FileNotFoundError):
        read_file(path.with_name("missing"), 3, follow=True)


@odd
def test_writing_puts_a_file_there_and_touches_nothing_behind_a_link(path: Path, put: Callable[[Path], None]) -> None:
    put(path)
    if put is a_folder:
        with pytest.raises(IsADirectoryError):
            atomic.write(path, b"ours")
        assert (path / "in it").read_text() == "kept"
    else:
        assert atomic.write(path, b"ours")
        assert not path.is_symlink()
        assert path.read_bytes() == b"ours"
    theirs = path.parent.parent / "theirs"
    assert not theirs.exists() or theirs.read_text() == "theirs"
    assert [each.name for each in path.parent.iterdir()] == ["file"]


@odd
def test_writing_is_not_held_up_by_what_is_beside(path: Path, put: Callable[[Path], None]) -> None:
    path.write_bytes(b"old")
    put(path.with_name(".file.new"))
    assert atomic.write(path, b"ours")
    assert path.read_bytes() == b"ours"
    theirs = path.parent.parent / "theirs"
    assert not theirs.exists() or theirs.read_text() == "theirs"


def test_full_disk_leaves_the_old_one_and_nothing_else(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"old")
    left = iter([1])

    def full(_descriptor: int, data: bytes) -> int:
        if next(left, None):
            return len(data) // 2
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OSError, match="No space left"):
            atomic.write(path, b"new one")
    assert path.read_bytes() == b"old"
    assert [each.name for each in path.parent.iterdir()] == ["file"]
