"""What a gesture comes to in a state of the room, found by playing it to the room itself."""

from appliance.room import actions
from appliance.room.bindings.action_of import by_gesture
from appliance.room.bindings.bindings import Bindings
from appliance.room.bindings.gestures import heard
from appliance.room.bindings.resolve import held_after, resolve
from appliance.room.inputs import GestureDue, Input
from appliance.room.intents.base import Intent
from appliance.room.intents.inputs import ConfirmationOver, GoOn, StopRows
from appliance.room.local_events.inputs import InputsHeld, PressesAre
from appliance.room.reduce.reduce import reduce
from appliance.room.settle import settle
from appliance.room.state import RoomState

_UNSAID = (ConfirmationOver, StopRows)


class Played:
    """A room in which something is done to a button; `did` is what comes of it, and `then` what follows in a row."""

    def __init__(self, state: RoomState, bindings: Bindings) -> None:
        self.did: list[Intent] = []
        self.then: list[str] = []
        self._state = state
        self._bindings = bindings
        self._now = 0.0

    def give(self, *inputs: Input) -> None:
        """Takes inputs, one right after the other."""
        for given in inputs:
            meant, presses = heard(given, self._state, self._bindings, self._now)
            for each in meant:
                self._take(each)
            self._state = reduce(self._state, PressesAre(presses), self._now)

    def rest(self) -> None:
        """Lets time pass until it is known what every press is."""
        for name, press in self._state.presses.items():
            if press.due < 60.0:
                self._now = max(self._now, press.due)
                self.give(GestureDue(name))
                return

    @property
    def asks(self) -> bool:
        """Whether something is to be confirmed."""
        return self._state.confirming is not None

    def forget(self) -> None:
        """Begins anew to note what is done."""
        self.did.clear()
        self.then.clear()

    def _take(self, given: Input) -> None:
        before = self._state
        for intent in resolve(given, before, self._bindings):
            self._state = settle(intent, self._state, self._now)
            if isinstance(intent, GoOn):
                self.then += self._rest_of(intent)
            elif not isinstance(intent, _UNSAID):
                self.did.append(intent)
        self._state = reduce(self._state, InputsHeld(held_after(given, before, self._bindings)), self._now)

    def _rest_of(self, intent: GoOn) -> list[str]:
        binding = self._bindings.buttons[intent.button]
        action = by_gesture(binding, intent.gesture, intent.nth, intent.situation)
        row = action.action if isinstance(action, actions.Confirmed) else action
        if not isinstance(row, actions.Row):
            return []
        begins = 0 if intent.step == 1 and isinstance(row.steps[0], actions.Wait) else intent.step
        return [actions.words_of(step) for step in row.steps[begins:]]
