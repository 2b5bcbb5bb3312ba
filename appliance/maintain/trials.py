"""Tests of parts, for whoever has just wired them: a lamp blinks, a relay pulses, a camera moves and goes back.

What can be tried, and in which ways, is a `Trial`. Its `run` is a task: it begins at once, confirms what the part
itself has confirmed (a driver has written the pin, a camera has told that it looks elsewhere), and ends by itself;
however it ends, it leaves the part as the room has it. Until it confirms anything, it is only asked for, and is called
so.

`Trying` owns these tasks, so that whoever has asked for one may leave. What others in the room would notice does not
begin while somebody is in a call, and ends when a call begins. What acts upon the world is done only for somebody who
has read what it does and said so (`sure`). Each that begins is in the audit.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Literal, TypeAlias

import msgspec
import trio

from appliance.language.text import NOTHING, Text, Worded
from appliance.maintain.audit import Notes
from appliance.room.state import RoomState
from appliance.runtime.followed import Followed

MOST: Final = 32  # at once, each of another part; whoever looks for a wire tries one lamp after the other
PATIENCE: Final = 5.0  # seconds for something to be confirmed, as for what is asked of a terminal

Became: TypeAlias = Literal["confirmed", "asked", "asks", "refused", "failed"]
Run: TypeAlias = Callable[[str, Callable[[], None]], Awaitable[None]]
"""Tries a part in a way; calls its second argument once that is confirmed. Raises `NotTried`."""


class NotTried(Worded):
    """A part could not be tried; says why."""


class Way(msgspec.Struct, frozen=True):
    """A way to try a part. `key`: of programs; `called`: of people, nothing where it is the only one.

    `does`: what it does, in a sentence.
    """

    key: str
    called: Text
    does: Text


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """A part that can be tried. `called`: its name; `ways`: one at least, the usual one first.

    `asks`: who wants it has to be sure. `disturbs`: not while somebody is in a call. `outlasts`: it goes on when a call
    begins, which may be what it has begun. `replaces`: trying it again ends what goes on; else that has to be over.
    """

    called: Text
    run: Run
    ways: tuple[Way, ...]
    asks: bool = False
    disturbs: bool = True
    outlasts: bool = False
    replaces: bool = False

    def way(self, key: str) -> Way:
        """Returns one of its ways, the usual one for an empty key. Raises `KeyError`."""
        found = {way.key: way for way in self.ways}
        return found[key] if key else self.ways[0]


class Outcome(msgspec.Struct, frozen=True):
    """What became of it, and words for whoever asked.

    `asks`: it was not begun, and the words say what it does. `asked`: it has begun, and nothing has confirmed it.
    """

    became: Became
    text: Text = NOTHING


class Trying:
    """Everything that is being tried. `quiet`: whether nobody is in a call."""

    def __init__(self, room: Followed[RoomState], quiet: Callable[[RoomState], bool]) -> None:
        self._room = room
        self._quiet = quiet
        self._nursery: trio.Nursery | None = None  # while it runs
        self._under_way: dict[str, _UnderWay] = {}

    @property
    def quiet(self) -> bool:
        """Whether nobody is in a call now."""
        return self._quiet(self._room.value)

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Runs what is begun, until cancelled."""
        try:
            async with trio.open_nursery() as nursery:
                self._nursery = nursery
                task_status.started()
                await trio.sleep_forever()
        finally:
            self._nursery = None

    async def begin(self, name: str, trial: Trial, way: Way, begun: Callable[[], None]) -> Outcome:
        """Begins, and returns what became of it, `PATIENCE` seconds later at most. `begun`: called when it begins."""
        while (before := self._under_way.get(name)) is not None:
            if not trial.replaces:
                return Outcome("refused", Text("maintain.try_running"))
            before.scope.cancel()
            await before.ended.wait()
        if self._nursery is None or len(self._under_way) >= MOST:
            return Outcome("refused", Text("maintain.try_later"))
        begun()
        one = self._under_way[name] = _UnderWay(way.does)
        self._nursery.start_soon(self._run, name, trial, way.key, one)
        with trio.move_on_after(PATIENCE):
            await one.known.wait()
        return one.outcome

    async def _run(self, name: str, trial: Trial, way: str, one: "_UnderWay") -> None:
        async with trio.open_nursery() as nursery:
            if trial.disturbs and not trial.outlasts:
                nursery.start_soon(self._end_with_the_quiet, one)
            try:
                with one.scope:
                    await trial.run(way, one.confirm)
            except NotTried as error:
                one.fail(error.text)
            finally:
                del self._under_way[name]
                one.known.set()
                one.ended.set()
            nursery.cancel_scope.cancel()

    async def _end_with_the_quiet(self, one: "_UnderWay") -> None:
        state = self._room.value
        while self._quiet(state):
            state = await self._room.newer_than(state)
        one.fail(Text("maintain.try_ended"))
        one.scope.cancel()


class _UnderWay:
    """A trial that has begun. `known`: what became of it; `ended`: it is over, and the part is the room's again."""

    def __init__(self, does: Text) -> None:
        self.scope = trio.CancelScope()
        self.known, self.ended = trio.Event(), trio.Event()
        self.outcome = Outcome("asked", Text("maintain.try_asked", does=does))
        self._does = does

    def confirm(self) -> None:
        """It has done what it does."""
        self._become(Outcome("confirmed", Text("maintain.try_confirmed", does=self._does)))

    def fail(self, why: Text) -> None:
        """It came to nothing."""
        self._become(Outcome("failed", Text("maintain.try_failed", why=why)))

    def _become(self, outcome: Outcome) -> None:
        """Takes what became of it first: a lamp that has shone and is pulled out then has shone."""
        if not self.known.is_set():
            self.outcome = outcome
            self.known.set()


class Trials:
    """All parts that can be tried as the room is configured, by the names of their services."""

    def __init__(self, known: Mapping[str, Trial], trying: Trying, notes: Notes) -> None:
        self.known = known
        self._trying = trying
        self._notes = notes

    async def attempt(self, name: str, way: str, who: str, by: str, *, sure: bool) -> Outcome:
        """Tries a part for somebody, or says why not. Raises `KeyError`: there is no such part, or no such way."""
        trial = self.known[name]
        chosen = trial.way(way)
        if trial.disturbs and not self._trying.quiet:
            return Outcome("refused", Text("maintain.in_a_call"))
        if trial.asks and not sure:
            return Outcome("asks", chosen.does)
        about = f"{name}: {chosen.key}" if chosen.key else name
        return await self._trying.begin(
            name, trial, chosen, lambda: self._notes.note(who, "try", by=by, about=about, soon=True)
        )
