"""Counts what a device gets wrong; logs when it begins, when it is over, and the sum when the device is closed."""

from collections import Counter
from typing import Final

import structlog

from drivers.speakerphone.reports import Fault

log = structlog.get_logger()

OVER: Final = 60.0  # seconds without a wrong report after which the log says that it is over


class Faults:
    """The faults of one device, by kind. Times are monotonic seconds."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._counted: Counter[str] = Counter()
        self._said: set[Fault] = set()
        self._last = float("-inf")
        self._refuses = False

    def note(self, fault: Fault | None, report: bytes, now: float) -> None:
        """Notes a report that was right (None) or wrong."""
        if fault is not None:
            self._wrong(fault, report)
            self._last = now
        elif self._said and now - self._last >= OVER:
            self._said.clear()
            log.info("speakerphone_reports_right_again", name=self._device, **self._counted)

    def refused(self) -> None:
        """Notes that the device refused its lamps."""
        self._counted["refused"] += 1
        if not self._refuses:
            log.warning("speakerphone_refuses_lamps", name=self._device)
        self._refuses = True

    def sum_up(self) -> None:
        """Logs the counts when the device is closed, if there are any."""
        if self._counted:
            log.info("speakerphone_faults", name=self._device, **self._counted)

    def _wrong(self, fault: Fault, report: bytes) -> None:
        self._counted[fault.value] += 1
        if fault not in self._said:
            self._said.add(fault)
            # the content stays out of the log: it may be a number somebody typed
            about = {"report_id": report[0] if report else None, "length": len(report)}
            log.warning("speakerphone_report_wrong", name=self._device, fault=fault.value, **about)
