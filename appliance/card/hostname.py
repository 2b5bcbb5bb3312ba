"""A name of its own for each box: offhook-XXXX, the last four digits of the board's serial number.

Where a board has none, those of its hardware address, or of the machine's id.
"""

import re
from pathlib import Path

from appliance.card.files import File, Files

NAME = "etc/hostname"
_SERIAL = "proc/device-tree/serial-number"
_OURS = re.compile(r"offhook-[0-9a-f]{4}\n")


def hostname(root: Path) -> Files:
    """The name; one that was given once stays, whatever is plugged in later."""
    if _OURS.fullmatch(_text(root / NAME)):
        return {}
    digits = _serial(root) or _address(root) or _text(root / "etc/machine-id").strip()
    return {NAME: File(f"offhook-{digits[-4:]}\n")} if re.fullmatch(r"[0-9a-f]{4,}", digits) else {}


def _serial(root: Path) -> str:
    """The board's serial number; nothing where there is none, or nobody wrote one."""
    serial = _text(root / _SERIAL).strip("\0\n ").lower()
    return serial if serial.strip("0") else ""


def _address(root: Path) -> str:
    """The hardware address of the first real network interface by name, without its colons."""
    real = sorted(path.parent for path in (root / "sys/class/net").glob("*/device"))
    return next((_text(path / "address").strip().replace(":", "").lower() for path in real), "")


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
