"""The terminal's own presets, which have names: ours are called `VISCA 0` to `VISCA 254`, after VISCA's numbers."""

import re
from collections.abc import Mapping

from appliance.room.reduce.change import changed
from appliance.room.state import RoomState
from appliance.terminal.messages.newer.generation import Generation
from appliance.terminal.messages.presets import (
    Preset,
    PresetAdded,
    PresetRemoved,
    PresetsReply,
)

_NAME = re.compile(r"VISCA (25[0-4]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])")


def read(state: RoomState, reply: PresetsReply, _now: float) -> RoomState:
    """Takes the presets of a terminal that has some, which is a newer one."""
    return changed(state, presets=_numbered(reply.presets), generation=Generation.NEWER)


def added(state: RoomState, event: PresetAdded, _now: float) -> RoomState:
    """Adds a preset, whoever made it."""
    new = _numbered((Preset(preset_id=event.preset_id, name=event.name),))
    return changed(state, presets={**(state.presets or {}), **new})


def removed(state: RoomState, event: PresetRemoved, _now: float) -> RoomState:
    """Removes a preset."""
    if state.presets is None:
        return state
    return changed(state, presets={number: id_ for number, id_ in state.presets.items() if id_ != event.preset_id})


def _numbered(presets: tuple[Preset, ...]) -> Mapping[int, str]:
    named = ((_NAME.fullmatch(preset.name), preset.preset_id) for preset in presets)
    return {int(match[1]): preset_id for match, preset_id in named if match and preset_id}
