"""Faults are seen for a while even where they are over sooner: what flashes by, nobody can read or tell of."""

from appliance.room.change import changed
from appliance.room.local_events.box import FaultsSeen
from appliance.room.parts.link import LinkPhase, Trouble
from appliance.room.state import RoomState
from appliance.room.texts import eviction
from appliance.terminal.messages.enums import EvictionCause

EXPIRED = eviction(EvictionCause.TOKEN_EXPIRED)
"""What a terminal says once a day of a token, and the link asks for another one at once."""

SEEN = 3.0
"""Seconds for which a fault is shown at least: long enough to look up and read a short sentence."""


def troubled(state: RoomState, now: float) -> RoomState:
    """Remembers what is wrong with the link; that the appliance is starting, or renews its token, is nothing wrong."""
    if state.link.phase in {LinkPhase.UP, LinkPhase.STARTING} or state.link.reason == EXPIRED:
        return state
    return changed(state, trouble=Trouble(state.link, now + SEEN))


def missed(state: RoomState, service: str, now: float) -> RoomState:
    """Remembers that the hardware of a service is missing."""
    return changed(state, missed={**state.missed, service: now + SEEN})


def seen(state: RoomState, _event: FaultsSeen, now: float) -> RoomState:
    """Forgets what has been shown for long enough."""
    trouble = state.trouble if state.trouble is not None and state.trouble.until > now else None
    missed = {name: until for name, until in state.missed.items() if until > now}
    return changed(state, trouble=trouble, missed=missed)
