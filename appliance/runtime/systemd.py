"""What systemd wants to hear: sd_notify(3) as datagrams, without a library and without ever blocking.

A slow start is told from one that hangs by its signs of life. On a slow card the imports alone may take longer than
systemd waits (TimeoutStartSec=), so `watch_imports` is the first thing that the command does: each module asked for,
and later each service that had its chance, extends the time (EXTEND_TIMEOUT_USEC=). What counts is progress, never the
passing of time: an import that hangs extends nothing. This module therefore imports nothing that takes long.
"""

import os
import socket
import sys
import time
from collections.abc import Mapping

START_EXTENSION = 30.0
"""Seconds without any sign of life after which a start is given up; TimeoutStartSec= says the same until the first."""

SIGNS_EVERY = 1.0
"""Seconds between two extensions at least: hundreds of modules must not crowd the socket's short queue."""


class Notifier:
    """Tells systemd about us where it asked for that, and does nothing elsewhere."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        path = environ.get("NOTIFY_SOCKET", "")
        self._address = "\0" + path[1:] if path.startswith("@") else path
        watchdog_for_us = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        micros = environ.get("WATCHDOG_USEC", "") if watchdog_for_us else ""
        self.watchdog: float | None = int(micros) / 1e6 if micros.isdigit() and int(micros) > 0 else None
        """Seconds within which systemd wants to be fed, or None."""
        self._extend_again = 0.0

    def ready(self) -> None:
        """Tells that the appliance is up. From here on nothing is extended: that would put off the watchdog as well."""
        sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _ImportWatch)]
        self._send("READY=1")

    def extend_start(self) -> None:
        """Tells that the start makes progress, however slowly. To be called as often as it does."""
        now = time.monotonic()
        if now < self._extend_again:
            return
        self._extend_again = now + SIGNS_EVERY
        self._send(f"EXTEND_TIMEOUT_USEC={START_EXTENSION * 1e6:.0f}")

    def stopping(self) -> None:
        """Tells that the appliance is ending."""
        self._send("STOPPING=1")

    def status(self, text: str) -> None:
        """Sets the line that `systemctl status` shows."""
        self._send("STATUS=" + text.replace("\n", " "))

    def feed(self) -> None:
        """Feeds the watchdog."""
        self._send("WATCHDOG=1")

    def _send(self, message: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as notify:
                notify.sendto(message.encode(), self._address)
        except OSError as error:
            import structlog  # noqa: PLC0415  # see the module's docstring

            structlog.get_logger().warning("systemd_not_notified", message=message, error=str(error))


class _ImportWatch:
    """A finder of modules (`sys.meta_path`) that is asked for each module imported, and finds none."""

    def __init__(self, notifier: Notifier) -> None:
        self._notifier = notifier

    def find_spec(self, _name: str, _path: object = None, _target: object = None) -> None:
        """Takes the question as a sign of life."""
        self._notifier.extend_start()


def watch_imports(environ: Mapping[str, str] = os.environ) -> None:
    """Makes each import extend the time that systemd gives the start, until `Notifier.ready`; nothing elsewhere."""
    if environ.get("NOTIFY_SOCKET"):
        sys.meta_path.insert(0, _ImportWatch(Notifier(environ)))
