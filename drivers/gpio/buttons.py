"""Push buttons: edges from gpiozero's pins become presses, holds and releases in the event loop."""

import math
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from functools import partial

import msgspec
import structlog
import trio
from gpiozero import InputDevice

from drivers.errors import DeviceLost
from drivers.gpio.config import ButtonConfig
from drivers.gpio.debounce import Debouncer, Kind
from drivers.gpio.edges import Edges
from drivers.gpio.pins import Factory, claimed

log = structlog.get_logger()


class ButtonEvent(msgspec.Struct, frozen=True):
    """The button called `name` did `kind`, `at` trio's clock (seconds)."""

    name: str
    kind: Kind
    at: float


Emit = Callable[[ButtonEvent], None]


class Buttons:
    """All push buttons of the room; `run` reports what is done to them. Run it once at a time."""

    def __init__(self, configs: Mapping[str, ButtonConfig], factory: Factory) -> None:
        self._configs = configs
        self._factory = factory

    async def run(self, emit: Emit, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Call `emit`, in the event loop, for everything done to a button, until cancelled.

        `emit` must not block; what it raises ends `run`. A button that is down already says nothing until it has
        been let go. DeviceMissing: a pin is in use or does not exist. DeviceLost: a pin cannot be read any more.
        """
        with ExitStack() as stack:
            watch = _Watch(emit)
            for name, config in self._configs.items():
                watch.buttons.append(stack.enter_context(_opened(name, config, self._factory, watch)))
            log.info("buttons_ready", buttons=list(self._configs))
            task_status.started()
            await watch.follow()


class _Button:
    """One button while it is watched: owns its pin until `close`."""

    def __init__(self, name: str, config: ButtonConfig, device: InputDevice, watch: "_Watch") -> None:
        self.name = name
        self._pressed_level = config.pressed_level
        self._device = device
        self._pin = device.pin
        down, now = self.read(), trio.current_time()
        self._debouncer = Debouncer(debounce=config.debounce, hold=config.hold, down=down, at=now)
        self._edges = Edges(self._pin, partial(watch.edges, self), steady=config.debounce or math.inf)
        self._edges.listen()

    def close(self) -> None:
        try:
            self._edges.close()
        finally:
            self._device.close()

    def read(self) -> bool:
        """Whether the contact is closed now."""
        try:
            return bool(self._pin.state) == self._pressed_level
        except Exception as error:  # lgpio's own error is a bare Exception, and lgpio is not everywhere
            raise DeviceLost(f"button {self.name!r}: {self._pin!r} cannot be read: {error}") from error

    @property
    def deadline(self) -> float:
        """When to `check`, on trio's clock."""
        deadline = self._debouncer.deadline
        return math.inf if deadline is None else deadline

    def edges(self, *, level: bool, count: int, quiet: float) -> list[ButtonEvent]:
        """What `count` edges that ended at `level` after `quiet` seconds without any mean."""
        now, down = trio.current_time(), level == self._pressed_level
        return self._events(self._debouncer.edge(down=down, at=now, edges=count, quiet=quiet), now)

    def check(self, now: float) -> list[ButtonEvent]:
        """What the level means at a deadline."""
        return self._events(self._debouncer.check(down=self.read(), at=now), now)

    def _events(self, kinds: list[Kind], at: float) -> list[ButtonEvent]:
        return [ButtonEvent(self.name, kind, at) for kind in kinds]


class _Watch:
    """What the buttons of one run share: where events go, and the task that waits for their deadlines."""

    def __init__(self, emit: Emit) -> None:
        self.buttons: list[_Button] = []
        self._emit = emit
        self._changed = trio.Event()
        self._failure: Exception | None = None

    def edges(self, button: _Button, level: bool, count: int, quiet: float) -> None:  # noqa: FBT001  # called by Edges
        """Report at once what edges mean: a callback of the event loop, where no exception may escape."""
        if self._failure:
            return
        try:
            self._report(button.edges(level=level, count=count, quiet=quiet))
        except Exception as failure:  # raised again by `follow`
            self._failure = failure
        self._changed.set()

    async def follow(self) -> None:
        """Read each button again at its deadline."""
        while True:
            with trio.move_on_at(min((button.deadline for button in self.buttons), default=math.inf)):
                await self._changed.wait()
            if self._failure:
                raise self._failure
            self._changed = trio.Event()
            self._check(trio.current_time())

    def _check(self, now: float) -> None:
        for button in self.buttons:
            if button.deadline <= now:
                self._report(button.check(now))

    def _report(self, events: list[ButtonEvent]) -> None:
        for event in events:
            self._emit(event)


def _opened(name: str, config: ButtonConfig, factory: Factory, watch: _Watch) -> AbstractContextManager[_Button]:
    """The button, watched for as long as the context lasts."""
    return claimed(f"button {name!r}", config.pin, lambda: _open(name, config, factory, watch), _Button.close)


def _open(name: str, config: ButtonConfig, factory: Factory, watch: _Watch) -> _Button:
    pull = {"up": True, "down": False, "none": None}[config.pull]
    # gpiozero asks for an active state where there is no pull; we judge levels ourselves
    active_state = True if pull is None else None
    device = InputDevice(config.pin, pull_up=pull, active_state=active_state, pin_factory=factory)
    try:
        return _Button(name, config, device, watch)
    except BaseException:
        device.close()
        raise
