"""Decodes input reports into changes of usages, and encodes lamps as output reports. No I/O.

A report is what hidraw reads and writes: the data, preceded by one byte of report ID if the device numbers its reports.

Decoding: for each report ID a layout is made once, with only the fields of which a usage is known. Each report is then
compared with the last one *of the same ID*, because a report only speaks for the usages in it:

- an absolute value (a switch) is a change where it differs from the last report;
- a relative value (a one-shot, "pressed") is a change where it is not 0 and was 0 before. Where the whole report comes
  again byte for byte, it may be another press or the device restating its status: that is kept apart (`again`);
- a relative volume (a knob that turns) is a change in every report in which it is not 0;
- an array names the usages that are down; each known usage of it becomes 0 or 1.

Before the first report everything counts as 0. A report that is too short, too long or unknown is read as far as it
goes and carries a `Fault`; nothing here raises.

Encoding: an output report has no parts, so each report that carries a lamp is sent whole, every other bit 0.
"""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Final

import msgspec

from drivers.speakerphone.descriptor import Descriptor, Field, Kind
from drivers.speakerphone.usages import BUTTON, GENERIC_DESKTOP, HEARD, TELEPHONY, VOLUME, page

MAX_SLOTS: Final = 32  # values read of one array; real devices have 1 to 6, a hostile descriptor may claim thousands
MAX_ARRAYS: Final = 8  # arrays read in the reports of one ID, for the same reason
MAX_VALUE_BITS: Final = 32  # HID 1.11, section 8.4: a field may not be wider


class Fault(StrEnum):
    """What is wrong with a report; what can be read of it counts all the same."""

    SHORT = "short"  # fewer bytes than the descriptor says
    LONG = "long"  # more bytes than the descriptor says
    UNKNOWN = "unknown"  # a report ID that is not in the descriptor


class Change(msgspec.Struct, frozen=True):
    """A usage has a new value, or (`relative`) was pressed."""

    usage: int
    value: int
    relative: bool = False


class InputReport(msgspec.Struct, frozen=True):
    """One decoded input report.

    `values`: the known usages in it that are states; `changes`: since the last report with this ID; `repeated`: it is
    the last report again, byte for byte; `again`: the one-shots in it then; `fault`: what is wrong with it, or None.
    """

    values: Mapping[int, int]
    changes: tuple[Change, ...] = ()
    again: tuple[Change, ...] = ()
    repeated: bool = False
    fault: Fault | None = None
    report_id: int = 0


class _Layout:
    """The fields worth reading in the reports of one ID."""

    def __init__(self, fields: list[Field], pressed: Collection[int]) -> None:
        self.variables = {
            usage: (field, index)
            for field in fields
            for usage in _meant(field)
            if field.variable and (index := field.index(usage)) is not None and index < field.count
        }
        arrays = [(field, usages) for field in fields if not field.variable and (usages := _meant(field))]
        self.arrays = arrays[:MAX_ARRAYS]
        self.relative = {usage for field in fields for usage in _meant(field) if field.relative or usage in pressed}

    def values(self, data: bytes) -> dict[int, int]:
        """Returns the values in the report, which may be shorter than it should be."""
        values = {usage: _value(field, data, index) for usage, (field, index) in self.variables.items()}
        for field, usages in self.arrays:
            if _value(field, data, 0) is not None:
                down = _down(field, data)
                values |= {usage: int(usage in down) for usage in usages}
        return {usage: value for usage, value in values.items() if value is not None}


