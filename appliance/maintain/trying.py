"""Whatever is being tried in a room: tasks with one owner, so that whoever has asked for one may leave."""

from collections.abc import Callable, Mapping
from typing import Final

import trio

from appliance.language.text import Text
from appliance.maintain.audit import Notes
from appliance.maintain.trials import NotTried, Outcome, Trial, Way
from appliance.room.state import RoomState
from appliance.runtime.begun import Begun
from appliance.runtime.followed import Followed

MOST: Final = 32  # at once, each of another part; whoever looks for a wire tries one lamp after the other
PATIENCE: Final = 5.0  # seconds for something to be confirmed, as for what is asked of a terminal


class Trying:
    """Everything that is being tried. `quiet`: whether nobody is in a call."""

    def __init__(self, room: Followed[RoomState], quiet: Callable[[RoomState], bool]) -> None:
        self._room = room
        self._quiet = quiet
        self._tasks = Begun()
        self._under_way: dict[str, _UnderWay] = {}

    @property
    def quiet(self) -> bool:
        """Whether nobody is in a call now."""
        return self._quiet(self._room.value)

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Runs what is begun, until cancelled."""
        await self._tasks.run(task_status=task_status)

    async def begin(self, name: str, trial: Trial, way: Way, begun: Callable[[], None]) -> Outcome:
        """Begins, and returns what became of it, `PATIENCE` seconds later at most. `begun`: called when it begins."""
        while (before := self._under_way.get(name)) is not None:
            if not trial.replaces:
                return Outcome("refused", Text("maintain.try_running"))
            before.scope.cancel()
            await before.ended.wait()
        if self._tasks.nursery is None or len(self._under_way) >= MOST:
            return Outcome("refused", Text("maintain.try_later"))
        begun()
        one = self._under_way[name] = _UnderWay(way.does)
        self._tasks.nursery.start_soon(self._run, name, trial, way.key, one)
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
