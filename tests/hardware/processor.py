"""Holds QEMU to a part of each processor, to try the bench as on a slower machine: OFFHOOK_BENCH_CPU=40 (per cent)."""

import os
from pathlib import Path

PERIOD = 100_000  # microseconds, as systemd's CPUQuota= has it
V1, V2 = Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup")
GROUP = "offhook-bench"


def held(command: list[str]) -> list[str]:
    """The command, held to what OFFHOOK_BENCH_CPU says; all that are held share it."""
    percent = os.environ.get("OFFHOOK_BENCH_CPU", "")
    if not percent:
        return command
    quota = int(PERIOD * float(percent) / 100 * (os.cpu_count() or 1))
    # the shell moves itself, so QEMU's threads are never anywhere else
    return ["sh", "-c", 'echo $$ >"$0" && exec "$@"', str(_group(quota) / "cgroup.procs"), *command]


def _group(quota: int) -> Path:
    try:
        return _group_v2(quota) if (V2 / "cgroup.controllers").exists() else _group_v1(quota)
    except OSError as error:
        raise RuntimeError(f"OFFHOOK_BENCH_CPU needs a cpu cgroup that root may make groups in: {error}") from error


def _group_v1(quota: int) -> Path:
    group = V1 / GROUP
    group.mkdir(exist_ok=True)
    (group / "cpu.cfs_period_us").write_text(str(PERIOD))
    (group / "cpu.cfs_quota_us").write_text(str(quota))
    return group


def _group_v2(quota: int) -> Path:
    group = V2 / GROUP
    group.mkdir(exist_ok=True)
    (V2 / "cgroup.subtree_control").write_text("+cpu")
    (group / "cpu.max").write_text(f"{quota} {PERIOD}")
    return group
