"""Guides a person through the keys of an input device, and records what it sends.

The device is held with its grab, so that what is pressed reaches no other program: a key that puts the machine to
sleep, or types into a console, does neither. Therefore a person at a console that has no other keyboard cannot press
Enter either, and every step goes on by itself.
"""

import math
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final

import msgspec
import trio

from drivers.keypad.config import KeyboardConfig
from drivers.keypad.key_events import KeyEvent
from drivers.keypad.keypad import Keypad, OpenKeypad
from drivers.keypad.learning.raw import RawKey, named_as, pressed
from drivers.keypad.learning.recording import Events, Line, Meant, events_in
from drivers.speakerphone.recorder import Person
from drivers.speakerphone.recording import Asked, How, Outcome

PATIENCE: Final = 20.0  # seconds that a person has for one key
SETTLE: Final = 0.6  # seconds after a key in which a macro key sends the rest
QUEUED: Final = 200  # keys that may wait; more than a person can press


class Step(msgspec.Struct, frozen=True):
    """A key to be found. `meaning`: what `[keypads.NAME.keys]` says of it."""

    meaning: str
    ask: str


class Learned(msgspec.Struct, frozen=True):
    """What was pressed for a step; no keys where there is none, no name where they cannot be bound.

    `symbols`: what the driver takes it for without a configuration, as it does Shift+8 for "*".
    """

    step: Step
    keys: Sequence[RawKey] = ()
    name: str = ""
    symbols: Sequence[str] = ()


class Learner:
    """One session with one device; `write` gets every line as it happens. Create it inside a trio run."""

    def __init__(
        self, config: KeyboardConfig, opener: OpenKeypad, person: Person, write: Callable[[Line], object]
    ) -> None:
        self._keypad = Keypad(config, opener, self._heard)
        self._person = person
        self._write = write
        self._began = trio.current_time()
        self._symbols: list[str] = []  # that were meant in this step
        self._note, self._keys = trio.open_memory_channel[RawKey](QUEUED)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Opens and grabs the device. Raises what `Keypad.run` raises."""
        async with trio.open_nursery() as nursery:
            await nursery.start(self._keypad.run, self._meant)
            yield
            nursery.cancel_scope.cancel()

    async def learn(self, step: Step) -> Learned:
        """Asks for one key, and returns what came: all keys of one press, or none after `PATIENCE` or on Enter."""
        self._forget()
        self._write(Asked(self._now(), step.meaning))
        self._person.say(f"{step.ask}. (none: Enter, or wait {PATIENCE:g} s)")
        keys = await self._one_press()
        name = named_as([key.code for key in keys])
        how: How = "nothing" if not keys else "understood" if name else "not understood"
        self._write(Outcome(self._now(), step.meaning, how))
        return Learned(step, keys, name, tuple(self._symbols))

    async def watch(self, shown: Callable[[RawKey], object]) -> None:
        """Passes on every key until Enter, or until none has been pressed for `PATIENCE`."""
        while keys := await self._one_press(settle=0):
            for key in keys:
                shown(key)

    async def _one_press(self, settle: float = SETTLE) -> list[RawKey]:
        """Returns the first key and those that follow it at once."""
        keys: list[RawKey] = []
        with trio.move_on_after(PATIENCE):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._entered, nursery.cancel_scope)
                keys.append(await self._keys.receive())
                nursery.cancel_scope.cancel()
        with trio.move_on_after(settle if keys else 0):
            while keys:
                keys.append(await self._keys.receive())
        return keys

    async def _entered(self, scope: trio.CancelScope) -> None:
        await self._person.enter()
        scope.cancel()

    def _forget(self) -> None:
        self._symbols.clear()
        while self._keys.statistics().current_buffer_used:
            self._keys.receive_nowait()

    def _heard(self, node: int, data: bytes) -> None:
        events = events_in(data)
        self._write(Events(self._now(), node, events))
        for key in pressed(node, events):
            if self._note.statistics().current_buffer_used < QUEUED:
                self._note.send_nowait(key)

    def _meant(self, event: KeyEvent) -> None:
        self._write(Meant(self._now(), event.symbol, event.down))
        self._symbols += [event.symbol] if event.down else []

    def _now(self) -> float:
        return math.floor((trio.current_time() - self._began) * 1000) / 1000
