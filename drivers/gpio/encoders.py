"""Rotary encoders: the edges of two contacts become turns in the event loop.

lgpio hears the contacts in a thread of its own. Edges are decoded right there, by the time stamps of the kernel (see
`quadrature`), so that the event loop may be late without losing one: what waits for it is detents, not edges.
"""

import math
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

import msgspec
import structlog
import trio
from gpiozero import InputDevice

from drivers.gpio.config import EncoderConfig
from drivers.gpio.header import gpio_name
from drivers.gpio.pins import Factory, claimed
from drivers.gpio.quadrature import Contact, Quadrature

log = structlog.get_logger()

MOST_WAITING = 50
"""Detents of one encoder that the event loop may be behind; nobody means more than that at once."""

DETENT_AT_EVERY_EDGE = 4
"""Detents of a cycle at which a contact that bounces would be turns there and back."""

BOUNCE = 0.005
"""Seconds for which a contact bounces, by the data sheets of common encoders: a turn that is undone within this time
is none where there is a detent at every edge. With fewer detents bounces count nothing, and nothing waits."""


class Turn(msgspec.Struct, frozen=True):
    """The encoder called `name` was turned by one detent."""

    name: str
    clockwise: bool


Emit = Callable[[Turn], None]


class Encoder:
    """The rotary encoder called `name`; `run` reports its turns. Run it once at a time."""

    def __init__(self, name: str, config: EncoderConfig, factory: Factory) -> None:
        self._name = name
        self._config = config
        self._factory = factory

    async def run(self, emit: Emit, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Calls `emit`, in the event loop, for each detent, until cancelled. `emit` must not block.

        DeviceMissing: a pin is in use or does not exist.
        """
        with (
            self._contact(self._config.a) as a,
            self._contact(self._config.b) as b,
            self._watched(a, b) as turns,
        ):
            log.debug("encoder_ready", encoder=self._name)
            task_status.started()
            while True:
                for clockwise in await turns.heard():
                    emit(Turn(self._name, clockwise))

    @property
    def _what(self) -> str:
        return f"encoder {self._name!r}"

    def _contact(self, pin: int | str) -> AbstractContextManager[InputDevice]:
        """Returns a context in which the pin is ours, with the Pi's own pull-up."""

        def opener() -> InputDevice:
            return InputDevice(gpio_name(pin), pull_up=True, pin_factory=self._factory)

        return claimed(self._what, pin, opener, InputDevice.close)

    def _watched(self, a: InputDevice, b: InputDevice) -> AbstractContextManager["_Turns"]:
        def opener() -> _Turns:
            turns = _Turns(a, b, self._config.detents_per_cycle)
            turns.listen()
            return turns

        return claimed(self._what, f"{self._config.a}, {self._config.b}", opener, _Turns.close)


class _Turns:
    """The turns of one encoder while it is watched: decoded in lgpio's thread, taken in the event loop."""

    def __init__(self, a: InputDevice, b: InputDevice, detents_per_cycle: int) -> None:
        self._pins = (a.pin, b.pin)
        self._knob = Quadrature(detents_per_cycle=detents_per_cycle, a=bool(a.value), b=bool(b.value))
        self._bounces = detents_per_cycle == DETENT_AT_EVERY_EDGE
        self._latest = -math.inf
        self._token = trio.lowlevel.current_trio_token()
        self._lock = threading.Lock()
        self._turns: list[bool] = []
        self._waking = False  # at most one callback waits in the event loop, however many turns come and are taken back
        self._news = trio.Event()
        self._closed = False

    def listen(self) -> None:
        """Starts listening to both edges, without gpiozero's debouncing, which loses edges."""
        for pin, hear in zip(self._pins, (self._hear_a, self._hear_b), strict=True):
            pin.bounce = None
            pin.edges = "both"
            pin.when_changed = hear  # the pin keeps a weak reference only

    def close(self) -> None:
        """Stops listening; a turn that is still on its way is dropped."""
        self._closed = True
        for pin in self._pins:
            pin.when_changed = None

    async def heard(self) -> list[bool]:
        """Waits for turns; returns whether each was clockwise, in sequence."""
        await self._news.wait()
        if self._bounces:
            await trio.sleep(BOUNCE)
        self._news = trio.Event()
        with self._lock:
            turns, self._turns, self._waking = self._turns, [], False
        return turns

    def _hear_a(self, ticks: float, state: float) -> None:
        self._hear(Contact.A, ticks, state)

    def _hear_b(self, ticks: float, state: float) -> None:
        self._hear(Contact.B, ticks, state)

    def _hear(self, contact: Contact, ticks: float, state: float) -> None:
        """Notes an edge, in any thread. An exception that escaped would end lgpio's thread, and all buttons with it."""
        with self._lock:
            detents = self._knob.edge(contact, ticks, closed=not state)
            may_take_back = self._bounces or ticks < self._latest  # late: what was decoded without it may be wrong
            self._latest = max(self._latest, ticks)
            for _ in range(abs(detents)):
                self._note(clockwise=detents > 0, may_take_back=may_take_back)
            wakes = bool(self._turns) and not self._waking
            self._waking = self._waking or wakes
        if wakes:
            with suppress(trio.RunFinishedError):
                self._token.run_sync_soon(self._wake)

    def _note(self, *, clockwise: bool, may_take_back: bool) -> None:
        if may_take_back and self._turns and self._turns[-1] is not clockwise:
            self._turns.pop()
        elif len(self._turns) < MOST_WAITING:
            self._turns.append(clockwise)

    def _wake(self) -> None:
        if not self._closed:
            self._news.set()
