"""The terminal's session, shared with other programs: joins the link to `share`."""

from collections.abc import Callable
from pathlib import Path

import structlog
import trio

from appliance.panel.programs import Done, Programs, Using
from appliance.room.local_events.awaited import ProgramDid
from appliance.services.programs.deeds import words
from appliance.share.deeds import Deed
from appliance.share.local import serve_local
from appliance.share.program import Program
from appliance.share.sharing import Sharing
from appliance.share.upstream import Upstream
from appliance.terminal.link import Link
from appliance.terminal.messages import AnyEvent, ReplyFrame, Untyped
from appliance.terminal.reports import LinkDown, LinkEvicted, LinkRefused, LinkUp, Report

log = structlog.get_logger()


class SharingService:
    """Tells programs what the link hears, and serves those on this machine at a socket."""

    def __init__(
        self,
        link: Link,
        *,
        tell: Callable[[ProgramDid], None] | None = None,
        did: Callable[[str, str], None] = lambda _who, _method: None,
    ) -> None:
        """`tell` tells the room what programs have done; None: it does not want to know.

        `did` hears who has done it, and with which command.
        """
        self._tell = tell
        self._heard = did
        self._upstream = Upstream(link)
        self.sharing = Sharing(self._upstream, trio.current_time, did=self._did)

    async def ask(self, command: Untyped) -> ReplyFrame | None:
        """Sends a command of our own behind everybody's and returns its reply; None where none comes."""
        return await self._upstream.ask(command)

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

    def programs(self) -> Programs:
        """Returns which programs share the session, those that came first before others, and what they did last."""
        here = sorted(self.sharing.programs, key=lambda program: program.number)
        deeds = reversed(self.sharing.deeds.last)
        return Programs(tuple(map(_using, here)), tuple(Done(deed.who, deed.method, deed.at) for deed in deeds))

    def _did(self, deed: Deed) -> None:
        self._heard(deed.who, deed.method)
        if self._tell is not None and (told := words(deed, trio.current_time())) is not None:
            self._tell(ProgramDid(told))

    async def run(self, place: Path | None, *, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED) -> None:
        """Serves programs at the socket `place`, if any, until cancelled. Raises `OSError` where it cannot be made."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._upstream.run)
            if place is not None:
                await nursery.start(serve_local, place, self.sharing)
                log.info("shared", at=str(place))
            task_status.started()


def _using(program: Program) -> Using:
    return Using(
        name=str(program),
        where=program.where,
        rights=program.rights,
        since=program.since,
        commands=program.commands,
    )
