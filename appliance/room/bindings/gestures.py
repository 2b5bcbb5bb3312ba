"""Presses of buttons become gestures: double presses, chords, and the longest of several holds.

Only buttons that ask for one of these wait for it; all others mean what they are, at once. A press of which more may
come is in `RoomState.presses`, with the time at which it is known what it is if nothing else happens: then
`room.reactions.presses` gives `GestureDue`. Another button that goes down ends the wait for a second press, so that
everything is done in the order in which it was pressed. Once a chord is complete its buttons are not heard by
themselves, nor is a button after its double press, until they are up.

What a press means is chosen by the state of the room as the button goes down (`Press.situation`): a call that comes in
while the finger is on its way up is not answered by that.
"""

import math
from collections.abc import Mapping

import msgspec

from appliance.room import actions
from appliance.room.bindings.bindings import KEYPADS, Bindings, button_source
from appliance.room.inputs import (
    Doubled,
    GestureDue,
    Held,
    Input,
    NextStep,
    Pressed,
    Released,
    SourceGone,
    Tapped,
    Unattended,
)
from appliance.room.parts.presses import Press, Stage
from appliance.room.situation import situations
from appliance.room.state import RoomState

TOGETHER = 0.15
"""Seconds within which all buttons of a chord go down: the fingers of two hands are not together faster."""

AGAIN = 0.4
"""Seconds after a release within which the second press of a double press begins."""

Heard = tuple[tuple[Input, ...], Mapping[str, Press]]
"""What was meant, in sequence, and the presses of which more may come."""


def heard(given: Input, state: RoomState, bindings: Bindings, now: float) -> Heard:
    """Returns what an input means as gestures; itself where no more can come of it."""
    if not _concerned(given, state, bindings):
        return (given,), state.presses
    hearing = _Hearing(state, bindings, now)
    hearing.hear(given)
    return tuple(hearing.meant), hearing.presses


def _concerned(given: Input, state: RoomState, bindings: Bindings) -> bool:
    """Returns whether more may come of this than what it is."""
    if not isinstance(given, Pressed | Held | Released):
        return isinstance(given, GestureDue) or (bool(state.presses) and not isinstance(given, Unattended | NextStep))
    binding = bindings.buttons.get(given.button)
    if binding is None:
        return False
    more = len(binding.holds) > 1 or binding.double is not None or isinstance(binding.press, actions.ByState)
    return more or bool(state.presses) or given.button in bindings.parts


