"""Parses a HID report descriptor: which bits of which report carry which usage.

A report descriptor is a small program. Each item is one prefix byte and 0, 1, 2 or 4 bytes of data, little-endian:

- *global* items (usage page, logical range, report size, count and ID) stay in force until they are changed; push and
  pop save and restore them;
- *local* items (usages and usage ranges) hold for the next main item only;
- *main* items use what was collected: a collection opens or closes a group, and Input, Output or Feature appends
  `count` values of `size` bits to the report of the current ID;
- items of the *reserved* type mean nothing and are skipped.

The parser runs through the items once and keeps that state (`_Globals`, `_Locals`, the stack of open collections). The
position of a field is how many bits its report has so far. A field without usages is padding: it takes up bits and is
otherwise dropped. One that is declared constant is kept if it has usages, because makers declare hook switches so.

A short usage gets the page that is in force where it stands. A page that is set between the usages and their main item
replaces that page, as the HID specification says, unless the usage before it has the new page already: then those
before that one keep theirs, as Linux reads it. A usage of four bytes brings its own page.

The work is bounded by the length of the descriptor, whatever is in it: usages stay ranges and are never expanded.
What the Linux kernel refuses (and therefore never shows as hidraw) is refused here too, with the kernel's limits.

Source: USB-IF, Device Class Definition for HID 1.11, section 6.2.2; Linux drivers/hid/hid-core.c.
"""

from collections.abc import Iterator
from enum import IntEnum
from typing import Final, NamedTuple

import msgspec

MAX_DESCRIPTOR: Final = 4096  # bytes
MAX_REPORT_BITS: Final = 16384 * 8
MAX_FIELD_BITS: Final = 256
MAX_USAGES: Final = 12288
MAX_PUSHED: Final = 4
MAX_NESTED: Final = 64

_MAIN, _GLOBAL, _LOCAL, _RESERVED = range(4)
_LONG_ITEM = 0xFE
_COLLECTION, _END_COLLECTION = 10, 12
_PAGE, _LOGICAL_MIN, _LOGICAL_MAX, _SIZE, _ID, _COUNT, _PUSH, _POP = 0, 1, 2, 7, 8, 9, 10, 11
_USAGE, _USAGE_MIN, _USAGE_MAX, _DELIMITER = 0, 1, 2, 10
_CONSTANT, _VARIABLE, _RELATIVE = 1, 2, 4
_APPLICATION = 1


class DescriptorError(ValueError):
    """The bytes are not a valid report descriptor; the message says where and what was wrong."""


class Kind(IntEnum):
    """The direction of a report; the values are the tags of the main items."""

    INPUT = 8
    OUTPUT = 9
    FEATURE = 11


class Field(msgspec.Struct, frozen=True):
    """`count` values of `size` bits each, the first at bit `offset` of the report's data (after the report ID).

    `usages`: ranges of full usages (page in the upper 16 bits), both ends included. In a variable field value n belongs
    to the nth usage; in an array field each value is the number of a usage, counted from `logical_min`.
    `application`: the usage of the innermost application collection around the field, 0 outside of any. `constant`: the
    descriptor says that the values never change, which need not be true.
    """

    kind: Kind
    report_id: int
    offset: int
    size: int
    count: int
    usages: tuple[tuple[int, int], ...]
    variable: bool
    relative: bool
    logical_min: int
    logical_max: int
    application: int
    constant: bool = False

    def index(self, usage: int) -> int | None:
        """Returns the position of `usage` among the field's usages, counted from 0; None where it is not one."""
        before = 0
        for first, last in self.usages:
            if first <= usage <= last:
                return before + usage - first
            before += last - first + 1
        return None

    def usage(self, index: int) -> int | None:
        """Returns the usage at `index`, or None past the last."""
        for first, last in self.usages:
            if index <= last - first:
                return first + index
            index -= last - first + 1
        return None

    def usage_count(self) -> int:
        """Returns the number of usages."""
        return sum(last - first + 1 for first, last in self.usages)


