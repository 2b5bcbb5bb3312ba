"""Which faults are shown: those that there are, and those that were over before anybody could see them."""

from collections.abc import Iterator

from appliance.room.parts.link import Link, LinkPhase
from appliance.room.state import RoomState


def trouble(state: RoomState, now: float) -> Link | None:
    """Returns the link whose fault is shown at `now` (monotonic seconds), which may be up again."""
    if state.link.phase is not LinkPhase.UP:
        return None if state.link.phase is LinkPhase.STARTING else state.link
    was = state.trouble
    return was.link if was is not None and now < was.until else None


def missing(state: RoomState, now: float) -> frozenset[str]:
    """Returns the names of the services whose hardware is shown as missing at `now`."""
    return state.offline | {name for name, until in state.missed.items() if now < until}


def changes_at(state: RoomState, now: float) -> Iterator[float]:
    """Yields when (monotonic seconds) a fault that is over will have been shown for long enough."""
    if state.trouble is not None and now < state.trouble.until:
        yield state.trouble.until
    yield from (until for until in state.missed.values() if now < until)
