"""Push buttons: edges of gpiozero's pins become presses, holds and releases in the event loop."""

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import msgspec
import structlog
import trio
from gpiozero import InputDevice

from drivers.errors import DeviceLost
from drivers.gpio.config import ButtonConfig
from drivers.gpio.debounce import Debouncer, Kind
from drivers.gpio.edges import edges_of
from drivers.gpio.header import gpio_name
from drivers.gpio.pins import Factory, claimed

log = structlog.get_logger()


class ButtonEvent(msgspec.Struct, frozen=True):
    """The button called `name` did `kind`, `at` trio's clock (seconds)."""

    name: str
    kind: Kind
    at: float


Emit = Callable[[ButtonEvent], None]


class Button:
    """The push button called `name`; `run` reports what is done to it. Run it once at a time."""

    def __init__(self, name: str, config: ButtonConfig, factory: Factory, later: Sequence[float] = ()) -> None:
        """`later`: seconds after the press at which it counts as held once more, in ascending order."""
        self._name = name
        self._later = later
        self._config = config
        self._factory = factory

    async def run(self, emit: Emit, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Calls `emit`, in the event loop, for everything done to the button, until cancelled.

        `emit` must not block; what it raises ends `run`. A button that is down already says nothing until it has
        been let go. DeviceMissing: the pin is in use or does not exist. DeviceLost: it cannot be read any more.
        """
        opener = partial(_watched, self._name, self._config, self._factory, emit, self._later)
        with claimed(f"button {self._name!r}", self._config.pin, opener, _Watched.close) as button:
            log.debug("button_ready", button=self._name)
            task_status.started()
            await button.follow()


class _Watched:
    """A button while it is watched: owns its pin until `close`."""

    def __init__(
        self, name: str, config: ButtonConfig, device: InputDevice, emit: Emit, later: Sequence[float]
    ) -> None:
        self._name = name
        self._pressed_level = config.pressed_level
        self._device = device
        self._pin = device.pin
        self._emit = emit
        self._failure: Exception | None = None
        self._edges = edges_of(self._pin, self._hear, steady=config.press_after or math.inf)
        down, now = self._read(), trio.current_time()
        self._debouncer = Debouncer(
            debounce=config.debounce, press=config.press_after, hold=config.hold, later=later, down=down, at=now
        )

    def close(self) -> None:
        """Stops listening and frees the pin."""
        try:
            self._edges.close()
        finally:
            self._device.close()

    async def follow(self) -> None:
        """Reads the button again at its deadlines, until cancelled."""
        while True:
            deadline = self._debouncer.deadline
            with self._readable(), trio.move_on_at(math.inf if deadline is None else deadline):
                await self._edges.heard()
            self._check()
            if self._failure:
                raise self._failure

    def _check(self) -> None:
        """Reports what the level means at a deadline, after the edges that came before it."""
        deadline, now = self._debouncer.deadline, trio.current_time()
        if deadline is not None and deadline <= now and not self._failure:
            with self._readable():
                self._edges.catch_up()
            self._report(self._debouncer.check(down=self._read(), at=now), now)

    def _hear(self, level: bool, count: int, quiet: float) -> None:  # noqa: FBT001  # called by Edges
        """Reports at once what edges mean. It is called back by the event loop, so that no exception may escape."""
        if self._failure:
            return
        now, down = trio.current_time(), level == self._pressed_level
        try:
            self._report(self._debouncer.edge(down=down, at=now, edges=count, quiet=quiet), now)
        except Exception as failure:  # raised again by `follow`
            self._failure = failure

    def _report(self, kinds: list[Kind], at: float) -> None:
        for kind in kinds:
            self._emit(ButtonEvent(self._name, kind, at))

    def _read(self) -> bool:
        """Returns whether the contact is closed now."""
        with self._readable():
            return bool(self._pin.state) == self._pressed_level

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """Turns what goes wrong with the pin into DeviceLost."""
        try:
            yield
        except Exception as error:  # lgpio's own error is a bare Exception, and lgpio is not everywhere
            raise DeviceLost(f"button {self._name!r}: {self._pin!r} cannot be read: {error}") from error


def _watched(name: str, config: ButtonConfig, factory: Factory, emit: Emit, later: Sequence[float]) -> _Watched:
    pull = {"up": True, "down": False, "none": None}[config.pull]
    # gpiozero requires an active state where there is no pull; it does not matter, since levels are read from the pin
    active_state = True if pull is None else None
    pin = gpio_name(config.pin)
    device = InputDevice(pin, pull_up=pull, active_state=active_state, pin_factory=factory)
    try:
        return _Watched(name, config, device, emit, later)
    except BaseException:
        device.close()
        raise
