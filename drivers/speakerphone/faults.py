"""What a device gets wrong: counted, said when it begins and when it is over, and once more at the end."""

from collections import Counter
from typing import Final

import structlog

from drivers.speakerphone.reports import Fault

log = structlog.get_logger()

OVER: Final = 60.0  # seconds without a wrong report after which the device is right again


class Faults:
    """Counts the faults of one device, by kind. Times are monotonic seconds."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._counted: Counter[str] = Counter()
        self._said: set[Fault] = set()
        self._last = float("-inf")
        self._refuses = False

    def note(self, fault: Fault | None, report: bytes, now: float) -> None:
        """A report was heard, and was right (None) or wrong."""
        if fault is not None:
            self._wrong(fault, report)
            self._last = now
        elif self._said and now - self._last >= OVER:
            self._said.clear()
            log.info("speakerphone_reports_right_again", name=self._device, **self._counted)

    def refused(self) -> None:
        """The device did not take its lamps."""
        self._counted["refused"] += 1
        if not self._refuses:
            log.warning("speakerphone_refuses_lamps", name=self._device)
        self._refuses = True

    def sum_up(self) -> None:
        """The device is closed: what it got wrong all in all, if anything."""
        if self._counted:
            log.info("speakerphone_faults", name=self._device, **self._counted)

    def _wrong(self, fault: Fault, report: bytes) -> None:
        self._counted[fault.value] += 1
        if fault not in self._said:
            self._said.add(fault)
            # not what is in it: that may be a number somebody typed
            about = {"report_id": report[0] if report else None, "length": len(report)}
            log.warning("speakerphone_report_wrong", name=self._device, fault=fault.value, **about)
