"""Forgets what is secret, before anything else of a reset happens."""

from collections.abc import Iterator
from pathlib import Path

from appliance.card.backup.forgetting import forget

# below the root; what each box makes for itself as well
_PLACES = (
    ("etc/credstore", "offhook*"),
    ("etc/offhook/tls", "*"),
    ("etc/offhook/network", "*"),
    ("etc/offhook/fleet", "**/*"),
    ("etc/wpa_supplicant", "*.conf"),
    ("etc/ssh", "ssh_host_*_key"),
    ("var/lib/offhook-restore", "**/*"),
    ("var/lib/offhook-deputy", "**/*"),
    ("var/lib/offhook", "**/*"),
)
# on the card's boot partition: what an installer may have put beside room.toml
_ON_THE_CARD = (
    *("backup.passphrase*", "*.offhook", "*.pem", "*.crt", "*.cer", "*.key", "*.errors.txt", "room*.txt"),
    *("fleet-identity.txt", "new-password*"),
)


def forget_secrets(root: Path, *, host_keys: bool) -> None:
    """Overwrites and removes the secrets below `root`. `host_keys`: those of SSH and Wi-Fi too. Raises `OSError`."""
    for folder, pattern in _PLACES:
        if host_keys or folder not in {"etc/ssh", "etc/wpa_supplicant"}:
            for path in _files(root / folder, pattern):
                forget(path)


def forget_on_the_card(boot: Path) -> None:
    """Overwrites and removes what belongs to the room on the boot partition, but for room.toml. Raises `OSError`."""
    for pattern in _ON_THE_CARD:
        for path in _files(boot, pattern):
            forget(path)


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    yield from [path for path in sorted(folder.glob(pattern)) if path.is_file() or path.is_symlink()]