class _Hearing:
    """One input on its way to what it means; `presses` as they are after it."""

    def __init__(self, state: RoomState, bindings: Bindings, now: float) -> None:
        self.meant: list[Input] = []
        self.presses = dict(state.presses)
        self._state = state
        self._bindings = bindings
        self._now = now

    def hear(self, given: Input) -> None:
        """Takes an input about buttons."""
        match given:
            case Pressed(button=name):
                self._pressed(name)
            case Held(button=name, nth=nth):
                self._held(name, nth)
            case Released(button=name):
                self._released(name)
            case GestureDue(button=name):
                self._due(name)
            case SourceGone(source=source):
                self._gone(source)
                self.meant.append(given)
            case _:
                self._settle(keep=frozenset())
                self.meant.append(given)

    def _pressed(self, name: str) -> None:
        if self._stage(name) is Stage.AGAIN:
            self.presses[name] = Press(Stage.OVER)
            self.meant.append(Doubled(name))
            return
        together = self._together(name)
        self._settle(keep=together)
        chord = next((each for each in self._chords(name) if self._bindings.chords[each].buttons == together), "")
        if chord:
            self._chord_pressed(chord)
        elif name in self._bindings.parts:
            self.presses[name] = Press(Stage.TOGETHER, self._now + TOGETHER)
        else:
            self._down(name)

    def _together(self, name: str) -> frozenset[str]:
        """Returns the buttons that are down and may be the same chord as this one, this one among them."""
        down = frozenset(each for each in self.presses if self._stage(each) is Stage.TOGETHER) | {name}
        fits = any(down <= self._bindings.chords[each].buttons for each in self._chords(name))
        return down if fits else frozenset({name})

    def _chords(self, name: str) -> tuple[str, ...]:
        return self._bindings.parts.get(name, ())

    def _chord_pressed(self, chord: str) -> None:
        buttons, holds = self._bindings.chords[chord].buttons, self._bindings.chords[chord].holds
        self.presses |= dict.fromkeys(buttons, Press(Stage.PART, chord=chord))
        self.meant.append(Pressed(chord))
        due = self._now + holds[0] if holds else math.inf
        self.presses[chord] = Press(Stage.CHORD, due, self._situation(chord))

    def _settle(self, keep: frozenset[str]) -> None:
        """Ends the wait of all presses for another one, but for these."""
        for name in [*self.presses]:
            if name not in keep and self._stage(name) in {Stage.TOGETHER, Stage.AGAIN}:
                self._as_it_is(name)

    def _as_it_is(self, name: str) -> None:
        """Nothing more comes of a press."""
        if self.presses.pop(name).stage is Stage.AGAIN:
            self.meant.append(Tapped(name))
        else:
            self._down(name)

    def _down(self, name: str) -> None:
        """Takes a press for what it is, and remembers by which state it was chosen what it does."""
        self.meant.append(Pressed(name))
        if situation := self._situation(name):
            self.presses[name] = Press(Stage.DOWN, situation=situation)

    def _situation(self, name: str) -> str:
        press = self._bindings.buttons[name].press
        return press.situation(situations(self._state)) if isinstance(press, actions.ByState) else ""

    def _held(self, name: str, nth: int) -> None:
        if self._stage(name) in {Stage.PART, Stage.OVER}:
            return
        if self._stage(name) is Stage.TOGETHER:
            self._as_it_is(name)
        holds = self._bindings.buttons[name].holds
        if nth >= len(holds) - 1 or actions.leading(holds[nth])[0].at_once:
            self.meant.append(Held(name, nth))
            self._note_holds(name, 0)
        else:
            self._note_holds(name, nth + 1)

    def _note_holds(self, name: str, count: int) -> None:
        """Remembers how many holds are over and have not acted; the press itself does not act any more."""
        known = self.presses.get(name, Press(Stage.HELD))
        stage = Stage.CHORD if known.stage is Stage.CHORD else Stage.HELD
        self.presses[name] = msgspec.structs.replace(known, stage=stage, holds=count)

    def _released(self, name: str) -> None:
        press = self.presses.get(name)
        match press.stage if press else None:
            case Stage.PART if press:
                del self.presses[name]
                if press.chord in self.presses:  # the first of its buttons
                    self._released(press.chord)
                return
            case Stage.OVER:
                del self.presses[name]
                return
            case Stage.TOGETHER:
                self._as_it_is(name)
            case Stage.HELD | Stage.CHORD if press and press.holds:
                self.meant.append(Held(name, press.holds - 1))
        if self._may_come_again(name):
            situation = self.presses[name].situation if name in self.presses else ""
            self.presses[name] = Press(Stage.AGAIN, self._now + AGAIN, situation)
        else:
            self.presses.pop(name, None)
            self.meant.append(Released(name))

    def _may_come_again(self, name: str) -> bool:
        held = self._stage(name) in {Stage.HELD, Stage.CHORD}
        binding = self._bindings.buttons[name]
        return binding.double is not None and name in self._state.held and not held

    def _due(self, name: str) -> None:
        press = self.presses.get(name)
        if press is None or press.due > self._now:
            return
        if press.stage is Stage.CHORD:
            self._chord_held(name, press)
        else:
            self._as_it_is(name)

    def _chord_held(self, name: str, press: Press) -> None:
        holds = self._bindings.chords[name].holds
        longer = holds[press.nth + 1 :]
        due = press.due + longer[0] - holds[press.nth] if longer else math.inf
        self.presses[name] = msgspec.structs.replace(press, due=due, nth=press.nth + 1)
        self._held(name, press.nth)

    def _gone(self, source: str) -> None:
        """Nobody can say any more whether these buttons are down; what was pressed and let go before stays."""
        for name in [*self.presses]:
            its = source == button_source(name) or (source.startswith(KEYPADS) and name.startswith(f"{source}."))
            if its and self._stage(name) is not Stage.AGAIN:
                chord = self.presses.pop(name).chord
                if self.presses.pop(chord, None) is not None:
                    self.meant.append(SourceGone(button_source(chord)))

    def _stage(self, name: str) -> Stage | None:
        press = self.presses.get(name)
        return None if press is None else press.stage
