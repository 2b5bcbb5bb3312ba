"""VISCA's presets, where the terminal has presets of its own."""

import pytest

from appliance.room.bindings.bindings import Bindings
from appliance.room.inputs import DriveTo, PresetAsked
from appliance.room.intents.camera import MoveTo
from appliance.room.local_events.camera import PresetsRemembered, PresetStored
from appliance.room.local_events.link import Answered, LinkChanged, ReadingWanted
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.reading import Reading
from appliance.room.respond import respond
from appliance.room.state import RoomState
from appliance.terminal.messages.base import Command
from appliance.terminal.messages.newer.generation import Generation
from appliance.terminal.messages.presets import (
    AddPreset,
    ApplyPreset,
    GetPresets,
    Preset,
    PresetAdded,
    PresetRemoved,
    PresetsReply,
    RemovePreset,
    UpdatePreset,
)
from tests.room.rooms import CAMERA, after, room

WANTED = ReadingWanted(Reading.PRESETS)
THERE = Answered(
    GetPresets(),
    PresetsReply(
        presets=tuple(
            Preset(preset_id=str(number), name=name)
            for number, name in enumerate(["VISCA 0", "Board", "VISCA 254", "VISCA 255", "visca 1", "VISCA 01", ""])
        )
    ),
)


def sent(state: RoomState, given: DriveTo | PresetAsked) -> tuple[Command, ...]:
    _, orders = respond(given, state, Bindings(), 0.0)
    return tuple(command for order in orders for command in order.plan.commands)


def test_the_terminals_presets_are_ours_by_their_names() -> None:
    assert room().presets is None
    state = after(room(), WANTED, THERE)
    assert state.presets == {0: "0", 254: "2"}
    state = after(state, PresetAdded(preset_id="9", name="VISCA 3"), PresetRemoved(preset_id="0"))
    assert state.presets == {254: "2", 3: "9"}
    assert after(room(), PresetRemoved(preset_id="0")).presets is None


NAMELESS = Answered(GetPresets(), PresetsReply(presets=(Preset(preset_id="17"), Preset(preset_id="18"))))


def test_where_presets_have_no_names_they_are_ours_by_the_ids_that_were_told() -> None:
    """No source knows names; the answer tells the id, and a file keeps it."""
    state = after(room(), WANTED, NAMELESS)
    assert state.presets == {}
    state = after(state, PresetAdded(preset_id="19"), PresetStored(3, "19"), PresetStored(3, "19"))
    assert state.presets == state.presets_kept == {3: "19"}
    assert after(state, PresetRemoved(preset_id="18")).presets == {3: "19"}
    gone = after(state, PresetRemoved(preset_id="19"))
    assert (gone.presets, gone.presets_kept) == ({}, {})
    again = after(state, WANTED, NAMELESS)  # somebody has removed it while the link was down
    assert (again.presets, again.presets_kept) == ({}, {})


def test_what_is_kept_outlives_a_lost_link() -> None:
    """A file keeps it, and has whatever the room has."""
    state = after(room(), WANTED, NAMELESS, PresetAdded(preset_id="17"), PresetStored(3, "17"))
    lost = after(state, LinkChanged(Link(LinkPhase.DOWN)))
    assert (lost.presets, lost.presets_kept) == (None, {3: "17"})


def test_what_was_kept_counts_as_far_as_the_terminal_still_has_it() -> None:
    kept = PresetsRemembered({3: "17", 4: "gone", 5: "18"})
    for state in (after(room(), kept, WANTED, NAMELESS), after(room(), WANTED, NAMELESS, kept)):
        assert state.presets == {3: "17", 5: "18"}
    assert after(room(), kept).presets is None
    assert after(room(), WANTED, NAMELESS, PresetStored(3, "18"), kept).presets == {3: "18", 5: "18"}
    named = after(room(), kept, WANTED, THERE)
    assert named.presets == named.presets_kept == {0: "0", 254: "2"}


@pytest.mark.parametrize(
    ("given", "commands"),
    [
        (PresetAsked(254, there=True), (UpdatePreset(preset_id="2"),)),
        (PresetAsked(4, there=True), (AddPreset(name="VISCA 4"),)),
        (PresetAsked(254, there=False), (RemovePreset(preset_id="2"),)),
        (PresetAsked(4, there=False), ()),
    ],
)
def test_what_is_stored_here_is_stored_there_where_there_are_presets(
    given: PresetAsked, commands: tuple[Command, ...]
) -> None:
    assert sent(after(room(), WANTED, THERE), given) == commands
    assert sent(room(), given) == ()
    assert sent(RoomState(link=Link(LinkPhase.DOWN)), given) == ()


def test_a_terminal_with_presets_is_a_newer_one() -> None:
    assert after(room(), WANTED, THERE).generation is Generation.NEWER


def test_what_was_stored_is_there_at_once() -> None:
    state = after(room(), PresetStored(number=7, preset_id="9"))
    assert (state.preset_ids, state.presets, state.presets_kept) == (frozenset({"9"}), {7: "9"}, {7: "9"})
    assert after(state, PresetRemoved(preset_id="9")).presets == {}


def test_a_place_is_recalled_there_if_it_is_there_and_gone_to_if_not() -> None:
    state = after(room(camera=CAMERA), WANTED, THERE)
    assert sent(state, DriveTo(pan=0.5, preset=254)) == (ApplyPreset(preset_id="2"),)
    for other in (sent(state, DriveTo(pan=0.5, preset=4)), sent(state, DriveTo(pan=0.5))):
        assert [command.method for command in other] == ["setPanPos"]
    _, (order,) = respond(DriveTo(pan=0.5, preset=254), room(camera=CAMERA), Bindings(), 0.0)
    assert order.intent == MoveTo(pan=0.0)
