"""Asks the new version, in its slot, whether it can use this box's configuration: before the switch, not after it.

The slot is mounted read-only in a mount namespace of its own, which ends with the process: nothing stays mounted
whatever happens. What this version refuses as well is not held against the new one.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import trio

from appliance.card.update.command import Failed, run
from appliance.language.text import Text

CONFIGURATIONS: Final = (Path("/boot/firmware/room.toml"), Path("/etc/offhook/room.toml"))
"""As somebody wrote it, and what became of it for the firmware."""

COMMAND: Final = "/usr/bin/offhook"
WITHIN: Final = 300.0  # seconds: a Python that starts from a slot nobody has read yet
MOUNTED: Final = "/run/offhook-update/root"
_ENTER = """
mount -t erofs -o ro,nodev "$1" "$2"
for here in /boot/firmware /etc/offhook /etc/credstore /dev; do
    [ ! -d "$here" ] || [ ! -d "$2$here" ] || mount --bind "$here" "$2$here"
done
root=$2 command=$3 && shift 3
exec chroot "$root" "$command" check "$@"
"""


async def fits(device: Path, files: Sequence[Path] = CONFIGURATIONS, *, own: str = COMMAND) -> None:
    """Raises `Failed` where the version in a slot refuses a configuration that this version takes."""
    await trio.Path(MOUNTED).mkdir(parents=True, exist_ok=True, mode=0o700)
    for file in files:
        if await trio.Path(file).exists():
            await _fits(device, file, own)


async def _fits(device: Path, file: Path, own: str) -> None:
    try:
        inside = ("sh", "-euc", _ENTER, "sh", str(device), MOUNTED, COMMAND, str(file))
        await run(("unshare", "--mount", "--propagation", "private", *inside), WITHIN)
    except Failed as error:
        if await _refuses(own, file):
            return
        words = error.text.params.get("words", "")
        raise Failed(Text("update.why.settings", words=words)) from None


async def _refuses(command: str, file: Path) -> bool:
    try:
        await run((command, "check", str(file)), WITHIN)
    except Failed:
        return True
    return False
