"""Connects a USB keypad to the room."""

from collections.abc import Callable

import trio

from appliance.room.bindings.bindings import key_name, key_source
from appliance.room.inputs import Held, Input, Key, KeyHeld, Pressed, Released, SourceGone
from drivers.gpio.debounce import Kind
from drivers.keypad.gestures import Gesture, Gestures
from drivers.keypad.key_events import KeyEvent
from drivers.keypad.keypad import Keypad


class KeypadService:
    """Reports keys of the keypad called `name` to the room: presses and holds, and of those `bound` also releases."""

    def __init__(
        self, name: str, keypad: Keypad, gestures: Gestures, bound: frozenset[str], put: Callable[[Input], None]
    ) -> None:
        self._name = name
        self._keypad = keypad
        self._gestures = gestures
        self._bound = bound
        self._put = put
        self._holds: dict[str, int] = {}  # of what is down, by its name
        self._changed = trio.Event()

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Listens until cancelled. Raises DeviceError: when the keypad is not there or goes away."""
        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._follow)
                await self._keypad.run(self._heard, task_status=task_status)
        finally:
            self._forget()

    async def _follow(self) -> None:
        """Checks the gestures whenever a hold or a chord is due."""
        while True:
            with trio.move_on_at(self._gestures.deadline):
                await self._changed.wait()
            self._changed = trio.Event()
            await trio.lowlevel.checkpoint()  # events that have arrived already are older than the deadline
            self._tell(self._gestures.check(trio.current_time()))

    def _heard(self, event: KeyEvent) -> None:
        if event.lost:
            self._forget()
        else:
            self._tell(self._gestures.key(event, trio.current_time()))
        self._changed.set()

    def _tell(self, gestures: list[Gesture]) -> None:
        for gesture in gestures:
            if gesture.name in self._bound:
                self._put(self._bound_input(gesture))
            elif gesture.kind is Kind.PRESSED:
                self._put(Key(gesture.name))
            elif gesture.kind is Kind.HELD:
                self._put(KeyHeld(gesture.name))

    def _bound_input(self, gesture: Gesture) -> Input:
        button = key_name(self._name, gesture.name)
        if gesture.kind is not Kind.HELD:
            self._holds[gesture.name] = 0
            return (Pressed if gesture.kind is Kind.PRESSED else Released)(button)
        nth = self._holds.get(gesture.name, 0)
        self._holds[gesture.name] = nth + 1
        return Held(button, nth)

    def _forget(self) -> None:
        """Ends what the keys that are down have begun: it is not known whether they still are down."""
        if self._gestures.under_way:
            self._put(SourceGone(key_source(self._name)))
        self._gestures.forget()
