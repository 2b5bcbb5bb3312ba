"""The new version is asked about this box's configuration in its slot: a real EROFS, mounted where nobody sees it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import trio

from appliance.card.update import settings
from appliance.card.update.command import Failed
from appliance.card.update.settings import fits
from tests.card.update.keys import run

STAND_IN = """#!/bin/sh
[ "$1" = check ] || exit 9
while read -r line; do
    case $line in *{word}*) echo "$2:3: room.colour: unknown key" >&2 && exit 2 ;; esac
done <"$2"
"""


def can_mount() -> bool:
    """Whether this machine lets us mount a file as EROFS at all: containers of others may not."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("mkfs.erofs", "unshare", "dash", "ldd"))):
        return False
    command = ("unshare", "--mount", "sh", "-c", "mount -t tmpfs none /mnt && grep -q erofs /proc/filesystems")
    return subprocess.run(command, capture_output=True).returncode == 0 and Path("/dev/loop-control").exists()


pytestmark = [pytest.mark.slow, pytest.mark.skipif(not can_mount(), reason="root, EROFS and loop devices")]


@pytest.fixture
def slot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A slot whose version refuses a configuration with the word `colour`."""
    root = tmp_path / "root"
    for folder in ("bin", "usr/bin", "dev", "etc/offhook", "etc/credstore", "boot/firmware"):
        (root / folder).mkdir(parents=True)
    _with_shell(root)
    (root / "usr/bin/offhook").write_text(STAND_IN.format(word="colour"))
    (root / "usr/bin/offhook").chmod(0o755)
    monkeypatch.setattr(settings, "MOUNTED", str(tmp_path / "mounted"))
    run("mkfs.erofs", tmp_path / "slot.img", root)
    with (tmp_path / "slot.img").open("ab") as image:
        image.write(b"verity" * 4096)  # a slot has more behind the file system
    return tmp_path / "slot.img"


def _with_shell(root: Path) -> None:
    """Copies a shell into a root, with the libraries that it needs."""
    shell = shutil.which("dash")
    assert shell is not None
    shutil.copy(shell, root / "bin/sh")
    listed = subprocess.run(("/usr/bin/ldd", shell), capture_output=True, text=True, check=True).stdout
    for library in map(Path, re.findall(r"(/\S+) \(", listed)):
        place = root / library.relative_to("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, place)


@pytest.fixture
def room() -> Iterator[trio.Path]:
    """The configuration, where a new version finds it: this folder is bound into its root."""
    folder = Path("/etc/offhook")
    if folder.exists():
        pytest.skip("this machine has an offhook of its own")
    folder.mkdir()
    yield trio.Path(folder / "room.toml")
    shutil.rmtree(folder)


async def mounted(folder: Path) -> bool:
    """Whether anything below a folder stays mounted."""
    return str(folder) in await trio.Path("/proc/mounts").read_text()


def own(tmp_path: Path, word: str) -> str:
    """Returns the version that runs, which refuses another word."""
    (tmp_path / "own").write_text(STAND_IN.format(word=word))
    (tmp_path / "own").chmod(0o755)
    return str(tmp_path / "own")


async def test_a_configuration_that_the_new_version_takes_fits(slot: Path, room: trio.Path, tmp_path: Path) -> None:
    await room.write_text('[room]\nname = "N"\n')
    await fits(slot, [Path(room)], own=own(tmp_path, "none"))
    assert not await mounted(tmp_path)


async def test_one_that_it_alone_refuses_does_not(slot: Path, room: trio.Path, tmp_path: Path) -> None:
    await room.write_text('[room]\nname = "N"\ncolour = "red"\n')
    with pytest.raises(Failed, match=r"it refuses room\.toml: /etc/offhook/room\.toml:3: room\.colour: unknown key"):
        await fits(slot, [Path(room)], own=own(tmp_path, "none"))
    assert not await mounted(tmp_path)


async def test_what_this_version_refuses_as_well_is_not_held_against_it(
    slot: Path, room: trio.Path, tmp_path: Path
) -> None:
    await room.write_text('[room]\nname = "N"\ncolour = "red"\n')
    await fits(slot, [Path(room)], own=own(tmp_path, "colour"))


async def test_a_slot_that_cannot_be_mounted_does_not_fit(slot: Path, room: trio.Path, tmp_path: Path) -> None:
    await room.write_text("")
    await trio.Path(slot).write_bytes(bytes(1 << 20))
    with pytest.raises(Failed, match="it refuses"):
        await fits(slot, [Path(room)], own=own(tmp_path, "none"))


async def test_what_is_not_there_is_not_asked_about(slot: Path, tmp_path: Path) -> None:
    await fits(slot, [tmp_path / "none.toml"], own=own(tmp_path, "none"))