class Descriptor(msgspec.Struct, frozen=True):
    """All fields that have usages, the application collections, and the length of each report.

    `bits`: (kind, report ID) to bits of data, including padding, without the report ID itself. `numbered`: reports
    begin with their ID. `source`: the bytes that were parsed.
    """

    fields: tuple[Field, ...]
    applications: tuple[int, ...]
    numbered: bool
    bits: dict[tuple[Kind, int], int]
    source: bytes


def parse(data: bytes) -> Descriptor:
    """Returns the parsed descriptor.

    Raises DescriptorError: when the bytes are not a valid descriptor.
    """
    if len(data) > MAX_DESCRIPTOR:
        raise DescriptorError(f"{len(data)} bytes: expected at most {MAX_DESCRIPTOR}")
    parser = _Parser()
    for item in _items(data):
        parser.take(item)
    return parser.end(data)


class _Item(NamedTuple):
    at: int
    type: int
    tag: int
    data: bytes

    @property
    def unsigned(self) -> int:
        return int.from_bytes(self.data, "little")

    @property
    def signed(self) -> int:
        return int.from_bytes(self.data, "little", signed=True)

    def wrong(self, what: str) -> DescriptorError:
        return DescriptorError(f"byte {self.at}: {what}")


def _items(data: bytes) -> Iterator[_Item]:
    at = 0
    while at < len(data):
        prefix = data[at]
        if prefix == _LONG_ITEM:
            raise DescriptorError(f"byte {at}: a long item, of which none is defined")
        size = (0, 1, 2, 4)[prefix & 3]
        payload = data[at + 1 : at + 1 + size]
        if len(payload) < size:
            raise DescriptorError(f"byte {at}: the item ends after {len(payload)} of {size} bytes")
        yield _Item(at, prefix >> 2 & 3, prefix >> 4, payload)
        at += 1 + size


class _Globals(msgspec.Struct, frozen=True):
    """The global items: in force until changed, saved and restored by push and pop.

    `logical_max` stays in bytes because its sign depends on the logical minimum.
    """

    page: int = 0
    logical_min: int = 0
    logical_max: bytes = b""
    size: int = 0
    report_id: int = 0
    count: int = 0


class _Usages(NamedTuple):
    """A range of usages as it stands in the descriptor, and the page in force there."""

    first: bytes
    last: bytes
    page: int

    @property
    def extended(self) -> bool:
        return len(self.last) == 4

    def full(self, page: int) -> tuple[int, int]:
        first, last = (int.from_bytes(end, "little") | (0 if len(end) == 4 else page << 16) for end in self[:2])
        return first, last


class _Locals:
    """The local items: in force for one main item."""

    def __init__(self) -> None:
        self.usages: list[_Usages] = []
        self.minimum = b""
        self.in_set = False  # delimiters enclose alternative usages, of which the first is the preferred one
        self.set_taken = False

    def add(self, first: bytes, last: bytes, page: int) -> None:
        if not (self.in_set and self.set_taken):
            self.usages.append(_Usages(first, last, page))
        self.set_taken = self.in_set


