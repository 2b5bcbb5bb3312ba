"""The kernel's GPIO character device, version 2 of its ABI, as bytes. No I/O.

Source: `linux/gpio.h` (Linux 5.10 and later). All structures are in the machine's byte order and have no padding
besides what is written here. Lines are numbered by their offset in the chip, which on the 40-pin header is the number
of the GPIO.
"""

import struct
from collections.abc import Iterator, Sequence
from enum import IntFlag
from typing import Final

import msgspec

LINES_MAX: Final = 64
"""Lines that one request may have."""

_NAME = 32
_LINE_INFO = struct.Struct("=32s32sIIQ160x16x")
"""`struct gpio_v2_line_info`: name, consumer, offset, number of attributes, flags; then attributes and padding."""
_ATTRIBUTE = struct.Struct("=IIQQ")
"""`struct gpio_v2_line_config_attribute`: id, padding, value, mask of the lines in the request that it is for."""
_CONFIG = struct.Struct("=QI20x240s")
"""`struct gpio_v2_line_config`: flags, number of attributes; ten attributes."""
_REQUEST = struct.Struct(f"={LINES_MAX * 4}s32s{_CONFIG.size}sII20xi")
"""`struct gpio_v2_line_request`: offsets, consumer, configuration, number of lines, event buffer, descriptor."""
_VALUES = struct.Struct("=QQ")
"""`struct gpio_v2_line_values`: bits, mask; the first line of the request is bit 0."""
EVENT: Final = struct.Struct("=QIIII24x")
"""`struct gpio_v2_line_event`: time stamp (ns), kind, offset, number in the request, number of the line."""

NUMBERS: Final = 1 << 32
"""Edges are counted up to this number, and from 0 again."""

_OUTPUT_VALUES = 2
_ALL = (1 << LINES_MAX) - 1
_RISING_EDGE = 1


def _both_ways(number: int, size: int) -> int:
    """Returns `_IOWR(0xB4, number, size)` of linux/ioctl.h."""
    return (3 << 30) | (size << 16) | (0xB4 << 8) | number


GET_LINE_INFO: Final = _both_ways(0x05, _LINE_INFO.size)
GET_LINE: Final = _both_ways(0x07, _REQUEST.size)
SET_CONFIG: Final = _both_ways(0x0D, _CONFIG.size)
GET_VALUES: Final = _both_ways(0x0E, _VALUES.size)
SET_VALUES: Final = _both_ways(0x0F, _VALUES.size)


class Flags(IntFlag):
    """`enum gpio_v2_line_flag`, as far as it is used here."""

    USED = 1 << 0
    INPUT = 1 << 2
    OUTPUT = 1 << 3
    EDGE_RISING = 1 << 4
    EDGE_FALLING = 1 << 5
    BIAS_PULL_UP = 1 << 8
    BIAS_PULL_DOWN = 1 << 9
    BIAS_DISABLED = 1 << 10


class LineEvent(msgspec.Struct, frozen=True):
    """An edge. `at`: when it happened (seconds, CLOCK_MONOTONIC); `number`: edges of this line up to this one."""

    line: int
    level: bool
    at: float
    number: int


def config(flags: Flags, *, levels: int | None = None) -> bytes:
    """Returns a `struct gpio_v2_line_config` for all lines of a request.

    `levels`: what outputs show from then on, bit 0 being the first line of the request.
    """
    attributes = b"" if levels is None else _ATTRIBUTE.pack(_OUTPUT_VALUES, 0, levels, _ALL)
    return _CONFIG.pack(flags, int(levels is not None), attributes)


def request(lines: Sequence[int], configuration: bytes, *, consumer: str, events: int) -> bytes:
    """Returns a `struct gpio_v2_line_request`; `events`: how many edges the kernel keeps until they are read."""
    offsets = struct.pack(f"={len(lines)}I", *lines)
    name = consumer.encode()[: _NAME - 1]
    return _REQUEST.pack(offsets, name, configuration, len(lines), events, -1)


def descriptor(reply: bytes) -> int:
    """Returns the descriptor of the lines out of the kernel's answer to a request."""
    return int(_REQUEST.unpack(reply)[-1])


def wants_info(line: int) -> bytes:
    """Returns a `struct gpio_v2_line_info` that asks about a line."""
    return _LINE_INFO.pack(b"", b"", line, 0, 0)


def holder(reply: bytes) -> str | None:
    """Returns who holds the line of a `struct gpio_v2_line_info`; None where nobody does."""
    _name, consumer, _offset, _attributes, flags = _LINE_INFO.unpack(reply)
    return consumer.partition(b"\0")[0].decode("ascii", "replace") or "the kernel" if flags & Flags.USED else None


def values(levels: int, mask: int) -> bytes:
    """Returns a `struct gpio_v2_line_values` for the lines of a request whose bits are set in `mask`."""
    return _VALUES.pack(levels, mask)


def levels(reply: bytes) -> int:
    """Returns the levels of a `struct gpio_v2_line_values`, bit 0 being the first line of the request."""
    return int(_VALUES.unpack(reply)[0])


def line_events(data: bytes) -> Iterator[LineEvent]:
    """Yields the edges that were read from the descriptor of a request."""
    for at, kind, line, _number, of_line in EVENT.iter_unpack(data):
        yield LineEvent(line, kind == _RISING_EDGE, at / 1e9, of_line)
