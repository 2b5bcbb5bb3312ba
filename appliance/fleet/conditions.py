"""How each service of the room does: now, since when, why, and how often it failed since the firmware started."""

from collections.abc import Iterable, Mapping

import msgspec

from appliance.runtime.supervisor import Condition, Health


class Known(msgspec.Struct, frozen=True):
    """How a service is doing. `since`: monotonic seconds; `failures`: how often it went offline.

    `error`: the last one, also of a service that works again, and `failed_at`: when it was.
    """

    health: Health
    since: float
    failures: int = 0
    error: str = ""
    failed_at: float | None = None

    @property
    def ready(self) -> bool:
        """Whether it works."""
        return self.health.condition is Condition.READY


class Conditions:
    """All services by name, in the order of their start; told each change of condition or reason."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}

    @property
    def known(self) -> Mapping[str, Known]:
        """How they are now."""
        return self._known

    def reasons(self, services: Iterable[str]) -> dict[str, str]:
        """Returns why these services do not work, in the words of what failed; empty where that is not known."""
        known = self._known
        return {name: known[name].health.reason if name in known else "" for name in sorted(services)}

    def change(self, name: str, health: Health, now: float) -> None:
        """Takes the new condition of a service, or another reason for the same; `now` in monotonic seconds."""
        before = self._known.get(name) or Known(health, now)
        changed = name not in self._known or before.health.condition is not health.condition
        failed = health.condition is Condition.OFFLINE
        self._known[name] = Known(
            health,
            now if changed else before.since,
            before.failures + (failed and changed),
            health.reason if failed else before.error,
            now if failed else before.failed_at,
        )

    def forget(self, name: str) -> None:
        """Forgets a service: there is none of that name any more, or another in its place."""
        self._known.pop(name, None)
