"""What is counted while the room runs: plain numbers, so that a press costs as good as nothing.

Who hears something tells it here, in the event loop. The page reads them when it is scraped, and nothing is reset.
"""

from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from typing import Final

from appliance.fleet.metrics.calls import Calls
from appliance.fleet.metrics.declared import BUCKETS
from appliance.room import inputs
from appliance.room.bindings.bindings import CHORDS, KEYPADS, PANEL
from appliance.room.inputs import Input
from appliance.room.orders.asked import by_press
from appliance.room.parts.link import LinkPhase
from appliance.room.state import RoomState

_CONTROLS: Final[dict[type[Input], str]] = {
    inputs.Turned: "encoder",
    inputs.Scanned: "reader",
    inputs.Misread: "reader",
    inputs.Key: "keypad",
    inputs.Hook: "speakerphone",
    inputs.MuteKey: "speakerphone",
    inputs.HoldKey: "speakerphone",
    inputs.VolumeKey: "speakerphone",
    inputs.RedialKey: "speakerphone",
    inputs.Touched: "page",
    inputs.HomeOther: "page",
    inputs.DriveTo: "joystick",
    inputs.PresetAsked: "joystick",
    inputs.Home: "joystick",
}
_NAMED: Final = ((KEYPADS, "keypad"), (PANEL, "page"))
_PARTS: Final = (
    *(inputs.Held, inputs.Released, inputs.Doubled, inputs.Tapped, inputs.KeyHeld),
    *(inputs.GestureDue, inputs.NextStep),
)


def control(given: Input) -> str:
    """Returns the kind of control that a press was given at; empty for what is no press, or part of another."""
    if isinstance(given, inputs.Pressed):
        return _of_button(given.button)
    kind = _CONTROLS.get(type(given))
    if kind is not None:
        return kind
    return "other" if by_press(given) and not isinstance(given, _PARTS) else ""


@lru_cache(maxsize=256)  # buttons have names in the configuration; finding out takes longer than all else
def _of_button(name: str) -> str:
    if name.startswith(CHORDS):
        return ""
    return next((kind for prefix, kind in _NAMED if name.startswith(prefix)), "button")


class Histogram:
    """How many values were at most as large as each of `bounds`, and their sum; the last is for all others."""

    def __init__(self, bounds: tuple[float, ...] = BUCKETS) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.sum = 0.0

    def observe(self, value: float) -> None:
        """Adds a value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.sum += value

    def buckets(self) -> tuple[tuple[str, float], ...]:
        """Returns each bound as text, `+Inf` the last, with how many values were not above it."""
        total, found = 0, list[tuple[str, float]]()
        for bound, count in zip((*map(str, self.bounds), "+Inf"), self.counts, strict=True):
            total += count
            found.append((bound, float(total)))
        return tuple(found)


class Counts:
    """Everything that is counted for one room. The services call its methods; each returns at once."""

    def __init__(self) -> None:
        self.presses: Counter[str] = Counter()
        self.wire = Histogram()
        self.failed: Counter[str] = Counter()
        self.overflows: Counter[str] = Counter()
        self.calls = Calls()
        self.connects = 0
        self.losses: Counter[str] = Counter()
        self._link = LinkPhase.STARTING
        self.link_since: float | None = None  # monotonic seconds; None: since the start

    def heard(self, given: Input) -> None:
        """Takes an input."""
        if kind := control(given):
            self.presses[kind] += 1

    def sent(self, seconds: float) -> None:
        """Takes how long the first command of a press took to the kernel."""
        self.wire.observe(seconds)

    def lost(self, queue: str) -> None:
        """Notes that a queue was full."""
        self.overflows[queue] += 1

    def came_to_nothing(self, reason: str) -> None:
        """Notes that a command failed."""
        self.failed[reason] += 1

    def changed(self, before: RoomState, state: RoomState) -> None:
        """Takes a change of the room."""
        if before.phase is not state.phase or before.link is not state.link:
            self.calls.changed(before, state)

    def link_is(self, phase: LinkPhase, cause: str, now: float) -> None:
        """Takes how the link is now, and why; `now` in monotonic seconds."""
        if phase is LinkPhase.UP:
            self.connects += 1
        elif self._link is LinkPhase.UP:
            self.losses[cause] += 1
        if phase is not self._link:
            self._link, self.link_since = phase, now
