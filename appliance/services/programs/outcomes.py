"""What became of what a program asked: its way from the command to what the terminal confirms, followed for a moment.

An input means intents, and those that are for the terminal are answered: accepted, refused, or by nobody. That says
`Controller` of each intent, known by its identity, since the same may be asked twice. Accepted is not yet so: as on the
display, the room's state decides, and here whoever asked waits for it as long as he likes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal, NamedTuple

import trio

from appliance.language.text import NOTHING, Text
from appliance.room.intents.base import Intent
from appliance.room.intents.box import AskForUpdate, SwitchOutput
from appliance.room.intents.call import Call
from appliance.room.intents.camera import HomeLocalCamera, MoveLocalCamera
from appliance.room.intents.terminal import Reclaim
from appliance.room.orders.commands import plan
from appliance.room.state import RoomState
from appliance.runtime.first_of import first_of
from appliance.services.store import RoomStore

_FIELDS: Final[dict[type[Intent], tuple[str, ...]]] = {
    Call: ("phase",),
    SwitchOutput: ("outputs",),
    Reclaim: ("link",),
}
"""Fields of the room that confirm what it does not remember as asked."""

_UNSEEN: Final = (MoveLocalCamera, HomeLocalCamera, AskForUpdate)
"""What goes elsewhere, and nobody says whether it is done."""


class Became(NamedTuple):
    """What became of it: `confirmed`, or only `asked` so far, or `refused`, and `why` in words."""

    outcome: Literal["confirmed", "asked", "refused"]
    why: Text = NOTHING


class Watch:
    """Hears what becomes of intents while somebody waits for it."""

    def __init__(self, store: RoomStore) -> None:
        self._store = store
        self._before = store.state
        self._heard: list[tuple[Intent, Text]] = []
        self._news = trio.lowlevel.ParkingLot()

    def hear(self, intent: Intent, why: Text) -> None:
        """Takes an answer."""
        self._heard.append((intent, why))
        self._news.unpark_all()

    def why_not(self, kind: type[Intent]) -> Text:
        """Returns why the first intent of this kind came to nothing, as far as is known; nothing if none did."""
        return next((why for intent, why in self._heard if why and isinstance(intent, kind)), NOTHING)

    async def became(self, meant: tuple[Intent, ...], within: float) -> Became:
        """Returns what became of these, as soon as that is known, or after so many seconds."""
        fields = self._confirming(meant)
        self._heard = [each for each in self._heard if _is_among(each[0], meant)]
        with trio.move_on_after(within):
            while (known := self._known(meant, fields)) is None:
                seen, count = self._store.state, len(self._heard)
                await first_of(lambda: self._store.followed.newer_than(seen), lambda: self._more_than(count))  # noqa: B023  # both end within this turn
            return known
        return self._known(meant, fields) or Became("asked")

    def _confirming(self, meant: tuple[Intent, ...]) -> tuple[str, ...]:
        """Returns the fields of the room of which one has to change."""
        asked = self._store.state.asked
        remembered = asked.confirms if asked is not None and asked is not self._before.asked else ()
        return (*remembered, *(name for intent in meant for name in _FIELDS.get(type(intent), ())))

    def _known(self, meant: tuple[Intent, ...], fields: tuple[str, ...]) -> Became | None:
        heard = [(intent, why) for intent, why in self._heard if _is_among(intent, meant)]
        if (why := next((why for _, why in heard if why), NOTHING)) is not NOTHING:
            return Became("refused", why)
        if any(getattr(self._before, name) != getattr(self._store.state, name) for name in fields):
            return Became("confirmed")
        if fields:
            return None
        if any(isinstance(intent, _UNSEEN) for intent in meant):
            return Became("asked")
        sent = [intent for intent in meant if _is_for_the_terminal(intent, self._before)]
        return Became("confirmed") if all(any(each is intent for each, _ in heard) for intent in sent) else None

    async def _more_than(self, count: int) -> None:
        while len(self._heard) == count:
            await self._news.park()


class Outcomes:
    """Passes on what becomes of intents to those who wait."""

    def __init__(self) -> None:
        self._watches: list[Watch] = []

    @contextmanager
    def watched(self, store: RoomStore) -> Iterator[Watch]:
        """Begins to listen, before anything is asked: an answer may come at once."""
        watch = Watch(store)
        self._watches.append(watch)
        try:
            yield watch
        finally:
            self._watches.remove(watch)

    def heard(self, intent: Intent, why: Text) -> None:
        """Hears of an intent that it was accepted, or why not."""
        for watch in self._watches:
            watch.hear(intent, why)


def _is_among(intent: Intent, meant: tuple[Intent, ...]) -> bool:
    return any(intent is each for each in meant)


def _is_for_the_terminal(intent: Intent, state: RoomState) -> bool:
    return bool(plan(intent, state).commands)
