"""All or nothing, whenever the power goes: a restore is written beside what is there, decided, and then carried out.

1. Every file goes into `new/`, is flushed, and is judged there. Nothing else has changed: a cut leaves rubbish.
2. `new` is renamed to `ready`. This one step decides.
3. Files of the room that are not in the backup are removed, those of the backup put in their places, all of it
   flushed; then the passphrase on the card is forgotten and `ready` becomes `old`, which is removed.

Whoever finds `ready` does step 3 again: `offhook-restore.service`, before anything reads what is restored.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from appliance.card.backup.archive import Kept
from appliance.card.backup.forgetting import forget
from appliance.card.backup.placing import clear, put, remove_others
from appliance.card.stamp import STAMP
from appliance.runtime import atomic

FOLDER = "var/lib/offhook-restore"
NEW, READY, OLD = f"{FOLDER}/new", f"{FOLDER}/ready", f"{FOLDER}/old"
TREE, PLAN = "tree", "plan.json"


class _Planned(msgspec.Struct, frozen=True):
    path: str
    mode: int


class _Plan(msgspec.Struct, frozen=True):
    """`forget`: names of files on the boot partition that are not needed any more once this is done."""

    files: tuple[_Planned, ...]
    forget: tuple[str, ...] = ()


def stage(root: Path, files: Sequence[Kept], names: tuple[str, ...] = ()) -> Path:
    """Writes a restore beside what is there, and returns the folder that looks like the machine afterwards.

    `names`: of files on the boot partition to forget at the end. Raises `OSError`.
    """
    discard(root)
    new = root / NEW
    for folder in (root / FOLDER, new, new / TREE):
        atomic.make_folder(folder, 0o700)
    for file in files:
        path = new / TREE / file.path
        for folder in reversed([each for each in path.parents if new / TREE in each.parents]):
            atomic.make_folder(folder, 0o700)
        atomic.write(path, file.content, 0o600)
    plan = _Plan(tuple(_Planned(file.path, file.mode) for file in files), names)
    atomic.write(new / PLAN, msgspec.json.encode(plan), 0o600)
    return new / TREE


def discard(root: Path) -> None:
    """Removes what was staged and not decided, and what was left of one that is done."""
    for name in (NEW, OLD):
        clear(root / name)


def decide(root: Path) -> None:
    """From here on the restore happens, whatever happens."""
    _rename(root, NEW, READY)


def carry_out(root: Path, boot: Path | None) -> bool:
    """Carries out what is decided, from the beginning; returns whether there was anything. Raises `OSError`.

    `boot`: the card's boot partition, writable; None where there is no card.
    """
    ready = root / READY
    content = atomic.content_of(ready / PLAN)
    if content is None:
        return False
    plan = msgspec.json.decode(content, type=_Plan)
    remove_others(root, (file.path for file in plan.files))
    for file in plan.files:
        put(root, boot, Kept(file.path, atomic.content_of(ready / TREE / file.path) or b"", file.mode))
    atomic.remove(root / STAMP)  # so that the card's room.toml is applied, be it the same one
    os.sync()
    for name in plan.forget:
        if boot is not None:
            forget(boot / name)
    _rename(root, READY, OLD)
    discard(root)
    return True


def _rename(root: Path, old: str, new: str) -> None:
    os.rename(root / old, root / new)  # noqa: PTH104  # every step of this goes through `os`
    descriptor = os.open(root / FOLDER, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
