"""How the display spares its glass: dim when nobody looks, then off, and never quite still. Pure functions of time."""

from typing import Annotated

import msgspec

from appliance.display.beat import beat
from appliance.display.pages.choice import Page, page_for
from appliance.room.state import Phase, RoomState

Seconds = Annotated[float, msgspec.Meta(ge=0, le=86_400)]
Contrast = Annotated[int, msgspec.Meta(ge=0, le=255)]


class DisplayPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long the display stays bright and on without an input or event; 0 seconds: never dims, goes off, shifts."""

    dim_after: Seconds = 30
    off_after: Seconds = 600
    shift_every: Seconds = 300  # a step of one pixel: it redraws everything, and each minute was most of an idle one
    contrast: Contrast = 207
    dimmed: Contrast = 16


class Glass(msgspec.Struct, frozen=True):
    """What to do with the display now: `contrast` 0 to 255, `hidden` really off, `shift` in pixels (x, y, -2 to 2).

    `changes_in`: seconds after which to ask again if nothing happens (None: never).
    """

    contrast: int
    hidden: bool
    shift: tuple[int, int]
    changes_in: float | None


NIGHT_OFF = 30.0
"""Seconds without an input or event after which an idle display is dark at night, as long as it stays bright by day."""

_BRIGHT = frozenset({Page.RINGING, Page.NOTICE, Page.PAIRING, Page.REQUEST})  # somebody must see it
_RESTS = frozenset({Page.IDLE, Page.DIALLING})  # the only ones that may go dark: all others say that something is up

# A walk through the 25 places and back, one pixel at a time.
_ROWS = [[(x, y) for x in (range(-2, 3) if y % 2 == 0 else range(2, -3, -1))] for y in range(-2, 3)]
_THERE = [place for row in _ROWS for place in row]
WALK = tuple(_THERE + _THERE[-2:0:-1])
_CENTRE = WALK.index((0, 0))  # where the walk begins


def glass(policy: DisplayPolicy, state: RoomState, now: float, active_at: float) -> Glass:
    """What `policy` asks for at `now`, the last input or event having been at `active_at` (monotonic seconds)."""
    page = page_for(state, now)
    quiet = max(0.0, now - active_at)
    off_after = _off_after(policy, night=state.night) if page in _RESTS and state.phase is Phase.IDLE else 0
    hidden = 0 < off_after <= quiet
    dim = page is Page.HALTED or (page not in _BRIGHT and 0 < policy.dim_after <= quiet)
    shift, moves_in = _shift(policy.shift_every, now)
    waits = [after - quiet for after in (policy.dim_after, off_after) if after > quiet]
    if moves_in is not None and not hidden:
        waits.append(moves_in)
    return Glass(policy.dimmed if dim else policy.contrast, hidden, shift, min(waits, default=None))


def _off_after(policy: DisplayPolicy, *, night: bool) -> float:
    return min(NIGHT_OFF, policy.off_after or NIGHT_OFF) if night else policy.off_after


def wakes(before: RoomState, after: RoomState) -> bool:
    """Whether the change is an event that the display shows (and not, say, the presence of a contact)."""
    return any(getattr(before, name) != getattr(after, name) for name in _SHOWN)


_SHOWN = (
    "link",
    "phase",
    "conversation",
    "call_waiting",
    "camera_wanted",
    "requests",
    "podium",
    "mic_muted",
    "audio_muted",
    "video_muted",
    "number",
    "call_asked",
    "asked",
    "volume_shown_until",
    "password",
    "pairing",
    "new_password",
    "notice",
    "offline",
    "halted",
)


def _shift(every: float, now: float) -> tuple[tuple[int, int], float | None]:
    if not every:
        return (0, 0), None
    steps, left = beat(now, every)
    return WALK[(_CENTRE + steps) % len(WALK)], left
