"""Rotary encoders: what gpiozero makes of two contacts becomes turns in the event loop."""

import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress

import msgspec
import structlog
import trio
from gpiozero import RotaryEncoder

from drivers.gpio.config import EncoderConfig
from drivers.gpio.pins import Factory, claimed

log = structlog.get_logger()

MOST_WAITING = 50  # detents of one encoder that the event loop may be behind; nobody means more than that at once


class Turn(msgspec.Struct, frozen=True):
    """The encoder called `name` was turned by one detent."""

    name: str
    clockwise: bool


Emit = Callable[[Turn], None]


class Encoders:
    """All rotary encoders of the room; `run` reports their turns. Run it once at a time."""

    def __init__(self, configs: Mapping[str, EncoderConfig], factory: Factory) -> None:
        self._configs = configs
        self._factory = factory

    async def run(self, emit: Emit, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Calls `emit`, in the event loop, for each detent, until cancelled; it must neither block nor raise.

        DeviceMissing: a pin is in use or does not exist.
        """
        with ExitStack() as stack:
            for name, config in self._configs.items():
                opener = _Opener(name, config, self._factory, emit)
                stack.enter_context(
                    claimed(f"encoder {name!r}", f"{config.a}, {config.b}", opener.open, _Encoder.close)
                )
            log.info("encoders_ready", encoders=list(self._configs))
            task_status.started()
            await trio.sleep_forever()


class _Opener(msgspec.Struct, frozen=True):
    name: str
    config: EncoderConfig
    factory: Factory
    emit: Emit

    def open(self) -> "_Encoder":
        device = RotaryEncoder(self.config.a, self.config.b, max_steps=0, pin_factory=self.factory)
        return _Encoder(self.name, device, self.emit)


class _Encoder:
    """One encoder while it is watched. lgpio hears its contacts in a thread of its own."""

    def __init__(self, name: str, device: RotaryEncoder, emit: Emit) -> None:
        self._name = name
        self._device = device
        self._emit = emit
        self._token = trio.lowlevel.current_trio_token()
        self._lock = threading.Lock()
        self._turns: list[bool] = []
        self._closed = False
        device.when_rotated_clockwise = lambda: self._turned(clockwise=True)
        device.when_rotated_counter_clockwise = lambda: self._turned(clockwise=False)

    def close(self) -> None:
        """Hears no more; a turn that is still on its way is dropped."""
        self._closed = True
        self._device.close()

    def _turned(self, *, clockwise: bool) -> None:
        with self._lock:
            first = not self._turns
            if len(self._turns) < MOST_WAITING:
                self._turns.append(clockwise)
        if first:
            with suppress(trio.RunFinishedError):
                self._token.run_sync_soon(self._pass_on)

    def _pass_on(self) -> None:
        with self._lock:
            turns, self._turns = self._turns, []
        if not self._closed:
            for clockwise in turns:
                self._emit(Turn(self._name, clockwise))
