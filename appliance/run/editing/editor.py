"""Changes the configuration of a room that runs: see `appliance.maintain.editing`, whose protocol this is.

The file belongs to root, and the firmware may not write it: it asks the deputy, which keeps the former one until the
new one is kept. So this holds nothing that a restart could lose but who made the change, and whether the link was there
before it (`trial.py`). What takes time is done in a thread, one at a time.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final, Literal, TypeVar

import trio
from msgspec.structs import replace

from appliance.config.content import read_content
from appliance.config.edit.secrets import shown
from appliance.config.edit.text import CannotEdit
from appliance.deputy.client import NoDeputy
from appliance.deputy.requests import File, Keep, Return
from appliance.language.catalogue import Language
from appliance.language.text import NOTHING, Text
from appliance.maintain.editing import (
    ConfigurationVersion,
    Draft,
    Looked,
    Mistaken,
    NotChanged,
    Somebody,
    Source,
    Unknown,
)
from appliance.room.parts.link import LinkPhase
from appliance.run.editing.history import History
from appliance.run.editing.looked import looked, whole_text
from appliance.run.editing.trial import Memory, Trial
from appliance.run.editing.truth import Truth
from appliance.run.parts import Parts

T = TypeVar("T")

BOX: Final = Somebody("offhook", "box")
WAITING: Final = 4  # others that may wait while something is looked at


class Editor:
    """Changes the configuration of the room with these parts."""

    def __init__(self, parts: Parts, folder: Path | None) -> None:
        """`folder`: the state folder, None where nothing is kept."""
        self._parts = parts
        self._truth = Truth(lambda: parts.deputy)
        self._memory = Memory(folder)
        self._history = History(folder)
        self._threads = trio.CapacityLimiter(1)
        self._changing = trio.Lock()

    async def source(self, language: Language) -> Source:
        """Returns the file as it is now, or why it cannot be changed here."""
        try:
            file = await self._truth.read()
        except NoDeputy as error:
            return Source(await self._in_turn(self._own_text), "", language.say(error.text))
        await self._notice(file)
        why = await self._why_not() if file.trial is not None else NOTHING
        refused = "" if file.refused is None else language.say(file.refused)
        may_keep = file.trial is not None and not why
        return Source(file.text, file.mark, refused, file.trial, may_keep, language.say(why) if why else "")

    async def look(self, draft: Draft, language: Language) -> Looked:
        """Returns what would come of a draft upon the file as it is now; without a deputy, upon the draft itself."""
        try:
            in_force = (await self._truth.read()).text
        except NoDeputy:
            in_force = draft.text
        return await self._edits(partial(looked, in_force, draft, language))

    async def apply(self, draft: Draft, who: Somebody, language: Language) -> float:
        """Puts a draft in force, on trial; returns for how many seconds; 0 where nothing differs."""
        async with self._alone():
            return await self._apply(draft, who, language)

    async def _apply(self, draft: Draft, who: Somebody, language: Language) -> float:
        former = await self._truth.known()
        found = await self._edits(partial(looked, former.text, draft, language))
        if found.mistakes:  # the deputy looks at no file that the text names, and this process can
            raise Mistaken(found.mistakes)
        text = await self._edits(partial(whole_text, draft))
        await self._begin(former, who)
        self._note(who, "configuration_apply")
        try:
            seconds = await self._truth.take(text, draft.mark, who.name, language)
        except NotChanged:
            await self._end(former)
            self._note(who, "configuration_refused")
            raise
        except Unknown:
            if former.trial is None:  # else what is remembered is of that one
                await self._doubt(who, "take")
            raise
        if seconds is None:  # it says what the file did
            await self._end(former)
        return seconds or 0.0

    async def keep(self, who: Somebody) -> None:
        """Keeps what is on trial, and makes a version of it."""
        async with self._alone():
            await self._keep(who)

    async def _keep(self, who: Somebody) -> None:
        trial = await self._in_thread(self._memory.trial)
        if why := await self._why_not():
            raise NotChanged(why)
        kept = await self._truth.known()  # before: once it is kept, nothing may stand in the way of saying so
        try:
            await self._truth.done(Keep())
        except Unknown:
            await self._doubt(who, "keep")
            raise
        self._note(who, "configuration_keep")
        await self._keep_version(kept.text, who.name if trial is None else trial.who)
        await self._in_thread(self._memory.forget)

    async def back(self, who: Somebody) -> None:
        """Ends the trial: the former one is in force again."""
        async with self._alone():
            try:
                await self._truth.done(Return())
            except Unknown:
                self._note(who, "configuration_unknown")
                raise
            self._note(who, "configuration_return")
            await self._in_thread(self._memory.forget)

    async def versions(self) -> tuple[ConfigurationVersion, ...]:
        """Returns the last ones that were kept, the newest first."""
        return await self._in_turn(self._history.all)

    async def compared(self) -> dict[int, str]:
        """Returns by their numbers what would be changed by going back to each; nothing where nobody knows."""
        try:
            now = await self._truth.read()
        except NoDeputy:
            return {}
        return await self._in_turn(partial(self._history.compared, now.text))

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """One change at a time: whoever comes meanwhile is told to come again, and waits for nobody."""
        try:
            self._changing.acquire_nowait()
        except trio.WouldBlock:
            raise NotChanged(Text("maintain.edit_busy")) from None
        try:
            yield
        finally:
            self._changing.release()

    async def _begin(self, former: File, who: Somebody) -> None:
        """Remembers who makes a change. The text so far was in force, so that it is a version that one can go back to.

        A text that is on trial itself was kept by nobody, and another is refused while it is.
        """
        if former.trial is None:
            linked = self._parts.store.state.link.phase is LinkPhase.UP
            await self._in_thread(partial(self._memory.keep, Trial(who.name, linked)))
            await self._keep_version(former.text, "")

    async def _end(self, former: File) -> None:
        if former.trial is None:
            await self._in_thread(self._memory.forget)

    async def _doubt(self, who: Somebody, what: Literal["take", "keep"]) -> None:
        """Remembers what nobody knows the end of. It is not forgotten by that: the deputy may come to it yet."""
        self._note(who, "configuration_unknown")
        if (trial := await self._in_thread(self._memory.trial)) is not None:
            await self._in_thread(partial(self._memory.keep, replace(trial, doubt=what)))

    async def _notice(self, file: File) -> None:
        """Notes a trial that ended by itself, when somebody looks first; one that somebody ends just now did not."""
        trial = None if self._changing.locked() else await self._in_turn(self._memory.trial)
        if trial is None:
            return
        if file.trial is not None:
            if trial.doubt == "take":
                await self._in_thread(partial(self._memory.keep, replace(trial, doubt="")))
        elif trial.doubt != "take":  # else it may begin yet, and the next change takes its place
            await self._in_thread(self._memory.forget)
            if not trial.doubt:
                self._note(BOX, "configuration_returned")

    def _note(self, who: Somebody, what: str) -> None:
        self._parts.audit.note(who.name, what, by=who.by, soon=True)

    async def _why_not(self) -> Text:
        """Returns why what is on trial cannot be kept now; nothing where it can."""
        trial = await self._in_turn(self._memory.trial)
        up = self._parts.store.state.link.phase is LinkPhase.UP
        return NOTHING if up or (trial is not None and not trial.linked) else Text("maintain.edit_no_link")

    async def _keep_version(self, text: str, who: str) -> None:
        clock = self._parts.clock()
        at = None if clock is None else clock.timestamp()
        await self._in_thread(partial(self._history.keep, text, who, at))

    def _own_text(self) -> str:
        """Returns what the firmware itself was started with. Blocks."""
        path = self._parts.file
        return "" if path is None else shown(read_content(path).decode(errors="replace"))

    async def _edits(self, do: Callable[[], T]) -> T:
        try:
            return await self._in_turn(do)
        except CannotEdit as error:
            raise NotChanged(error.text) from None

    async def _in_turn(self, do: Callable[[], T]) -> T:
        """Does what anybody may ask for at any time; what is part of a change is not refused in the middle of it."""
        if self._threads.statistics().tasks_waiting > WAITING:
            raise NotChanged(Text("maintain.edit_busy"))
        return await self._in_thread(do)

    async def _in_thread(self, do: Callable[[], T]) -> T:
        return await trio.to_thread.run_sync(do, limiter=self._threads)
