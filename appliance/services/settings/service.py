"""Changes settings of the room's terminal, and says of each what became of it.

A wish becomes an action, which goes where every action goes: judged by the room, sent by `Controller`, answered through
`Outcomes`. The reply says only that the terminal accepts it. It is confirmed when the terminal tells the value: in an
event or, where none has come within `CONFIRMS`, in the answer to one more question. Between the two it is "asked".

One change of a setting is under way at a time. A second is refused, since nobody could say whose value it is that the
terminal tells. When the link is lost, nobody knows whether it was done: that is said, and the next reading shows what
is so. Nothing is sent again.

A terminal that has not told its settings in this session is asked for them first, within the time of whoever wants a
change. Where that is over before, the change is "asked" as well: it begins once they are told, or is refused.
"""

from collections import deque
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import structlog
import trio

from appliance.language.text import NOTHING, Text
from appliance.maintain.settings import Change, Seen, TooMany
from appliance.programs.actions import BURST, SPAN
from appliance.room.actions import Action
from appliance.room.intents.base import Intent
from appliance.room.parts.link import LinkPhase
from appliance.room.settings.reads import WITHOUT_EVENT
from appliance.room.settings.rows import Around, Row, rows
from appliance.room.settings.setting import Value
from appliance.room.settings.table import SETTINGS
from appliance.room.settings.wish import action, mistake
from appliance.room.texts import NO_ANSWER, NO_LINK
from appliance.runtime.begun import Begun
from appliance.services.programs.doing import Doing
from appliance.services.programs.outcomes import Became, Outcomes
from appliance.services.settings.reading import Reading
from appliance.services.store import RoomStore
from appliance.terminal.errors import LinkLost
from appliance.terminal.reports import LinkDown, LinkEvicted, LinkRefused, LinkUp, Report

log = structlog.get_logger()

ANSWERS: Final = 6.0  # seconds for the reply to a change: `Controller` gives up after 5 by default, and says so
CONFIRMS: Final = 2.0  # seconds from its yes to its event; then it is asked what is so

LOST: Final = Text("setting.lost")
NOT_SO: Final = Text("setting.not_so")
UNDER_WAY: Final = Text("setting.under_way")
NOT_HERE: Final = Text("setting.not_here")
NAMES: Final = frozenset(each.name for each in SETTINGS)


class Here(NamedTuple):
    """The room that the settings belong to.

    `doing` does actions, and `meant` says what the last of them meant. `around`: what else decides about settings.
    `note` writes into the audit: who, known as what, did what.
    """

    store: RoomStore
    reading: Reading
    outcomes: Outcomes
    doing: Doing
    meant: Callable[[], tuple[Intent, ...]]
    around: Callable[[], Around]
    note: Callable[[str, str, str], None]


class _Changing:
    """A change under way: what was wanted, and what is known of it; `over` once that is all.

    `asks`: what the terminal is asked, of the devices that were there when it was judged.
    """

    def __init__(self, row: Row, value: Value, asks: Action) -> None:
        self.row = row
        self.asks = asks
        self.change = Change(value, "asked")
        self.over = trio.Event()
        self.scope = trio.CancelScope()

    def end(self, change: Change) -> None:
        self.change = change
        self.over.set()


