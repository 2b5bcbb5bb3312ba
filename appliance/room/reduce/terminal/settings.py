"""Settings of the terminal that the room goes by: its volume, also while one is asked for, its language, its PIN."""

from appliance.room import pin
from appliance.room.change import changed
from appliance.room.local_events.awaited import VolumeAsked, VolumeDropped
from appliance.room.orders import asked
from appliance.room.parts.awaited import Level
from appliance.room.reduce.terminal.snapshot import level_of
from appliance.room.state import RoomState
from appliance.terminal.messages import devices

VOLUME_SHOWN = 1.5
"""Seconds for which a volume that was turned is shown once it is confirmed: long enough to be read."""


def volume_asked(state: RoomState, event: VolumeAsked, _now: float) -> RoomState:
    """A level is asked for, and shown while it is."""
    return changed(state, volume_asked=Level(event.level, event.until), volume_shown_until=event.until)


def volume_dropped(state: RoomState, event: VolumeDropped, _now: float) -> RoomState:
    """A further step begins where the terminal is, unless another level has been asked for since."""
    ours = state.volume_asked is not None and state.volume_asked.value == event.level
    return changed(state, volume_asked=None, volume_shown_until=0.0) if ours else state


def setting_changed(state: RoomState, event: devices.SettingChanged, now: float) -> RoomState:
    """A setting of the terminal; most concern no room."""
    if event.name.casefold() == devices.PIN_CHANGES:
        return pin.known(state, now, pin_renewed=devices.switched_on(event.value))
    if event.name.casefold() == devices.LANGUAGE:
        return changed(state, language=event.value) if isinstance(event.value, str) else state
    level = level_of(event.name, event.value)
    if level is None:
        return state
    wanted = state.volume_asked
    if wanted is None or abs(level - wanted.value) >= asked.SAME_LEVEL:
        return changed(state, volume=level)
    return changed(state, volume=level, volume_asked=None, volume_shown_until=now + VOLUME_SHOWN)
