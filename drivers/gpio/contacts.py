"""The two contacts of a rotary encoder in the event loop, wherever their edges come from."""

import threading
from contextlib import suppress
from typing import Any, Protocol

import trio

from drivers.gpio.kernel.factory import KernelPin
from drivers.gpio.quadrature import Contact
from drivers.gpio.turns import Turns


class Contacts(Protocol):
    """The contacts of an encoder while they are listened to."""

    async def heard(self) -> list[bool]:
        """Waits for turns; returns whether each was clockwise, in sequence. OSError: the lines are gone."""

    def close(self) -> None:
        """Stops listening; a turn that is still on its way is dropped."""


def contacts_of(a: Any, b: Any, turns: Turns) -> Contacts:  # noqa: ANN401  # gpiozero ships no types
    """Listens to both edges of two gpiozero pins, inside trio."""
    return KernelContacts(a, b, turns) if isinstance(a, KernelPin) else ThreadContacts(a, b, turns)


class KernelContacts:
    """Two lines of the kernel in one request: their edges come in the order in which they happened."""

    def __init__(self, a: KernelPin, b: KernelPin, turns: Turns) -> None:
        self._lines = a.listen(b)
        self._contacts = {a.line: Contact.A, b.line: Contact.B}
        self._turns = turns

    async def heard(self) -> list[bool]:
        """Waits for the lines."""
        await self._lines.until_edges()
        if self._hear() and self._turns.settles:
            await trio.sleep(self._turns.settles)
            self._hear()
        return self._turns.take()

    def close(self) -> None:
        """Does nothing: the lines end with their pins."""

    def _hear(self) -> bool:
        heard = [self._turns.hear(self._contacts[e.line], e.at, closed=not e.level) for e in self._lines.edges()]
        return bool(heard) and heard[-1]


class ThreadContacts:
    """Two pins that call back: lgpio in a thread of its own. Edges are decoded right there."""

    def __init__(self, a: Any, b: Any, turns: Turns) -> None:  # noqa: ANN401  # gpiozero ships no types
        self._pins = (a, b)
        self._turns = turns
        self._token = trio.lowlevel.current_trio_token()
        self._lock = threading.Lock()
        self._waking = False  # at most one callback waits in the event loop, however many turns come and are taken back
        self._news = trio.Event()
        self._closed = False
        for pin, hear in zip(self._pins, (self._hear_a, self._hear_b), strict=True):
            pin.bounce = None  # gpiozero's debouncing loses edges
            pin.edges = "both"
            pin.when_changed = hear  # the pin keeps a weak reference only

    async def heard(self) -> list[bool]:
        """Waits for the thread."""
        await self._news.wait()
        if self._turns.settles:
            await trio.sleep(self._turns.settles)
        self._news = trio.Event()
        with self._lock:
            self._waking = False
            return self._turns.take()

    def close(self) -> None:
        """Stops the callbacks."""
        self._closed = True
        for pin in self._pins:
            pin.when_changed = None

    def _hear_a(self, ticks: float, state: float) -> None:
        self._hear(Contact.A, ticks, state)

    def _hear_b(self, ticks: float, state: float) -> None:
        self._hear(Contact.B, ticks, state)

    def _hear(self, contact: Contact, ticks: float, state: float) -> None:
        """Notes an edge, in any thread. An exception that escaped would end lgpio's thread, and all buttons with it."""
        with self._lock:
            wakes = self._turns.hear(contact, ticks, closed=not state) and not self._waking
            self._waking = self._waking or wakes
        if wakes:
            with suppress(trio.RunFinishedError):
                self._token.run_sync_soon(self._wake)

    def _wake(self) -> None:
        if not self._closed:
            self._news.set()
