"""The machine under the room, as the kernel's files tell it. All of it blocks for a moment; call it in a thread.

Each part is None where the machine does not tell it: a laptop has no firmware that throttles, a container no sensors.
"""

import os
from pathlib import Path
from typing import Final

import msgspec

from appliance.runtime.files import read_file

ROOT: Final = Path("/")
_MOST: Final = 4096  # bytes of a file of these
_FIRMWARE: Final = "sys/devices/platform/soc/soc:firmware/get_throttled"  # kernels of Raspberry Pi OS alone
_UNDER_VOLTAGE, _THROTTLED = 0x1, 0xE  # bits of it: now; frequency capped, throttled, or at the soft limit, now
_ALARM: Final = "in0_lcrit_alarm"  # of the driver raspberrypi-hwmon: the supply is below 4.63 V, or was just now
_TIMESYNC: Final = "run/systemd/timesync"  # see systemd-timesyncd.service(8)
_BOOT: Final = "proc/sys/kernel/random/boot_id"
ENDED: Final = "ended"
"""The file of the state directory in which offhook.service notes how the process before ended (ExecStopPost=)."""
RESULTS: Final = frozenset(
    {
        *("success", "protocol", "timeout", "exit-code", "signal", "core-dump", "watchdog", "exec-condition"),
        *("oom-kill", "start-limit-hit", "resources"),
    }
)
"""What it may say: $SERVICE_RESULT of systemd.exec(5)."""


class Disk(msgspec.Struct, frozen=True):
    """The file system that keeps what the room remembers; bytes. `free`: for a user who is not root."""

    size: int
    free: int
    read_only: bool


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """What the machine tells of itself. `temperature`: of the processor, °C. `uptime`: seconds since the kernel began.

    `throttled`: slower now than it could be, for heat or for want of power. `synchronised`: a time server has told the
    time since the box started.
    """

    temperature: float | None = None
    throttled: bool | None = None
    under_voltage: bool | None = None
    synchronised: bool | None = None
    uptime: float | None = None
    disk: Disk | None = None


def read_box(folder: Path | None, root: Path = ROOT) -> Box:
    """Returns what the machine tells now. `folder`: the state directory; `root`: where its files are below."""
    firmware = _firmware(root)
    return Box(
        temperature=_temperature(root),
        throttled=_slowed(root) if firmware is None else bool(firmware & _THROTTLED),
        under_voltage=_low(root) if firmware is None else bool(firmware & _UNDER_VOLTAGE),
        synchronised=_synchronised(root),
        uptime=_number(root / "proc/uptime"),
        disk=_disk(folder or root),
    )


def start_reason(folder: Path | None, root: Path = ROOT) -> str:
    """Returns why this process was started: `boot`, or how the one before ended in systemd's words; else `unknown`."""
    if folder is None:
        return "unknown"
    boot, _, result = _text(folder / ENDED).partition(" ")
    if boot != _text(root / _BOOT):
        return "boot"
    return result if result in RESULTS else "unknown"


def _temperature(root: Path) -> float | None:
    degrees = _number(root / "sys/class/thermal/thermal_zone0/temp")
    return None if degrees is None else degrees / 1000


def _firmware(root: Path) -> int | None:
    try:
        return int(_text(root / _FIRMWARE), 16)
    except ValueError:
        return None


def _slowed(root: Path) -> bool | None:
    """Returns whether the kernel holds the processor back for heat; None where it has no means to."""
    levels = [
        _number(device / "cur_state")
        for device in sorted((root / "sys/class/thermal").glob("cooling_device*"))
        if "cpufreq" in _text(device / "type")
    ]
    return any(levels) if levels else None


def _low(root: Path) -> bool | None:
    alarms = [
        _number(device / _ALARM)
        for device in sorted((root / "sys/class/hwmon").glob("hwmon*"))
        if _text(device / "name") == "rpi_volt"
    ]
    return any(alarms) if alarms else None


def _synchronised(root: Path) -> bool | None:
    folder = root / _TIMESYNC
    return (folder / "synchronized").exists() if folder.exists() else None


def _disk(folder: Path) -> Disk | None:
    try:
        told = os.statvfs(folder)
    except OSError:
        return None
    return Disk(told.f_blocks * told.f_frsize, told.f_bavail * told.f_frsize, bool(told.f_flag & os.ST_RDONLY))


def _number(path: Path) -> float | None:
    """Returns the first number in a file; None where there is none."""
    try:
        return float(_text(path).split()[0])
    except (ValueError, IndexError):
        return None


def _text(path: Path) -> str:
    try:
        return read_file(path, _MOST, follow=True).decode(errors="replace").strip()
    except OSError:
        return ""
