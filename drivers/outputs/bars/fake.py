"""A bar without a Pi: takes the bytes of transfers apart as the LEDs would."""

from collections.abc import Callable

import trio

from drivers.outputs.bars.bytes_of import CLOCKED, FIRST, PAUSE, pulses
from drivers.outputs.bars.config import BarConfig


class VirtualBar:
    """A bar; `colours` is what its LEDs show, `written` the transfers so far, the last few of them."""

    KEPT = 100

    def __init__(self, config: BarConfig, changed: Callable[[], None] = lambda: None) -> None:
        self.config = config
        self._changed = changed
        self.colours = ["#000000"] * config.pixels
        self.written: list[bytes] = []
        self.opened_with: tuple[str, int, int] | None = None

    def open(self, device: str, hertz: int, mode: int) -> "VirtualBar":
        """Opens it, as `drivers.spi.Spi` is opened."""
        self.opened_with = (device, hertz, mode)
        return self

    def write(self, data: bytes) -> None:
        """Takes a transfer, in the event loop: a driver writes in a thread, which the loop waits for."""
        try:
            trio.from_thread.run_sync(self._take, data)
        except RuntimeError:  # no thread of trio's
            self._take(data)

    def _take(self, data: bytes) -> None:
        self.written.append(data)
        del self.written[: -self.KEPT]
        seen = [self._colour(led) for led in self._leds(data)]
        if seen != self.colours:
            self.colours = seen
            self._changed()

    def close(self) -> None:
        """Does nothing: LEDs go on showing what they show."""

    def _leds(self, data: bytes) -> list[bytes]:
        if self.config.kind in CLOCKED:
            body = data[4 : 4 + 4 * self.config.pixels]
            return [body[place + 1 : place + 4] for place in range(0, len(body), 4)]
        each = 4 if self.config.kind == "sk6812rgbw" else 3
        values = _values(data, self.config.timing)
        return [values[place : place + each] for place in range(0, len(values), each)]

    def _colour(self, led: bytes) -> str:
        parts = dict(zip(self.config.channels, led, strict=False))
        white = led[3] if len(led) > 3 else 0
        return "#" + "".join(f"{min(255, parts[each] + white):02x}" for each in "rgb")


def _values(data: bytes, timing: str) -> bytes:
    """Returns the bytes that a chain takes out of a transfer."""
    pause = PAUSE[timing]
    one, zero = pulses(b"\xff", timing), pulses(b"\x00", timing)
    ones, zeros = (each[len(FIRST) : -len(pause)] for each in (one, zero))
    bits = len(ones)  # of SPI, for each of the chain's
    body = data[len(FIRST) : -len(pause)]
    number = int.from_bytes(body, "big")
    total = len(body) * 8 // bits
    mark, short = int.from_bytes(ones[:1], "big") >> (8 - bits), int.from_bytes(zeros[:1], "big") >> (8 - bits)
    found = [(number >> bits * place) & ((1 << bits) - 1) for place in range(total - 1, -1, -1)]
    if not set(found) <= {mark, short}:
        raise ValueError("neither a 0 nor a 1 on the wire")
    return int("0" + "".join("1" if each == mark else "0" for each in found), 2).to_bytes(total // 8, "big")
