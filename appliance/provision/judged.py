"""Whether what a box was told is meant for it, now: not for another one, not older than what it has, not over."""

from datetime import UTC, datetime

from appliance.provision.sealed import Package, SealError

FORMAT = 1


def judge(package: Package, machine: str, serial: int, now: float | None) -> None:
    """Raises `SealError` where a box must not take it.

    `machine`: this box's id; `serial`: of what it took last, 0 for nothing; `now`: seconds since 1970, None while the
    clock is not set: then only the serial number keeps what is over away.
    """
    if package.format != FORMAT:
        raise SealError(f"format {package.format}; expected {FORMAT}, or a newer firmware on this box")
    if package.machine != machine:
        raise SealError(f"made for the box {package.machine}; expected one for {machine}")
    if package.serial < serial:
        raise SealError(f"older than what this box has: serial {package.serial}; expected {serial} or more")
    if now is not None and package.not_after < now:
        raise SealError(f"over since {_day(package.not_after)}; expected one that was made lately")


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
