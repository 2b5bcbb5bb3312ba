"""The terminal's session, shared with other programs: joins the link to `share`."""

from collections.abc import Callable
from pathlib import Path

import structlog
import trio

from appliance.share.local import serve_local
from appliance.share.sharing import Deed, Sharing
from appliance.share.upstream import Upstream
from appliance.terminal.link import Link
from appliance.terminal.messages import AnyEvent
from appliance.terminal.reports import LinkDown, LinkEvicted, LinkRefused, LinkUp, Report

log = structlog.get_logger()


class SharingService:
    """Tells programs what the link hears, and serves those on this machine at a socket."""

    def __init__(self, link: Link, *, did: Callable[[Deed], None] = lambda _deed: None) -> None:
        """`did` hears what programs do."""
        self._upstream = Upstream(link)
        self.sharing = Sharing(self._upstream, trio.current_time, did=did)

    def hear(self, event: AnyEvent, frame: str) -> None:
        """Takes an event of the terminal, as the link heard it."""
        self.sharing.hear(event, frame)

    def report(self, report: Report) -> None:
        """Takes what the link reports of itself, in order."""
        match report:
            case LinkUp(snapshot):
                self.sharing.link_up(snapshot)
            case LinkDown() | LinkRefused() | LinkEvicted():
                self.sharing.link_down()

    async def run(self, place: Path, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Serves programs at the socket `place` until cancelled. Raises `OSError` where it cannot be made."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._upstream.run)
            await nursery.start(serve_local, place, self.sharing)
            log.info("shared", at=str(place))
            task_status.started()
