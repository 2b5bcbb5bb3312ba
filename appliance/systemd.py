"""What systemd wants to hear: sd_notify(3) as datagrams, without a library and without ever blocking."""

import os
import socket
from collections.abc import Mapping

import structlog

log = structlog.get_logger()


class Notifier:
    """Tells systemd about us where it asked for that, and does nothing elsewhere."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        path = environ.get("NOTIFY_SOCKET", "")
        self._address = "\0" + path[1:] if path.startswith("@") else path
        watchdog_for_us = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        micros = environ.get("WATCHDOG_USEC", "") if watchdog_for_us else ""
        self.watchdog: float | None = int(micros) / 1e6 if micros.isdigit() and int(micros) > 0 else None
        """Seconds within which systemd wants to be fed, or None."""

    def ready(self) -> None:
        """The appliance is up."""
        self._send("READY=1")

    def stopping(self) -> None:
        """The appliance is ending."""
        self._send("STOPPING=1")

    def status(self, text: str) -> None:
        """One line for `systemctl status`."""
        self._send("STATUS=" + text.replace("\n", " "))

    def feed(self) -> None:
        """Still alive and well."""
        self._send("WATCHDOG=1")

    def _send(self, message: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as notify:
                notify.sendto(message.encode(), self._address)
        except OSError as error:
            log.warning("systemd_not_notified", message=message, error=str(error))
