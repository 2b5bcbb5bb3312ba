"""The box as files of the system tell it: which board, which start, whether its clock is right."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from appliance.card.update.command import Failed
from appliance.language.text import Text

ONE_SLOT: Final = "brcm,bcm2712"  # of the device tree: Raspberry Pi 5, 500 and Compute Module 5
_LARGEST = 4096  # bytes of such a file


class Box(msgspec.Struct, frozen=True):
    """The machine whose files are below `root`."""

    root: Path = Path("/")

    @property
    def has_two_slots(self) -> bool:
        """Whether a loader counts the starts of this machine's slots."""
        return (self.root / "etc/rauc/system.conf").exists() and not self._has_one_slot()

    def check(self) -> None:
        """Raises `Failed` where this machine has no second slot: says which road it has instead."""
        if not (self.root / "etc/rauc/system.conf").exists():
            raise Failed(Text("update.why.no_card"), lasting=True)
        model = self._read("proc/device-tree/model").rstrip("\0")
        if self._has_one_slot():
            raise Failed(Text("update.why.one_slot", board=model), lasting=True)
        if not (self.root / "usr/share/offhook/update/keyring.pem").exists():
            raise Failed(Text("update.why.no_keyring"), lasting=True)

    @property
    def boot(self) -> str:
        """The id of this start of the machine."""
        return self._read("proc/sys/kernel/random/boot_id")

    @property
    def machine(self) -> str:
        """The id of the machine, which it has from its first start on."""
        return self._read("etc/machine-id")

    @property
    def time(self) -> datetime | None:
        """The time; None until a time server has told it: a Pi has no battery."""
        told = self.root / "run/systemd/timesync"
        return datetime.now(UTC) if (told / "synchronized").exists() or not told.exists() else None

    def _has_one_slot(self) -> bool:
        return ONE_SLOT in self._read("proc/device-tree/compatible").split("\0")

    def _read(self, path: str) -> str:
        try:
            with (self.root / path).open("rb") as file:
                return file.read(_LARGEST).decode(errors="replace").strip()
        except OSError:
            return ""