class _Parser:
    def __init__(self) -> None:
        self._globals = _Globals()
        self._pushed: list[_Globals] = []
        self._locals = _Locals()
        self._nested: list[int] = []  # for each open collection the application it is in, 0 for none
        self._fields: list[Field] = []
        self._applications: list[int] = []
        self._bits: dict[tuple[Kind, int], int] = {}

    def take(self, item: _Item) -> None:
        if item.type != _RESERVED:
            (self._main, self._global, self._local)[item.type](item)

    def end(self, source: bytes) -> Descriptor:
        if self._nested:
            raise DescriptorError(f"the descriptor ends inside {len(self._nested)} collections")
        numbered = any(report_id for _, report_id in self._bits)
        return Descriptor(tuple(self._fields), tuple(self._applications), numbered, self._bits, source)

    def _main(self, item: _Item) -> None:
        if item.tag == _COLLECTION:
            self._open_collection(item)
        elif item.tag == _END_COLLECTION:
            if not self._nested:
                raise item.wrong("the end of a collection that was never opened")
            self._nested.pop()
        elif item.tag in tuple(Kind):
            self._add_field(item, Kind(item.tag))
        self._locals = _Locals()

    def _open_collection(self, item: _Item) -> None:
        if len(self._nested) == MAX_NESTED:
            raise item.wrong(f"collections nested deeper than {MAX_NESTED}")
        application = self._nested[-1] if self._nested else 0
        if item.unsigned == _APPLICATION:
            usages = self._usages(item)
            application = usages[0][0] if usages else 0
            self._applications.append(application)
        self._nested.append(application)

    def _add_field(self, item: _Item, kind: Kind) -> None:
        state, flags = self._globals, item.unsigned
        key = (kind, state.report_id)
        offset = self._bits.get(key, 0)
        if offset + state.size * state.count > MAX_REPORT_BITS:
            raise item.wrong(f"report {state.report_id} is longer than {MAX_REPORT_BITS // 8} bytes")
        self._bits[key] = offset + state.size * state.count
        low, high = self._logical(item)
        usages = self._usages(item)
        if not usages or not state.size * state.count:
            return  # padding
        application = self._nested[-1] if self._nested else 0
        constant, variable, relative = (bool(flags & flag) for flag in (_CONSTANT, _VARIABLE, _RELATIVE))
        place = (kind, state.report_id, offset, state.size, state.count)
        self._fields.append(Field(*place, usages, variable, relative, low, high, application, constant))

    def _logical(self, item: _Item) -> tuple[int, int]:
        low = self._globals.logical_min
        high = int.from_bytes(self._globals.logical_max, "little", signed=low < 0)
        if high < low:
            raise item.wrong(f"the logical range {low} to {high} is empty")
        return low, high

    def _usages(self, item: _Item) -> tuple[tuple[int, int], ...]:
        ranges = [(first, last) for first, last in self._completed() if first <= last]
        if sum(last - first + 1 for first, last in ranges) > MAX_USAGES:
            raise item.wrong(f"more than {MAX_USAGES} usages")
        return tuple(ranges)

    def _completed(self) -> list[tuple[int, int]]:
        """Returns the usages with their pages; see hid_concatenate_last_usage_page() in Linux."""
        page, completed, replaces = self._page, [], True
        for usages in reversed(self._locals.usages):
            replaces = replaces and (usages.extended or usages.page != page)
            completed.append(usages.full(page if replaces else usages.page))
        return completed[::-1]

    @property
    def _page(self) -> int:
        return self._globals.page & 0xFFFF

    def _global(self, item: _Item) -> None:
        if item.tag == _PUSH:
            if len(self._pushed) == MAX_PUSHED:
                raise item.wrong(f"more than {MAX_PUSHED} pushes")
            self._pushed.append(self._globals)
        elif item.tag == _POP:
            if not self._pushed:
                raise item.wrong("a pop without a push")
            self._globals = self._pushed.pop()
        else:
            self._globals = msgspec.structs.replace(self._globals, **_changed(item))

    def _local(self, item: _Item) -> None:
        here = self._locals
        if item.tag == _USAGE:
            here.add(item.data, item.data, self._page)
        elif item.tag == _USAGE_MIN:
            here.minimum = item.data
        elif item.tag == _USAGE_MAX:
            here.add(here.minimum, item.data, self._page)
        elif item.tag == _DELIMITER:
            here.in_set, here.set_taken = item.unsigned == 1, False


def _changed(item: _Item) -> dict[str, int | bytes]:
    """Returns the globals that an item changes; physical ranges and units do not matter here."""
    if item.tag == _LOGICAL_MAX:
        return {"logical_max": item.data}
    if item.tag == _LOGICAL_MIN:
        return {"logical_min": item.signed}
    if item.tag == _SIZE and item.unsigned > MAX_FIELD_BITS:
        raise item.wrong(f"values of {item.unsigned} bits: expected at most {MAX_FIELD_BITS}")
    if item.tag == _ID and not 1 <= item.unsigned <= 0xFF:  # one byte
        raise item.wrong(f"report id {item.unsigned}: expected 1 to 255")
    name = {_PAGE: "page", _SIZE: "size", _ID: "report_id", _COUNT: "count"}.get(item.tag)
    return {name: item.unsigned} if name else {}
