"""VISCA's presets 0 to 15 and the terminal's own, which have names: ours are called `VISCA 0` to `VISCA 15`."""

import re
from collections.abc import Mapping

from appliance.room.change import changed
from appliance.room.intents import KeepPreset
from appliance.room.state import RoomState
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.presets import (
    AddPreset,
    Preset,
    PresetAdded,
    PresetRemoved,
    PresetsReply,
    RemovePreset,
    UpdatePreset,
)

_NAME = re.compile(r"VISCA ([0-9]|1[0-5])")


def read(state: RoomState, reply: PresetsReply, _now: float) -> RoomState:
    """The terminal has presets: these."""
    return changed(state, presets=_numbered(reply.presets))


def added(state: RoomState, event: PresetAdded, _now: float) -> RoomState:
    """There is one more, whoever made it."""
    new = _numbered((Preset(preset_id=event.preset_id, name=event.name),))
    return changed(state, presets={**(state.presets or {}), **new})


def removed(state: RoomState, event: PresetRemoved, _now: float) -> RoomState:
    """There is one less."""
    if state.presets is None:
        return state
    return changed(state, presets={number: id_ for number, id_ in state.presets.items() if id_ != event.preset_id})


def commands(intent: KeepPreset, state: RoomState) -> tuple[Command, ...]:
    """What a terminal is to do that has presets; nothing for one that has not said so."""
    if state.presets is None:
        return ()
    there = state.presets.get(intent.number)
    if not intent.there:
        return () if there is None else (RemovePreset(preset_id=there),)
    return (AddPreset(name=f"VISCA {intent.number}") if there is None else UpdatePreset(preset_id=there),)


def _numbered(presets: tuple[Preset, ...]) -> Mapping[int, str]:
    named = ((_NAME.fullmatch(preset.name), preset.preset_id) for preset in presets)
    return {int(match[1]): preset_id for match, preset_id in named if match and preset_id}
