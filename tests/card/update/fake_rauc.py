"""Stands in for `rauc` where that would need a card: two slots that are files, and a loader's choice in a file.

`info` and the reading of a bundle are RAUC's own. Everything that it is asked is written down. `world.json`: `booted`,
`order` (which starts first), `left` (tries), `fails`: words of commands that are to fail.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(os.environ["FAKE_RAUC"])
REAL = os.environ["REAL_RAUC"]


def main(words: list[str]) -> int:
    world = json.loads((HERE / "world.json").read_text())
    with (HERE / "calls").open("a") as calls:
        calls.write(" ".join(word for word in words if not word.startswith("/")) + "\n")
    if any(word in world.get("fails", ()) for word in words):
        sys.stderr.write("LastError: it is broken\n")
        return 1
    other = "B" if world["booted"] == "A" else "A"
    if words[0] == "info":
        return subprocess.run([REAL, f"--keyring={HERE / 'keyring.pem'}", *words], check=False).returncode
    if words[0] == "install":
        return install(words[1], other, world)
    if words[1].startswith("mark-"):
        if words[1] == "mark-active":
            world["order"], world["left"][other] = [other, world["booted"]], 3
        else:
            world["left"][world["booted"]] = 3
        write(world)
        return 0
    sys.stdout.write(json.dumps(status(world)))
    return 0


def install(bundle: str, other: str, world: dict[str, Any]) -> int:
    """Writes the slot that is in a bundle; while it does, nobody may start from there."""
    world["left"][other] = 0
    write(world)
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder, "content")
        command = [REAL, f"--keyring={HERE / 'keyring.pem'}", "extract", bundle, str(content)]
        done = subprocess.run(command, check=False, capture_output=True)
        if done.returncode:
            sys.stderr.buffer.write(done.stderr)
            return 1
        shutil.copy(content / "slot.img", HERE / f"slot-{other.lower()}")
    return 0


def status(world: dict[str, Any]) -> dict[str, Any]:
    primary = next((name for name in world["order"] if world["left"][name]), world["booted"])
    return {
        "compatible": "offhook-card-arm64",
        "booted": world["booted"],
        "boot_primary": NAMES[primary],
        "slots": [
            {NAMES[name]: {"class": "rootfs", "bootname": name, "device": str(HERE / f"slot-{name.lower()}")}}
            for name in NAMES
        ],
    }


NAMES = {"A": "rootfs.0", "B": "rootfs.1"}


def write(world: dict[str, Any]) -> None:
    new = HERE / "world.new"
    new.write_text(json.dumps(world))
    new.replace(HERE / "world.json")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
