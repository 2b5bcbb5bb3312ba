"""A device that says more than anybody can do with it is heard less often, so that it costs the others nothing."""

import structlog
import trio

log = structlog.get_logger()

RATE = 500.0
"""Reads a second in the long run; a person at a keypad or a handset causes a dozen."""
BURST = 250.0
"""Reads that may follow each other at once, after a while of less."""
PAUSE = 0.05
"""Seconds for which a device that floods is not heard; what the kernel cannot keep meanwhile is lost."""


class Flood:
    """Counts the reads of one device. Times are trio's."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._allowed = BURST
        self._counted_at = trio.current_time()
        self._flooding = False

    async def may_read(self) -> None:
        """Returns at once, or after a pause where there were too many reads; says so once, and when it is over."""
        self._count()
        if self._allowed < 1:
            self._change(flooding=True)
            await trio.sleep(PAUSE)
            self._count()
        elif self._allowed >= BURST - 1:
            self._change(flooding=False)
        self._allowed -= 1

    def _count(self) -> None:
        now = trio.current_time()
        self._allowed = min(BURST, self._allowed + (now - self._counted_at) * RATE)
        self._counted_at = now

    def _change(self, *, flooding: bool) -> None:
        if flooding and not self._flooding:
            log.warning("device_floods", device=self._device, reads_per_second=RATE)
        elif self._flooding and not flooding:
            log.info("device_floods_no_more", device=self._device)
        self._flooding = flooding
