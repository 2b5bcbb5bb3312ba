"""What a lamp, light or bar shows of the room, in the patterns and colours that the configuration has for it."""

from collections.abc import Mapping

import msgspec

from appliance.room.show.shown import Shown
from appliance.room.show.signals import signal
from appliance.room.state import RoomState
from drivers.outputs.patterns import Pattern

NO_COLOUR = "white"


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """What it shows, and how. `own`: the pattern's name by that of the signal; `colours`: the same for colours.

    `patterns`: all that the room has, by name. `colour`: of signals that have none.
    """

    shows: str
    patterns: Mapping[str, Pattern]
    own: Mapping[str, str] = {}
    colours: Mapping[str, str] = {}
    colour: str = NO_COLOUR

    def look(self, state: RoomState, now: float) -> Shown[tuple[Pattern, str]]:
        """Returns the pattern and the colour at `now` (monotonic seconds)."""
        shown = signal(self.shows, state, now)
        name = self.own.get(shown.what.name, shown.what.pattern)
        colour = self.colours.get(shown.what.name) or shown.what.colour or self.colour
        return Shown((self.patterns[name], colour), shown.until)
