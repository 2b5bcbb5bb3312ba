"""How each service of the room does: now, since when, why, and how often it failed since the firmware started."""

from collections.abc import Iterable, Mapping

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

    def reasons(self, services: Iterable[str]) -> dict[str, str]:
        """Returns why these services do not work, in the words of what failed; empty where that is not known."""
        known = self._known
        return {name: known[name].health.reason if name in known else "" for name in sorted(services)}

    def change(self, name: str, health: Health, now: float) -> None:
        """Takes the condition of a service, another or the same for another reason; `now` in monotonic seconds."""
        before = self._known.get(name)
        failures = 0 if before is None else before.failures
        if before is not None and before.health.condition is health.condition:
            self._known[name] = Known(health, before.since, failures)
        else:
            self._known[name] = Known(health, now, failures + (health.condition is Condition.OFFLINE))
