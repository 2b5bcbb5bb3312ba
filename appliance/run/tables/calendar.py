"""`[calendar]` of a room that is built."""

from collections.abc import Iterator

from appliance.run.parts import Parts
from appliance.runtime.supervisor import Service
from appliance.services.state_files import state_directory


def calendar(parts: Parts) -> Iterator[Service]:
    """Yields what follows the calendar, where there is one."""
    if parts.config.calendar is None:
        return
    from appliance.services.calendar import NAME, CalendarService  # noqa: PLC0415  # who has none need not wait for its libraries

    service = CalendarService(parts.config.calendar, parts.store, parts.clock, state_directory())
    yield Service(NAME, service.run)
