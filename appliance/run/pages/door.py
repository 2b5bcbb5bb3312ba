"""The display at the door of a room that is built."""

from functools import partial
from typing import Final

import trio

from appliance.language.catalogue import Language
from appliance.panel.access import Access
from appliance.panel.door.config import NO_DOOR
from appliance.panel.door.deeds import DoorTouch
from appliance.panel.live.connection import Live
from appliance.panel.live.feed import Feed
from appliance.panel.live.heard import Asking
from appliance.panel.live.touched import note_touch
from appliance.panel.view import Viewed
from appliance.room.meetings.door import Deed
from appliance.room.state import RoomState
from appliance.run.parts import Parts
from appliance.runtime.web.assets import mark_of

DOOR_LIVE: Final = "/panel/door/live"
"""The path of the WebSocket of displays at the door."""


def allowed(parts: Parts) -> tuple[Deed, ...]:
    """Returns what the configuration allows people to decide about the room's bookings."""
    panel = parts.config.panel
    return (NO_DOOR if panel is None else panel.door).allow


def door_touch(parts: Parts) -> DoorTouch:
    """Returns what takes their decisions."""
    return DoorTouch(allowed(parts), lambda: parts.store.state, parts.store.apply, parts.clock, trio.current_time)


def door_live(parts: Parts, access: Access, language: Language) -> Live[RoomState]:
    """Returns what talks with them in a language.

    Who may touch one sees no more there than all others, and asks for nothing else.
    """
    panel, mark, allow = parts.config.panel, mark_of("appliance.panel"), allowed(parts)
    titles = panel is None or panel.titles
    shown = Feed(Viewed(parts.config.room.name, language, titles=titles, allow=allow))
    return Live(
        parts.store.followed,
        shown,
        parts.clock,
        lambda: f"{mark}-{language.code}",
        language,
        touched=shown,
        hears={"do": Asking(door_touch(parts))},
        access=access,
        did=partial(note_touch, parts.audit),
    )
