"""A GPIO chip that answers as the kernel does, structure by structure as `linux/gpio.h` declares them.

The structures are declared a second time, by ctypes and with C's own alignment, so that a wrong offset, size or number
of a request in the driver is an error here.
"""

import ctypes
import errno
import os
from collections.abc import Mapping

import msgspec
import trio

INPUT, OUTPUT, RISING, FALLING = 1 << 2, 1 << 3, 1 << 4, 1 << 5
PULLS: Mapping[str, int] = {"up": 1 << 8, "down": 1 << 9, "none": 1 << 10}


class _AttributeValue(ctypes.Union):
    _fields_ = (("flags", ctypes.c_uint64), ("values", ctypes.c_uint64), ("debounce_period_us", ctypes.c_uint32))


class _Attribute(ctypes.Structure):
    _fields_ = (("id", ctypes.c_uint32), ("padding", ctypes.c_uint32), ("value", _AttributeValue))


class _ConfigAttribute(ctypes.Structure):
    _fields_ = (("attr", _Attribute), ("mask", ctypes.c_uint64))


class _Config(ctypes.Structure):
    _fields_ = (
        ("flags", ctypes.c_uint64),
        ("num_attrs", ctypes.c_uint32),
        ("padding", ctypes.c_uint32 * 5),
        ("attrs", _ConfigAttribute * 10),
    )


class _Request(ctypes.Structure):
    _fields_ = (
        ("offsets", ctypes.c_uint32 * 64),
        ("consumer", ctypes.c_char * 32),
        ("config", _Config),
        ("num_lines", ctypes.c_uint32),
        ("event_buffer_size", ctypes.c_uint32),
        ("padding", ctypes.c_uint32 * 5),
        ("fd", ctypes.c_int32),
    )


class _Values(ctypes.Structure):
    _fields_ = (("bits", ctypes.c_uint64), ("mask", ctypes.c_uint64))


class _Info(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char * 32),
        ("consumer", ctypes.c_char * 32),
        ("offset", ctypes.c_uint32),
        ("num_attrs", ctypes.c_uint32),
        ("flags", ctypes.c_uint64),
        ("attrs", _Attribute * 10),
        ("padding", ctypes.c_uint32 * 4),
    )


class _Event(ctypes.Structure):
    _fields_ = (
        ("timestamp_ns", ctypes.c_uint64),
        ("id", ctypes.c_uint32),
        ("offset", ctypes.c_uint32),
        ("seqno", ctypes.c_uint32),
        ("line_seqno", ctypes.c_uint32),
        ("padding", ctypes.c_uint32 * 6),
    )


def _iowr(number: int, structure: type[ctypes.Structure]) -> int:
    return 3 << 30 | ctypes.sizeof(structure) << 16 | 0xB4 << 8 | number


class Requested(msgspec.Struct):
    """The kernel's side of one request."""

    lines: list[int]
    consumer: str
    flags: int
    kept: int
    tell: int
    edges: int = 0
    of_line: dict[int, int] = msgspec.field(default_factory=dict[int, int])


