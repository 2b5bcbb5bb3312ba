"""The box itself: its version, what works of it, and its end."""

from appliance.room.change import changed
from appliance.room.local_events.box import Halted, ServiceOffline, ServiceOnline, UpdateIs
from appliance.room.reduce.local import faults
from appliance.room.state import RoomState


def update_is(state: RoomState, event: UpdateIs, _now: float) -> RoomState:
    """Which version the box has, and how far another one is."""
    return changed(state, update=event.update)


def service_offline(state: RoomState, event: ServiceOffline, now: float) -> RoomState:
    """A part of the box works no longer."""
    return faults.missed(changed(state, offline=state.offline | {event.name}), event.name, now)


def service_online(state: RoomState, event: ServiceOnline, _now: float) -> RoomState:
    """It works again."""
    return changed(state, offline=state.offline - {event.name})


def halted(state: RoomState, _event: Halted, _now: float) -> RoomState:
    """The firmware ends."""
    return changed(state, halted=True)
