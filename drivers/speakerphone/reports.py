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

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

import msgspec

from drivers.speakerphone.controls import Control, controls, value_of
from drivers.speakerphone.controls import lamps as lamps_of
from drivers.speakerphone.descriptor import Descriptor, Field, Kind
from drivers.speakerphone.usages import VOLUME

MAX_SLOTS: Final = 32  # values read of one array; real devices have 1 to 6, a hostile descriptor may claim thousands
MAX_ARRAYS: Final = 8  # arrays read in the reports of one ID, for the same reason


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

    def __init__(self, controls: Iterable[Control], pressed: Collection[int]) -> None:
        self.variables: dict[int, tuple[Field, int]] = {}
        self.arrays: dict[Field, dict[int, int]] = {}  # the usage that each value names
        self.relative: set[int] = set()
        for control in controls:
            if control.field.variable:
                self.variables[control.means] = control.field, control.index
            elif control.field in self.arrays or len(self.arrays) < MAX_ARRAYS:
                value = value_of(control.field, control.index)
                self.arrays.setdefault(control.field, {})[value] = control.means
            if control.pressed or control.means in pressed:
                self.relative.add(control.means)

    def values(self, data: bytes) -> dict[int, int]:
        """Returns the values in the report, which may be shorter than it should be."""
        values = {usage: _value(field, data, index) for usage, (field, index) in self.variables.items()}
        for field, named in self.arrays.items():
            if _value(field, data, 0) is not None:
                slots = {_value(field, data, slot) for slot in range(min(field.count, MAX_SLOTS))}
                values |= {usage: int(value in slots) for value, usage in named.items()}
        return {usage: value for usage, value in values.items() if value is not None}


class InputReports:
    """Decodes the input reports of one device.

    `pressed`: usages that only say that a key was pressed, whatever the descriptor declares.
    """

    def __init__(self, descriptor: Descriptor, pressed: Collection[int] = ()) -> None:
        self._numbered = descriptor.numbered
        by_report: dict[int, list[Control]] = {}
        for control in controls(descriptor):
            by_report.setdefault(control.field.report_id, []).append(control)
        self._layouts = {report_id: _Layout(known, pressed) for report_id, known in by_report.items()}
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
    """Encodes the lamps of one device. `lamps` are the usages that may be lit, then those of them that it has."""

    def __init__(self, descriptor: Descriptor, lamps: Collection[int]) -> None:
        there = lamps_of(descriptor, lamps)
        self.lamps = {usage for _, usage in there}
        self._fields = list(dict.fromkeys(field for field, _ in there))
        self._bits = {field.report_id: descriptor.bits[Kind.OUTPUT, field.report_id] for field in self._fields}

    def encode(self, lit: Collection[int]) -> list[bytes]:
        """Returns every report that carries a lamp, whole: the usages in `lit` on, everything else off."""
        return [self._report(report_id, bits, lit) for report_id, bits in self._bits.items()]

    def _report(self, report_id: int, bits: int, lit: Collection[int]) -> bytes:
        data = 0
        for field in self._fields:
            if field.report_id == report_id:
                data |= _lit(field, lit) << field.offset
        return bytes([report_id]) + data.to_bytes((bits + 7) // 8, "little")


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