class KernelChip:
    """The kernel behind `/dev/gpiochip0`: contacts are moved by `pull`, outputs are looked at in `levels`."""

    def __init__(self) -> None:
        self.levels = dict.fromkeys(range(58), True)
        self.requested: dict[int, Requested] = {}
        self.others: dict[int, str] = {}  # lines that somebody else holds
        self.taken_when_free: dict[int, str] = {}  # lines that somebody else takes as soon as nobody holds them
        self.written: list[tuple[int, bool]] = []
        self.sets = 0  # system calls that set levels
        self.failure: int = 0  # errno of everything asked about lines

    def pull(self, line: int, *, high: bool, at: float | None = None) -> None:
        """Moves a line; an edge is stamped by trio's clock, as the kernel's clock is that of the loop."""
        if self.levels[line] == high:
            return
        self.levels[line] = high
        for requested in self.requested.values():
            if line in requested.lines and requested.flags & (RISING if high else FALLING):
                self._tell(requested, line, high=high, at=trio.current_time() if at is None else at)

    def lose(self, line: int, edges: int) -> None:
        """Moves a line so often that the kernel has no room left for these edges."""
        self.levels[line] ^= edges % 2 == 1
        self.holder(line).of_line[line] = self.holder(line).of_line.get(line, 0) + edges

    def holder(self, line: int) -> Requested:
        """Returns the request that a line is part of."""
        return next(requested for requested in self.requested.values() if line in requested.lines)

    def unplug(self) -> None:
        """Takes the chip away: descriptors of lines are at their end."""
        self.failure = errno.ENODEV
        for requested in self.requested.values():
            os.close(requested.tell)
            requested.tell = -1

    def close(self, descriptor: int) -> None:
        """Notes that the driver closed a descriptor."""
        requested = self.requested.pop(descriptor, None)
        for line in requested.lines if requested else ():
            if line in self.taken_when_free:
                self.others[line] = self.taken_when_free.pop(line)
        if requested and requested.tell >= 0:
            os.close(requested.tell)

    def ioctl(self, descriptor: int, number: int, argument: bytes) -> bytes:
        """Answers a request as the kernel does: a copy of the structure, filled in."""
        if self.failure:
            raise OSError(self.failure, os.strerror(self.failure))
        answers = {
            _iowr(0x05, _Info): self._info,
            _iowr(0x07, _Request): self._request,
            _iowr(0x0D, _Config): self._configure,
            _iowr(0x0E, _Values): self._get,
            _iowr(0x0F, _Values): self._set,
        }
        if number not in answers:
            raise OSError(errno.ENOTTY, os.strerror(errno.ENOTTY))
        return answers[number](descriptor, argument)

    def _info(self, _descriptor: int, argument: bytes) -> bytes:
        info = _Info.from_buffer_copy(argument)
        holders = {line: each.consumer for each in self.requested.values() for line in each.lines} | self.others
        by = holders.get(info.offset)
        info.flags, info.consumer = (0, b"") if by is None else (1, by.encode())
        return bytes(info)

    def _request(self, _descriptor: int, argument: bytes) -> bytes:
        request = _Request.from_buffer_copy(argument)
        assert not any(request.padding), "the kernel refuses padding that is not 0"
        lines = list(request.offsets[: request.num_lines])
        taken = {*self.others, *(line for each in self.requested.values() for line in each.lines)}
        if not taken.isdisjoint(lines):
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        descriptor, tell = os.pipe()
        os.set_blocking(tell, False)
        consumer = request.consumer.decode()
        self.requested[descriptor] = Requested(lines, consumer, 0, request.event_buffer_size, tell)
        self._set_up(self.requested[descriptor], request.config)
        request.fd = descriptor
        return bytes(request)

    def _configure(self, descriptor: int, argument: bytes) -> bytes:
        self._set_up(self.requested[descriptor], _Config.from_buffer_copy(argument))
        return argument

    def _set_up(self, requested: Requested, config: _Config) -> None:
        _check(config)
        requested.flags = config.flags
        if config.flags & OUTPUT:
            values = config.attrs[0].attr.value.values if config.num_attrs else 0
            for place, line in enumerate(requested.lines):
                self._write(line, level=bool(values >> place & 1))

    def _get(self, descriptor: int, argument: bytes) -> bytes:
        values, lines = _Values.from_buffer_copy(argument), self.requested[descriptor].lines
        values.bits = sum(1 << place for place, line in enumerate(lines) if self.levels[line]) & values.mask
        return bytes(values)

    def _set(self, descriptor: int, argument: bytes) -> bytes:
        values, requested = _Values.from_buffer_copy(argument), self.requested[descriptor]
        if not requested.flags & OUTPUT:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))
        self.sets += 1
        for place, line in enumerate(requested.lines):
            if values.mask >> place & 1:
                self._write(line, level=bool(values.bits >> place & 1))
        return argument

    def _write(self, line: int, *, level: bool) -> None:
        self.levels[line] = level
        self.written.append((line, level))

    def _tell(self, requested: Requested, line: int, *, high: bool, at: float) -> None:
        requested.edges += 1
        requested.of_line[line] = requested.of_line.get(line, 0) + 1
        event = _Event(int(at * 1e9), 1 if high else 2, line, requested.edges, requested.of_line[line])
        self.emit(requested, bytes(event))

    def emit(self, requested: Requested, event: bytes) -> None:
        """Makes the descriptor of a request readable."""
        os.write(requested.tell, event)


def _check(config: _Config) -> None:
    """Refuses what the kernel refuses: edges or a pull of an output, and padding that is not 0."""
    assert not any(config.padding)
    inputs_only = RISING | FALLING
    one_direction = bool(config.flags & INPUT) != bool(config.flags & OUTPUT)
    one_pull = sum(bool(config.flags & pull) for pull in PULLS.values()) <= 1
    if not one_direction or not one_pull or (config.flags & OUTPUT and config.flags & inputs_only):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
