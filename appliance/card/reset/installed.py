"""A machine with the package, and no card of ours: what belongs to the room goes, the machine stays what it is.

Its network, SSH, users and time are its owner's. A file says that it is going on, so that a power cut only delays it.
"""

from pathlib import Path

from appliance.card.apply import FILE
from appliance.card.backup.placing import clear
from appliance.card.reset.secrets import forget_secrets
from appliance.runtime import atomic

STATE = "var/lib/offhook-reset"
RUNNING = f"{STATE}/running"
FRESH = "usr/share/doc/offhook/examples/room.toml"
ROOM = "etc/offhook/room.toml"
_FOLDERS = tuple(f"var/lib/offhook{each}" for each in ("-restore", "-card", "-update", "-deputy", ""))


def begin(root: Path) -> None:
    """From here on it happens, at the latest at the next start. Raises `OSError`."""
    atomic.make_folder(root / STATE, 0o700)
    atomic.write(root / RUNNING, b"", 0o600)


def is_running(root: Path) -> bool:
    """Whether one has begun and is not over."""
    return (root / RUNNING).exists()


def carry_out(root: Path, boot: Path | None) -> None:
    """Removes the room, from the beginning; `boot`: where a room.toml lies that would be applied again."""
    forget_secrets(root, host_keys=False)
    for folder in _FOLDERS:
        clear(root / folder)
    clear(root / "etc/offhook", keep=True)
    if boot is not None:
        atomic.remove(boot / FILE)
    if (fresh := atomic.content_of(root / FRESH)) is not None:
        atomic.write(root / ROOM, fresh, 0o640)
    atomic.remove(root / RUNNING)
