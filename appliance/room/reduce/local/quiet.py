"""Whether the room may be disturbed and whether it is night, as the appliance alone knows, and the terminal's sleep."""

from appliance.room.change import changed, noticed
from appliance.room.local_events.closed import DisturbanceChanged, NightIs
from appliance.room.state import RoomState
from appliance.room.texts import MAY_BE_DISTURBED, undisturbed
from appliance.terminal.messages.newer.picture import EnabledReply
from appliance.terminal.messages.system import SleepModeChanged


def disturbance_changed(state: RoomState, event: DisturbanceChanged, now: float) -> RoomState:
    """Takes whether nobody is to disturb the room; the display says it, also when the time is over."""
    after = changed(state, undisturbed=event.undisturbed)
    if event.undisturbed is None:
        return noticed(after, MAY_BE_DISTURBED, now) if state.undisturbed else after
    until = event.undisturbed.until
    return noticed(after, undisturbed(None if until is None else round((until - now) / 60)), now)


def night_is(state: RoomState, event: NightIs, _now: float) -> RoomState:
    """Takes whether it is night."""
    return changed(state, night=event.on)


def slept(state: RoomState, told: SleepModeChanged | EnabledReply, _now: float) -> RoomState:
    """Takes whether the terminal sleeps; one that does not say leaves it as it was."""
    return state if told.enabled is None else changed(state, sleeping=told.enabled)
