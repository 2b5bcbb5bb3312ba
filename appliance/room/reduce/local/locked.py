"""A room whose inputs nobody may use, and the PIN that ends that.

It belongs to the appliance: a lost link leaves it as it is (`snapshot.unknown`), and a restart ends it.
"""

import msgspec

from appliance.room.change import changed, noticed
from appliance.room.local_events.closed import LockChanged, LockPinEdited, LockPinRefused, LockTimeOver
from appliance.room.parts.closed import Locked
from appliance.room.secret import NO_SECRET
from appliance.room.state import RoomState
from appliance.room.texts import LOCK_PAUSED, LOCKED, UNLOCKED, WRONG_LOCK_PIN

PATIENCE = 30.0  # seconds without a digit: whoever comes next begins anew
TRIES = 5  # in a row: a PIN of four digits then takes a day and a half to guess, at ten thousand of them
PAUSE = 60.0  # seconds: short enough for who has mistyped, see above


def lock_changed(state: RoomState, event: LockChanged, now: float) -> RoomState:
    """Locks the room, without what somebody has begun to type in it, or unlocks it; the display says which."""
    if not event.on:
        return noticed(changed(state, locked=None), UNLOCKED, now)
    return noticed(changed(state, locked=Locked(), number="", password=None), LOCKED, now)


def edited(state: RoomState, event: LockPinEdited, now: float) -> RoomState:
    """Takes what was typed, and shows it instead of any notice."""
    if state.locked is None:
        return state
    until = now + PATIENCE if event.entered else None
    entry = msgspec.structs.replace(state.locked, entered=event.entered, until=until)
    return changed(state, locked=entry, notice=None)


def refused(state: RoomState, _event: LockPinRefused, now: float) -> RoomState:
    """Forgets what was typed; after several times in a row nothing more is taken for a while."""
    if state.locked is None:
        return state
    wrong = state.locked.wrong + 1
    if wrong < TRIES:
        return noticed(changed(state, locked=Locked(wrong=wrong)), WRONG_LOCK_PIN, now)
    return noticed(changed(state, locked=Locked(paused=True, until=now + PAUSE)), LOCK_PAUSED, now)


def time_over(state: RoomState, _event: LockTimeOver, now: float) -> RoomState:
    """Forgets what was typed, or ends the pause, if it is time for that."""
    lock = state.locked
    if lock is None or lock.until is None or now < lock.until:
        return state
    entry = msgspec.structs.replace(lock, entered=NO_SECRET, paused=False, until=None)
    return changed(state, locked=entry)