class InputReports:
    """Decodes the input reports of one device.

    `pressed`: usages that only say that a key was pressed, whatever the descriptor declares.
    """

    def __init__(self, descriptor: Descriptor, pressed: Collection[int] = ()) -> None:
        self._numbered = descriptor.numbered
        fields = [field for field in descriptor.fields if field.kind is Kind.INPUT and field.size <= MAX_VALUE_BITS]
        ids = {field.report_id for field in fields if _meant(field)}
        self._layouts = {each: _Layout([field for field in fields if field.report_id == each], pressed) for each in ids}
        self._sizes = {each: (bits + 7) // 8 for (kind, each), bits in descriptor.bits.items() if kind is Kind.INPUT}
        self._last: dict[int, tuple[bytes, dict[int, int]]] = {}

    def read(self, report: bytes) -> InputReport:
        """Returns what the report says. Never raises; see `Fault`."""
        report_id, data = (report[0] if report else 0, report[1:]) if self._numbered else (0, report)
        layout = self._layouts.get(report_id)
        fault = self._fault(report_id, len(data))
        if layout is None or not report:
            return InputReport({}, fault=fault, report_id=report_id)
        values = layout.values(data)
        last_data, last = self._last.get(report_id, (bytes(len(data)), {}))
        self._last[report_id] = data, {**last, **values}
        same = data == last_data
        changes = tuple(_changes(layout.relative, last, values))
        again = tuple(_again(layout.relative, values)) if same else ()
        states = {usage: value for usage, value in values.items() if usage not in layout.relative}
        return InputReport(states, changes, again, same and not changes and not again, fault, report_id)

    def _fault(self, report_id: int, size: int) -> Fault | None:
        expected = self._sizes.get(report_id)
        if expected is None:
            return Fault.UNKNOWN
        return None if size == expected else Fault.SHORT if size < expected else Fault.LONG


class OutputReports:
    """Encodes the lamps of one device. `lamps`: the usages that may be lit."""

    def __init__(self, descriptor: Descriptor, lamps: Collection[int]) -> None:
        self._lamps = lamps
        self._fields = [
            field for field in descriptor.fields if field.kind is Kind.OUTPUT and _worth_lighting(field, lamps)
        ]
        self._bits = {field.report_id: descriptor.bits[Kind.OUTPUT, field.report_id] for field in self._fields}

    @property
    def lamps(self) -> set[int]:
        """The lamps that the device has."""
        return {lamp for lamp in self._lamps for field in self._fields if field.index(lamp) is not None}

    def encode(self, lit: Collection[int]) -> list[bytes]:
        """Returns every report that carries a lamp, whole: the usages in `lit` on, everything else off."""
        return [self._report(report_id, bits, lit) for report_id, bits in self._bits.items()]

    def _report(self, report_id: int, bits: int, lit: Collection[int]) -> bytes:
        data = 0
        for field in self._fields:
            if field.report_id == report_id:
                data |= _lit(field, lit) << field.offset
        return bytes([report_id]) + data.to_bytes((bits + 7) // 8, "little")


def _worth_lighting(field: Field, lamps: Collection[int]) -> bool:
    """Returns whether a field carries a lamp of ours. A keyboard's lamps (Mute, Num Lock) are not."""
    return page(field.application) != GENERIC_DESKTOP and any(field.index(lamp) is not None for lamp in lamps)


def _meant(field: Field) -> list[int]:
    """Returns the known usages of a field. Buttons are known in a telephony collection only: a mouse has them too."""
    telephony = page(field.application) == TELEPHONY
    known = (usage for usage in HEARD if field.index(usage) is not None)
    return [usage for usage in known if telephony or page(usage) != BUTTON]


def _down(field: Field, data: bytes) -> set[int | None]:
    """Returns the usages that an array says are down."""
    slots = (_value(field, data, slot) for slot in range(min(field.count, MAX_SLOTS)))
    return {_named(field, value) for value in slots if value is not None}


def _named(field: Field, value: int) -> int | None:
    """Returns the usage that an array's value names.

    With a logical minimum of 0, an idle array names its first usage, which would hold the key 0 down for ever. So 0 is
    idle, and where the range has one value more than there are usages, 1 is the first.
    """
    if not field.logical_min <= value <= field.logical_max or (value == 0 and field.logical_min == 0):
        return None
    spare = field.logical_min == 0 and field.logical_max >= field.usage_count()
    return field.usage(value - field.logical_min - spare)


def _value(field: Field, data: bytes, index: int) -> int | None:
    """Returns one value of a field, or None where the report ends before it."""
    start = field.offset + index * field.size
    end = start + field.size
    if end > len(data) * 8:
        return None
    bits = int.from_bytes(data[start // 8 : (end + 7) // 8], "little") >> start % 8 & (1 << field.size) - 1
    negative = field.logical_min < 0 and bits >> (field.size - 1)
    return bits - (1 << field.size) if negative else bits


def _changes(relative: Collection[int], last: Mapping[int, int], now: Mapping[int, int]) -> Iterator[Change]:
    for usage, value in now.items():
        if usage in relative:
            if value and (usage == VOLUME or value != last.get(usage, 0)):
                yield Change(usage, value, relative=True)
        elif value != last.get(usage, 0):
            yield Change(usage, value)


def _again(relative: Collection[int], now: Mapping[int, int]) -> Iterator[Change]:
    for usage in relative:
        if usage != VOLUME and (value := now.get(usage)):
            yield Change(usage, value, relative=True)


def _lit(field: Field, lit: Collection[int]) -> int:
    """Returns the bits of a field in which the usages `lit` are on."""
    on = sorted(index for usage in lit if (index := field.index(usage)) is not None)
    if field.variable:
        return sum(1 << index * field.size for index in on if index < field.count)
    slots = [field.logical_min + index for index in on][: field.count]
    return sum((value & (1 << field.size) - 1) << slot * field.size for slot, value in enumerate(slots))
