"""The signals by which the process is told to end, and how it tells itself, for whoever maintains it from a page."""

import os
import signal
from collections.abc import Callable, Mapping

AT_ONCE = (signal.SIGTERM, signal.SIGINT)
RELOAD = signal.SIGHUP
WHEN_QUIET = signal.SIGUSR1
SIGNALS = (*AT_ONCE, RELOAD, WHEN_QUIET)


def end_of_service(environment: Mapping[str, str] = os.environ) -> Callable[[bool], None] | None:
    """Returns what ends the process, at once or when nobody would miss it; None where nothing would start it again."""
    return _end if "NOTIFY_SOCKET" in environment else None  # of systemd, whose unit says Restart=always


def _end(now: bool) -> None:  # noqa: FBT001  # as the deeds have it
    signal.raise_signal(signal.SIGTERM if now else WHEN_QUIET)
