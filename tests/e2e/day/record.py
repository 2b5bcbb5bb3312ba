"""What can be noticed of the room: the display, the lamps, and what the terminal is asked for.

A look is taken whenever something of it has changed and everything of that moment has been done. What nobody can see,
because it is over in the blink of an eye, is left out of the `seen` ones: lamps and display change one after the other,
and a picture that says what was asked for is there or not, as the machine is slow or fast.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from typing import Any
from unittest import mock

import msgspec
import trio
from trio.testing import wait_all_tasks_blocked

from appliance.display.draw import Drawing, compose
from appliance.display.pages.choice import page_for
from appliance.display.view import View
from appliance.runtime.web.answers import Revision
from appliance.services.outputs.lamps import LampService
from drivers.gpio.lamps import Lamps
from drivers.outputs.patterns import BLINK, BLINK_FAST, OFF, ON, UNKNOWN
from tests.e2e.day.room import Room
from tests.e2e.world import is_read

LIT, DIM, DARK = "lit", "dim", "dark"
BRIGHT = 100  # of 255
_PORT = re.compile(r"(127\.0\.0\.1):(?!8765\b)\d+")  # which is another one each time
EYE_BLINK = 0.15  # seconds
INSTANT = 0.5  # seconds
PASSING = frozenset({"call_asked", "calling", "closing", "starting"})
"""Pages that say what is under way; the quicker they are over, the better."""
SHINES = {ON: "on", BLINK: "blinks", BLINK_FAST: "blinks fast", UNKNOWN: "unknown"}


class Look(msgspec.Struct, frozen=True):
    """What there is to see at one moment.

    `page` and `words` are empty while the `glass` is dark. `lamps`: those that are not dark, with what each shows.
    `happened`: what the story has done since the look before, `sent` what the terminal was asked for since, but for
    mere reads.
    """

    at: datetime
    page: str
    words: tuple[str, ...]
    glass: str
    lamps: tuple[tuple[str, str], ...]
    happened: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()


def seen(looks: Iterable[Look]) -> Iterator[Look]:
    """Yields the looks of which a person is aware; what happened and was sent is kept with the next of them."""
    waiting: Look | None = None
    for look in looks:
        if waiting is not None and (look.at - waiting.at).total_seconds() >= EYE_BLINK:
            yield waiting
            waiting = None
        waiting = look if waiting is None else _together(waiting, look)
    if waiting is not None:
        yield waiting


def _together(first: Look, then: Look) -> Look:
    return msgspec.structs.replace(then, happened=first.happened + then.happened, sent=first.sent + then.sent)


def flickers(looks: Iterable[Look]) -> list[str]:
    """Returns the pages that were there and gone again in an instant, without a press that they answered."""
    changes = list[Look]()
    for look in looks:
        if not changes or look.page != changes[-1].page:
            changes.append(look)
    gone = (each for each, after in pairwise(changes) if each.page and (after.at - each.at).total_seconds() < INSTANT)
    return [f"{each.at:%H:%M:%S} {each.page}: {' | '.join(each.words)}" for each in gone if each.page not in PASSING]


class Recorder:
    """Looks at the room of a day, from before it is switched on."""

    def __init__(self, room: Room) -> None:
        self.looks: list[Look] = []
        self._room = room
        self._page = ""
        self._words: tuple[str, ...] = ()
        self._happened: list[str] = []
        self._sent: list[str] = []
        self._wake = Revision()
        room.simulator.terminal.received = _Received(self._hear)

    async def run(self) -> None:
        """Looks until cancelled."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._follow_hardware)
            while True:
                seen = self._wake.value
                await wait_all_tasks_blocked()
                self._look()
                await self._wake.newer_than(seen)

    def happens(self, what: str) -> None:
        """Notes what somebody does."""
        self._happened.append(what)
        self._wake.changed()

    def drawn(self, view: View, drawing: Drawing) -> None:
        """Notes a picture that is drawn for the display."""
        self._page = page_for(view.state, view.now).value
        self._words = tuple(_PORT.sub(r"\1:PORT", words) for words in drawing.words)
        self._wake.changed()

    def _hear(self, command: dict[str, Any]) -> None:
        if not is_read(command["method"]):
            self._sent.append(_told(command))
            self._wake.changed()

    async def _follow_hardware(self) -> None:
        revision = self._room.hardware.revision
        while True:
            await revision.newer_than(revision.value)
            self._wake.changed()

    def _look(self) -> None:
        glass = self._glass()
        look = Look(
            self._room.wall.local(),
            *(("", ()) if glass == DARK else (self._page, self._words)),
            glass,
            tuple(self._lamps()),
            tuple(self._happened),
            tuple(self._sent),
        )
        self._happened.clear()
        self._sent.clear()
        if not self.looks or look != msgspec.structs.replace(self.looks[-1], at=look.at, happened=(), sent=()):
            self.looks.append(look)

    def _glass(self) -> str:
        display = self._room.hardware.display
        if not display.awake:
            return DARK
        return LIT if display.contrast > BRIGHT else DIM

    def _lamps(self) -> Iterator[tuple[str, str]]:
        for name, (pattern, _colour) in _lamps(self._room)._shown.items():
            if pattern != OFF:
                yield name.removeprefix("lamp "), SHINES[pattern]
        for lamp, lit in self._room.hardware.speakerphones["speakerphone"].lamps.items():
            if lit:
                yield f"speakerphone's {lamp}", "on"


class _Received(deque[dict[str, Any]]):
    """What the terminal has received, which also tells it."""

    def __init__(self, hear: Callable[[dict[str, Any]], None]) -> None:
        super().__init__(maxlen=1000)
        self._hear = hear

    def append(self, command: dict[str, Any]) -> None:
        super().append(command)
        self._hear(command)


def _lamps(room: Room) -> Lamps:
    (service,) = (each.run for each in room.appliance.services if each.name == "lamps")
    lamps = getattr(service, "__self__", None)
    assert isinstance(lamps, LampService)
    return lamps._lamps


def _told(command: dict[str, Any]) -> str:
    about = {name: value for name, value in command.items() if name not in {"method", "requestId"}}
    return " ".join([command["method"], *(f"{name}={value}" for name, value in about.items())])


@contextmanager
def recorded(room: Room) -> Iterator[Recorder]:
    """Yields who looks at the room."""
    recorder = Recorder(room)

    def noted(view: View, shift: tuple[int, int] = (0, 0)) -> Drawing:
        drawing = compose(view, shift)
        recorder.drawn(view, drawing)
        return drawing

    with mock.patch("appliance.services.outputs.display.compose", noted):
        yield recorder
