"""How each service of the room does: now, since when, why, and how often it failed since the firmware started."""

from collections.abc import Mapping

import msgspec

from appliance.runtime.supervisor import Condition, Health


class Known(msgspec.Struct, frozen=True):
    """How a service is doing. `since`: monotonic seconds; `failures`: how often it went offline."""

    health: Health
    since: float
    failures: int = 0

    @property
    def ready(self) -> bool:
        """Whether it works."""
        return self.health.condition is Condition.READY


class Conditions:
    """All services by name, in the order of their start; told each change of condition."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}

    @property
    def known(self) -> Mapping[str, Known]:
        """How they are now."""
        return self._known

    def change(self, name: str, health: Health, now: float) -> None:
        """Takes the new condition of a service; `now` in monotonic seconds."""
        before = self._known.get(name)
        failures = 0 if before is None else before.failures
        failed = health.condition is Condition.OFFLINE
        self._known[name] = Known(health, now, failures + failed)
