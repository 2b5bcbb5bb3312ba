"""gpiozero's pins on the kernel's GPIO character device: names, reservations and pulls are gpiozero's, I/O is ours."""

import os
from collections.abc import Mapping
from typing import Any, Final

from gpiozero.exc import PinFixedPull, PinInvalidFunction, PinInvalidPull, PinInvalidState, PinSetInput
from gpiozero.pins.local import LocalPiFactory, LocalPiPin

from drivers.gpio.chips import DEV
from drivers.gpio.kernel.abi import Flags
from drivers.gpio.kernel.lines import Lines
from drivers.gpio.kernel.outputs import FEWEST, Outputs

_PULLS: Final = {"up": Flags.BIAS_PULL_UP, "down": Flags.BIAS_PULL_DOWN, "floating": Flags.BIAS_DISABLED}
EDGES: Final = Flags.EDGE_RISING | Flags.EDGE_FALLING


class KernelFactory(LocalPiFactory):  # type: ignore[misc]  # gpiozero ships no types
    """The pins of `/dev/gpiochipN`. OSError: it cannot be opened."""

    def __init__(self, chip: int) -> None:
        super().__init__()
        self.pins: dict[Any, KernelPin] = {}  # gpiozero's own is one for all factories of the process
        self.pin_class = KernelPin
        self.chip = chip
        self.descriptor = os.open(DEV / f"gpiochip{chip}", os.O_RDWR | os.O_CLOEXEC)
        self.outputs = Outputs(self.descriptor)

    def close(self) -> None:
        """Gives the pins and the chip back. gpiozero calls it at the end of the process, too."""
        super().close()
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


class KernelPin(LocalPiPin):  # type: ignore[misc]  # gpiozero ships no types
    """A pin, whose line is ours from the first thing that is set or read until `close`.

    gpiozero's own callbacks are not offered: who wants edges calls `listen` and waits for those of the line.
    """

    def __init__(self, factory: KernelFactory, info: Any) -> None:  # noqa: ANN401  # gpiozero ships no types
        super().__init__(factory, info)
        self._lines: Lines | None = None
        self._flags = Flags.INPUT
        self._pull = "floating"

    def close(self) -> None:
        """Gives the line back; the pin can be used again."""
        if self in self.factory.outputs:
            self.factory.outputs.leave(self)
        self.release()
        self._lines, self._flags, self._pull = None, Flags.INPUT, "floating"

    def listen(self, *others: "KernelPin") -> Lines:
        """Returns the line with its edges; `others`, inputs of the same pull, share it and its descriptor."""
        pins = (self, *others)
        for pin in pins:
            pin.release()
        lines = Lines(self.factory.descriptor, [pin.line for pin in pins], self._wanted | EDGES)
        for pin in pins:
            pin.share(lines)
        return lines

    def release(self) -> None:
        """Gives the line back, and stays what the pin is."""
        if self._lines is not None:
            self._lines.close()
        self._lines = None

    def share(self, lines: Lines) -> None:
        """Takes part in a request for several lines."""
        self._lines = lines

    @property
    def line(self) -> int:
        """The offset of the pin's line in the chip."""
        return int(self._number)

    @property
    def _wanted(self) -> Flags:
        return self._flags | (_PULLS[self._pull] if self._flags is Flags.INPUT else Flags(0))

    def _held(self, *, level: bool | None = None) -> Lines:
        if self._lines is None:
            self._lines = Lines(self.factory.descriptor, [self.line], self._wanted, levels=_bits(level))
        return self._lines

    def _configure(self, *, level: bool | None = None) -> None:
        if self._lines is None:
            self._held(level=level)
        else:
            self._lines.configure(self._wanted, levels=_bits(level))

    def output_with_state(self, state: float) -> None:
        """Makes the pin an output that has its level from the first moment."""
        self._pull, self._flags = "floating", Flags.OUTPUT
        self._configure(level=bool(state))

    def _get_function(self) -> str:
        return "output" if self._flags is Flags.OUTPUT else "input"

    def _set_function(self, value: str) -> None:
        if value not in ("input", "output"):
            raise PinInvalidFunction(f"pin {self!r} cannot be {value!r}; expected input or output")
        self._flags = Flags.INPUT if value == "input" else Flags.OUTPUT
        self._configure(level=False if value == "output" else None)

    def _get_state(self) -> bool:
        return self._held().level(self.line)

    def _set_state(self, value: float) -> None:
        if self._flags is not Flags.OUTPUT:
            raise PinSetInput(f"pin {self!r} is an input and cannot be set")
        if value not in (0, 1):
            raise PinInvalidState(f"pin {self!r} cannot be set to {value!r}; expected 0 or 1")
        if self in self.factory.outputs:
            self.factory.outputs.write({self: bool(value)})
        else:
            self._held().drive({self.line: bool(value)})

    def _get_pull(self) -> str:
        return self._pull

    def _set_pull(self, value: str) -> None:
        if self._flags is not Flags.INPUT:
            raise PinFixedPull(f"pin {self!r} is an output and has no pull")
        if self.info.pull not in (value, ""):
            raise PinFixedPull(f"pin {self!r} has a resistor that pulls it {self.info.pull}")
        if value not in _PULLS:
            raise PinInvalidPull(f"pin {self!r} cannot be pulled {value!r}; expected {', '.join(_PULLS)}")
        self._pull = value
        self._configure()


def _bits(level: bool | None) -> int | None:  # noqa: FBT001  # a level, not a switch
    """Returns the level of the only line of a request."""
    return None if level is None else int(level)


def write_together(levels: Mapping[Any, bool]) -> bool:
    """Sets the levels of several outputs in one system call; returns whether it did.

    It does not where they are not all of one chip of the kernel's, and where one cannot be had: then each has to be
    set by itself, which tells that one from the others.
    """
    factories = {pin.factory if isinstance(pin, KernelPin) else None for pin in levels}
    factory = factories.pop()
    if factories or factory is None or len(levels) < FEWEST:
        return False
    try:
        factory.outputs.write(levels)
    except OSError:
        return False
    return True
