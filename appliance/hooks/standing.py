"""Whether a hook works, as people are told: a receiver that restarts is no news, one that is away for longer is.

Reasons are in English, as all that `GET /health` and the log say of services.
"""

from collections.abc import Callable
from typing import Final, Protocol

from appliance.hooks.plan import PATIENCE

GONE: Final = "it answers 410 Gone: it is told nothing more until the service starts again"
NO_TIME: Final = "the box does not know the time of day, without which nothing can be signed"


class Log(Protocol):
    """Where it is written down, in structlog's way."""

    def info(self, event: str, /, **fields: object) -> object:
        """Writes what is well."""
        ...

    def warning(self, event: str, /, **fields: object) -> object:
        """Writes what is not."""
        ...


class Standing:
    """Follows how tries end. `report` is told the reason of a failure that lasts, and "" when it is over."""

    def __init__(self, report: Callable[[str], None], log: Log) -> None:
        self._report = report
        self._log = log
        self._since: float | None = None
        self._logged = ""
        self._reported = ""

    def begin(self) -> None:
        """Forgets what was: the service starts, and whoever runs it says that it does."""
        self._since, self._reported = None, ""

    def failed(self, reason: str, now: float) -> None:
        """Notes a failed try; `now` in monotonic seconds."""
        self._since = now if self._since is None else self._since
        if reason != self._logged:
            self._logged = reason
            self._log.warning("webhook_failed", reason=reason)
        if now - self._since >= PATIENCE:
            self._tell(reason)

    def gone(self, reason: str) -> None:
        """Notes that there will be no other try."""
        self._log.warning("webhook_gone", reason=reason)
        self._tell(reason)

    def well(self) -> None:
        """Notes that a message was taken."""
        if self._logged:
            self._logged = ""
            self._log.info("webhook_back")
        self._since = None
        self._tell("")

    def _tell(self, reason: str) -> None:
        if reason != self._reported:
            self._reported = reason
            self._report(reason)
