"""What the terminal tells of its settings: asked when somebody looks, and followed from then on.

Nothing is asked while nobody looks. Whoever opens the page, or a program that asks, has everything read; those who come
meanwhile share that reading, and one that has just ended counts as well. Afterwards the terminal's events keep what is
known up to date, until the link is lost: then all of it is forgotten. A new link sends nothing by itself.

A reply is taken in the moment it arrives, as events are: an event that comes after it is never undone by it.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

import trio

from appliance.language.text import NOTHING
from appliance.room.parts.link import LinkPhase
from appliance.room.settings.reads import NEWER, READS, readable
from appliance.room.settings.setting import Part, Value
from appliance.room.settings.told import Told, forgotten, heard, read, unread
from appliance.room.state import RoomState
from appliance.room.texts import NO_ANSWER, refused
from appliance.runtime.followed import Followed
from appliance.terminal.errors import LinkLost, TerminalError
from appliance.terminal.link import Link
from appliance.terminal.messages import ProtocolError, ReplyFrame, reply_as
from appliance.terminal.pending_reply import PendingReply
from appliance.terminal.reports import LinkDown, LinkEvicted, LinkRefused, LinkUp, Report

RECENT: Final = 2.0
"""Seconds for which a reading counts as one of this moment: of a program that asks again and again, the terminal is not
asked more often. Events tell what has changed meanwhile."""


class Reading:
    """What is known of one session; `changed` is called when that is something else."""

    def __init__(
        self, link: Link, state: Callable[[], RoomState], account: Callable[[], str], changed: Callable[[], None]
    ) -> None:
        """`account`: the one that we have on the terminal, `admin` or `user`; empty while that is not known."""
        self.told = Followed(Told())
        self._link = link
        self._state = state
        self._account = account
        self._changed = changed
        self._session = 0
        self._under_way: trio.Event | None = None
        self._read_at = -RECENT  # monotonic seconds
        self._logged_in = False  # when the settings were read

    def hear(self, report: Report) -> None:
        """Takes what the link reports, after the room has."""
        if isinstance(report, LinkUp | LinkDown | LinkRefused | LinkEvicted):
            self._session += 1
            self._read_at = -RECENT
            self._become(Told())
            self._changed()  # also where nothing was known: a page says why
            return
        self._become(heard(self.told.value, report))
        self._follow_the_login()

    async def read(self, nursery: trio.Nursery, *, afresh: bool) -> None:
        """Asks for everything, or only for what has not been asked in this session; returns once that is over."""
        if self._under_way is None:
            parts = self._wanted(afresh=afresh)
            if not parts or self._state().link.phase is not LinkPhase.UP:
                return
            self._under_way = trio.Event()
            nursery.start_soon(self._read_all, parts, self._under_way)
        await self._under_way.wait()

    async def again(self, part: Part) -> None:
        """Asks for one part, which is known, once more. Raises `LinkLost`."""
        await self._read_parts([part])

    async def until(self, name: str, value: Value, within: float) -> bool:
        """Waits until the terminal tells that a setting has this value, so many seconds; returns whether it has."""
        with trio.move_on_after(within):
            while (told := self.told.value).values.get(name) != value:
                await self.told.newer_than(told)
        return self.told.value.values.get(name) == value

    def _wanted(self, *, afresh: bool) -> list[Part]:
        parts = [*readable(self._state().generation, self._account())]
        if afresh and trio.current_time() - self._read_at >= RECENT:
            return parts
        told = self.told.value
        return [part for part in parts if part not in told.known | told.absent | told.failed.keys()]

    async def _read_all(self, parts: list[Part], over: trio.Event) -> None:
        try:
            await self._read_parts(parts)
            self._read_at = trio.current_time()
        except LinkLost:
            pass  # what is known of that session is forgotten
        finally:
            self._under_way = None
            over.set()

    async def _read_parts(self, parts: Iterable[Part]) -> None:
        pending: dict[Part, PendingReply] = {}
        for part in parts:
            await self._link.until_writable(behind=True)
            try:
                pending[part] = self._link.post_now(READS[part], taken=partial(self._take, part, self._session))
            except LinkLost:
                raise
            except TerminalError:  # too much is on its way
                self._become(unread(self.told.value, part, NO_ANSWER))
        for part, reply in pending.items():
            await self._until_taken(part, reply)

    async def _until_taken(self, part: Part, reply: PendingReply) -> None:
        session = self._session
        try:
            await reply.frame()
        except LinkLost:
            raise
        except TerminalError:
            if session == self._session:
                self._become(unread(self.told.value, part, NOTHING if part in NEWER else NO_ANSWER))

    def _take(self, part: Part, session: int, frame: ReplyFrame) -> None:
        if session == self._session:
            if part is Part.SETTINGS:
                self._logged_in = self._state().me is not None
            self._become(self._taken(part, frame))

    def _taken(self, part: Part, frame: ReplyFrame) -> Told:
        told = self.told.value
        try:
            if frame.result:
                return read(told, part, reply_as(READS[part].reply, frame))
        except ProtocolError as error:
            return unread(told, part, refused(str(error)))
        return unread(told, part, NOTHING if part in NEWER else refused(frame.error))

    def _follow_the_login(self) -> None:
        """Forgets the settings as soon as other ones are there to be seen: those of who is logged in come and go."""
        told = self.told.value
        if Part.SETTINGS in told.known and self._logged_in is not (self._state().me is not None):
            self._become(forgotten(told, Part.SETTINGS))

    def _become(self, told: Told) -> None:
        if told is not self.told.value and told != self.told.value:
            self.told.value = told
            self._changed()
