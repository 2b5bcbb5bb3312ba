"""The display: one of its pages, the next of them, or every pixel. What is confirmed is that the glass has taken it."""

from collections.abc import Callable, Iterator
from typing import Final

import msgspec
import trio

from appliance.language.text import Text
from appliance.maintain.trials import NotTried, Trial, Way
from appliance.panel.words import LINKS, PHASES
from appliance.room.parts.call import Conversation
from appliance.room.parts.link import Link, LinkPhase
from appliance.room.parts.person import Person
from appliance.room.show.devices import device
from appliance.room.state import Phase, RoomState
from appliance.run.parts import Parts
from appliance.run.trying.shown import SHOWN, shown
from appliance.services.outputs.display import LIT, Tried

NEXT: Final = "next"
SOMEBODY: Final = Conversation(Person("offhook", "offhook"))
"""Who calls on a page that is shown for a trial: nobody whom anybody could mean."""
_UP: Final = Link(LinkPhase.UP)
_PAGES: Final = {
    "idle": (PHASES[Phase.IDLE], RoomState(link=_UP, phase=Phase.IDLE)),
    "ringing": (PHASES[Phase.RINGING], RoomState(link=_UP, phase=Phase.RINGING, conversation=SOMEBODY)),
    "calling": (PHASES[Phase.CALLING], RoomState(link=_UP, phase=Phase.CALLING, conversation=SOMEBODY)),
    "in_call": (PHASES[Phase.IN_CALL], RoomState(link=_UP, phase=Phase.IN_CALL, conversation=SOMEBODY)),
    "no_link": (LINKS[LinkPhase.DOWN], RoomState(link=Link(LinkPhase.DOWN))),
}


def display(parts: Parts) -> Iterator[tuple[str, Trial]]:
    """Yields that of `[display]`, where it is. The next page is the one after that which was tried last."""
    if parts.config.display is None:
        return
    every = {
        NEXT: Text("maintain.display_next"),
        LIT: Text("maintain.display_lit"),
        **{key: called for key, (called, _) in _PAGES.items()},
    }
    ways = tuple(Way(key, called, _shows(called)) for key, called in every.items())

    async def run(way: str, confirm: Callable[[], None]) -> None:
        if (glass := parts.displays.get("display")) is None:
            raise NotTried(Text("maintain.not_there"))
        key = _after(parts.page_tried) if way == NEXT else way
        parts.page_tried = key
        await shown(lambda: glass.tried(_what(key)), glass.drawn, confirm)

    yield "display", Trial(called=device("display"), run=run, ways=ways, replaces=True)


def _after(key: str) -> str:
    pages = [*_PAGES, LIT]
    return pages[(pages.index(key) + 1) % len(pages)] if key in pages else pages[0]


def _what(key: str) -> Tried:
    """Returns what is shown: a lit room, as somebody has just touched it."""
    return LIT if key == LIT else msgspec.structs.replace(_PAGES[key][1], active_at=trio.current_time())


def _shows(called: Text) -> Text:
    return Text("maintain.try_shows", what=called, seconds=f"{SHOWN:g}")