class SettingsService:
    """Knows the terminal's settings while the link is up and somebody looks, and changes them."""

    def __init__(self, here: Here, changed: Callable[[], None]) -> None:
        """`changed` is called when there is something new to see of a change."""
        self._here = here
        self._changed = changed
        self._under_way: dict[str, _Changing] = {}
        self._waits: dict[str, Value] = {}  # for a first reading, before they begin
        self._ended: dict[str, Change] = {}  # but for those that were confirmed
        self._begun_at: deque[float] = deque(maxlen=BURST)
        self._tasks = Begun()

    async def run(self, *, task_status: trio.TaskStatus[None]) -> None:
        """Reads and changes for those who ask, until cancelled."""
        await self._tasks.run(task_status=task_status)

    def hear(self, report: Report) -> None:
        """Takes what the link reports, after the room has."""
        if isinstance(report, LinkUp | LinkDown | LinkRefused | LinkEvicted):
            for each in self._under_way.values():
                each.scope.cancel()
        self._here.reading.hear(report)
        self._forget_what_is_so()

    async def read(self, *, afresh: bool) -> None:
        """Asks the terminal for all settings, or only for what it was not asked in this session."""
        if self._tasks.nursery is not None:
            await self._here.reading.read(self._tasks.nursery, afresh=afresh)

    def seen(self) -> Seen:
        """Returns what is known."""
        link = self._here.store.state.link
        if link.phase is not LinkPhase.UP:
            return Seen(link.reason or NO_LINK, changes=self._changes())
        return Seen(NOTHING, rows(self._here.reading.told.value, self._here.around()), self._changes())

    async def change(self, wanted: Mapping[str, Value], who: str, by: str, within: float) -> Mapping[str, Change]:
        """Asks the terminal to change settings; returns what became of each within so many seconds.

        Raises `TooMany`.
        """
        self._count(len(wanted))
        with trio.move_on_after(within) as patience:
            await self.read(afresh=False)
        if patience.cancelled_caught:
            return {name: self._put_off(name, value, who, by) for name, value in wanted.items()}
        begun = {name: self._begun(name, value, who, by) for name, value in wanted.items()}
        with trio.move_on_at(patience.deadline):
            for each in begun.values():
                if isinstance(each, _Changing):
                    await each.over.wait()
        return {name: each.change if isinstance(each, _Changing) else each for name, each in begun.items()}

    def _changes(self) -> dict[str, Change]:
        waits = {name: Change(value, "asked") for name, value in self._waits.items()}
        return {**self._ended, **waits, **{name: each.change for name, each in self._under_way.items()}}

    def _count(self, wishes: int) -> None:
        now = trio.current_time()
        if sum(begun > now - SPAN for begun in self._begun_at) + wishes > BURST:
            raise TooMany
        self._begun_at.extend([now] * wishes)

    def _begun(self, name: str, value: Value, who: str, by: str) -> _Changing | Change:
        seen = self.seen()
        row = next((each for each in seen.rows if each.setting.name == name), None)
        why = seen.why or (NOT_HERE if row is None else mistake(row, value))
        if row is None or why or self._tasks.nursery is None:
            return Change(value, "refused", why or NO_LINK)
        if name in self._under_way or name in self._waits:
            return Change(value, "refused", UNDER_WAY)
        self._ended.pop(name, None)
        asks = action(row.setting, value, self._here.reading.told.value)
        changing = self._under_way[name] = _Changing(row, value, asks)
        self._tasks.nursery.start_soon(self._carry_out, name, changing, who, by)
        self._changed()
        return changing

    def _put_off(self, name: str, value: Value, who: str, by: str) -> Change:
        """Has a change begin once the settings are told."""
        if name not in NAMES or self._tasks.nursery is None:
            return Change(value, "refused", NOT_HERE if name not in NAMES else NO_LINK)
        if name in self._under_way or name in self._waits:
            return Change(value, "refused", UNDER_WAY)
        self._waits[name] = value
        self._tasks.nursery.start_soon(self._begin_later, name, value, who, by)
        self._changed()
        return Change(value, "asked")

    async def _begin_later(self, name: str, value: Value, who: str, by: str) -> None:
        try:
            with trio.move_on_after(ANSWERS):
                await self.read(afresh=False)
        finally:
            del self._waits[name]
        begun = self._begun(name, value, who, by)
        if isinstance(begun, Change):  # whoever wanted it is told no more, and whoever looks is
            self._ended[name] = begun
            self._changed()

    async def _carry_out(self, name: str, changing: _Changing, who: str, by: str) -> None:
        value, ended = changing.change.value, Change(changing.change.value, "unconfirmed", LOST)
        try:
            with changing.scope:
                ended = await self._became(changing, who, by)
        except LinkLost:
            pass  # what is known of it stays
        finally:
            del self._under_way[name]
            changing.end(ended)
            if ended.became != "confirmed":
                self._ended[name] = ended
            self._changed()
        log.info("terminal_setting", setting=name, value=value, by=who, became=ended.became, why=str(ended.text))

    async def _became(self, changing: _Changing, who: str, by: str) -> Change:
        setting, value = changing.row.setting, changing.change.value
        with self._here.outcomes.watched(self._here.store) as watch:
            outcome, why = self._here.doing.attempt(changing.asks, who)
            if outcome != "asked":
                return Change(value, "refused", why)
            self._here.note(who, by, f"{setting.name}: {changing.row.worded(value)}")
            became = await watch.became(self._here.meant(), ANSWERS)
        if became.outcome == "refused" and became.why not in (NO_ANSWER, NO_LINK):
            is_so = self._here.reading.told.value.values.get(setting.name) == value  # some refuse to do it twice
            return Change(value, "confirmed") if is_so else Change(value, "refused", became.why)
        if became.why == NO_LINK:
            return Change(value, "unconfirmed", LOST)
        return await self._confirmed(changing, became)

    async def _confirmed(self, changing: _Changing, became: Became) -> Change:
        """Waits for the terminal to tell the value, and asks for it where it does not."""
        setting, value, reading = changing.row.setting, changing.change.value, self._here.reading
        silent = became.outcome != "confirmed"
        at_once = silent or setting.part in WITHOUT_EVENT
        if await reading.until(setting.name, value, 0 if at_once else CONFIRMS):
            return Change(value, "confirmed")
        await reading.again(setting.part)
        if reading.told.value.values.get(setting.name) == value:
            return Change(value, "confirmed")
        return Change(value, "unconfirmed", NO_ANSWER if silent else NOT_SO)

    def _forget_what_is_so(self) -> None:
        """What the terminal tells after all needs no words any more."""
        told = self._here.reading.told.value.values
        over = [name for name, each in self._ended.items() if told.get(name) == each.value]
        for name in over:
            del self._ended[name]
        if over:
            self._changed()
