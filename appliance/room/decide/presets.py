"""What the terminal is asked to do with a preset that a VISCA controller stores or clears.

A new one is asked for with a name, by which other appliances know it, and without where the terminal refuses that: the
vendor's pages know no names of presets.
"""

from appliance.room.intents.camera import KeepPreset
from appliance.room.state import RoomState
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.presets import (
    AddPreset,
    RemovePreset,
    UpdatePreset,
)


def commands(intent: KeepPreset, state: RoomState) -> tuple[Command, ...]:
    """Returns what a terminal is to do that has presets; nothing for one that has not said so."""
    if state.presets is None:
        return ()
    there = state.presets.get(intent.number)
    if not intent.there:
        return () if there is None else (RemovePreset(preset_id=there),)
    return (AddPreset(name=f"VISCA {intent.number}") if there is None else UpdatePreset(preset_id=there),)
