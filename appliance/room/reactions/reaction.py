"""What a reaction is, and how one is written.

A reaction lets the room do something that nobody asked for at that moment: because something changed (a call was
established: mute the microphone) or because time has passed (it has rung for ten seconds: answer). It is a function

    def reaction(before: RoomState, state: RoomState, now: float) -> Outcome

One service (`services/reactions.py`) calls every reaction of its table whenever the room changes: `before` is the room
as the reaction saw it last (at its first look, a `RoomState()` of which nothing is known), `state` as it is, `now` the
monotonic time in seconds. Changes in quick succession may be seen as one. A reaction does nothing itself; its
`Outcome` says what follows:

- `inputs` go the way of a button's: bindings, intents, commands. `Automatic(action)` stands for any action.
- `events` change what the room itself remembers or shows, such as a notice.
- `reads` are asked of the terminal, and their replies are folded into the room. They must not set anything. `repeats`
  are reads of what was asked for before: while that answer may still come, they are left out.
- `look_at` is the monotonic time at which to look again if nothing has changed until then. Nothing polls: without it,
  the next change is the next look.
- `then` is the reaction to use from now on, in place of this one. What a reaction has to remember (since when
  something is so, for whom it has acted) it binds to that with `functools.partial`: no other part of the room knows
  its memory, a new reaction needs no field of the state, and a test can hand it any memory.

Time is compared, not counted: a reaction asks whether `now` has reached a moment, since a look may come late. `now`
says nothing about the time of day, which may be unknown and may be set while the appliance runs. A reaction that needs
it has a clock bound to it in the table, a function that returns the time of day or None, and looks again often enough
to notice that the clock was set.

After a reconnect nothing is sent. A reaction that sends something compares `state.link` with `before.link`: they are
the same object exactly while one session lasts.

A new one is a function here, a line in the table (`run/reactions.py`), and its test.
"""

import math
from collections.abc import Callable
from typing import Optional

import msgspec

from appliance.room.inputs import Input
from appliance.room.local_events.base import LocalEvent
from appliance.room.parts.link import LinkPhase
from appliance.room.state import RoomState
from appliance.terminal.messages.base import Command


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What follows; by default nothing, until something changes."""

    inputs: tuple[Input, ...] = ()
    events: tuple[LocalEvent, ...] = ()
    reads: tuple[Command, ...] = ()
    repeats: tuple[Command, ...] = ()
    look_at: float = math.inf
    then: Optional["Reaction"] = None  # None: the same reaction again


Reaction = Callable[[RoomState, RoomState, float], Outcome]


def same_session(before: RoomState, state: RoomState) -> bool:
    """Returns whether the link is up and was never lost between the two."""
    return state.link.phase is LinkPhase.UP and state.link is before.link
