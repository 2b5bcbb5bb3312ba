"""The terminal's own presets, and by which of VISCA's numbers each is ours.

A terminal names a preset by an id of its own, which it tells when it has stored one; the id is kept with the number
under which a controller asked for it, also over a restart of the appliance (`presets_kept`). Some terminals give
presets names as well: there ours are called `VISCA 0` to `VISCA 254`, and whoever reads the list knows them by that.
"""

import re
from collections.abc import Mapping

from appliance.room.change import changed
from appliance.room.local_events.camera import PresetPictured, PresetsRemembered, PresetStored
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
    """Takes the presets of a terminal that has some, which is a newer one; ours that it has no longer are forgotten."""
    ids = frozenset(preset.preset_id for preset in reply.presets)
    ours = {**_there(state.presets_kept, ids), **_named(reply.presets)}
    return changed(state, preset_ids=ids, presets=ours, presets_kept=ours, generation=Generation.NEWER)


def added(state: RoomState, event: PresetAdded, _now: float) -> RoomState:
    """Adds a preset, whoever made it; without one of our names it is theirs, or its id comes with the answer."""
    new = _named((Preset(preset_id=event.preset_id, name=event.name),))
    return _with(state, event.preset_id, new)


def stored(state: RoomState, event: PresetStored, _now: float) -> RoomState:
    """Takes the id under which the terminal has stored one of ours."""
    return _with(state, event.preset_id, {event.number: event.preset_id})


def removed(state: RoomState, event: PresetRemoved, _now: float) -> RoomState:
    """Removes a preset."""
    if state.presets is None:
        return state
    ids = state.preset_ids - {event.preset_id}
    return changed(
        state, preset_ids=ids, presets=_there(state.presets, ids), presets_kept=_there(state.presets_kept, ids)
    )


def remembered(state: RoomState, event: PresetsRemembered, _now: float) -> RoomState:
    """Takes the ids that were kept when the appliance ran last, where nothing newer is known."""
    kept = {**event.ids, **state.presets_kept}
    known = state.presets if state.presets is None else _there(kept, state.preset_ids)
    return changed(state, presets=known, presets_kept=kept)


def pictured(state: RoomState, event: PresetPictured, _now: float) -> RoomState:
    """Remembers that there is another picture of a place, or none any more."""
    pictures = {number: mark for number, mark in state.preset_pictures.items() if number != event.number}
    return changed(state, preset_pictures=pictures | ({event.number: event.mark} if event.mark else {}))


def _with(state: RoomState, preset_id: str, new: Mapping[int, str]) -> RoomState:
    return changed(
        state,
        preset_ids=state.preset_ids | {preset_id},
        presets={**(state.presets or {}), **new},
        presets_kept={**state.presets_kept, **new},
    )


def _there(presets: Mapping[int, str], ids: frozenset[str]) -> Mapping[int, str]:
    return {number: preset_id for number, preset_id in presets.items() if preset_id in ids}


def _named(presets: tuple[Preset, ...]) -> Mapping[int, str]:
    named = ((_NAME.fullmatch(preset.name), preset.preset_id) for preset in presets)
    return {int(match[1]): preset_id for match, preset_id in named if match and preset_id}
