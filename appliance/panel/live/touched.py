"""What people did on screens elsewhere, for the audit: with which of them, and what.

A screen that was paired has the name that the gate gives it, which is made of the digest of its secret; whoever is
logged in touches under their own name. The screen on the box itself is left out: what is done there is done in the
room, as with its buttons.
"""

from typing import Final

from appliance.access.notes import Notes
from appliance.access.roles import Caller
from appliance.room.actions.readable import readable

TYPED: Final = frozenset({"dial", "backspace", "clear"})
"""First words of what is typed: which keys these were may be a PIN or a password."""


def note_touch(notes: Notes, caller: Caller, words: str) -> None:
    """Notes what somebody did, in the words of actions; without what nobody may read there."""
    if caller.by != "box":
        verb = words.split(" ", 1)[0]
        notes.note(caller.name, verb if verb in TYPED else str(readable(words)), by=caller.by)
