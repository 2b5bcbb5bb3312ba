"""The password that a conference wants: its entry opens with the refusal, and lasts until something else happens.

It belongs to an idle room. Whatever leads out of that phase closes it (`conversation.advance`), and with the link goes
all that the room knows (`snapshot.unknown`).
"""

import msgspec

from appliance.room.change import changed
from appliance.room.local_events.call import PasswordClosed, PasswordEdited
from appliance.room.parts.call import PasswordEntry
from appliance.room.parts.person import Person
from appliance.room.people.who import same_peer
from appliance.room.state import Phase, RoomState
from appliance.terminal.messages.enums import RejectCause

PATIENCE = 60.0  # seconds without a key: nobody should find a half-typed password on the wall
READABLE = 1.0  # seconds for which the last character can be read, as telephones do it

CAUSES = frozenset({RejectCause.PASSWORD_NEEDED, RejectCause.WRONG_PASSWORD})
"""The causes of a refusal that a password answers."""


def wanted(state: RoomState, whom: Person, cause: RejectCause, now: float) -> RoomState:
    """Opens the entry; the same refusal once more leaves what was typed. No notice may cover it."""
    wrong = cause is RejectCause.WRONG_PASSWORD
    entry = state.password
    if entry is None or not same_peer(entry.whom.peer_id, whom.peer_id):
        entry = PasswordEntry(whom, until=now + PATIENCE)
    return changed(state, password=msgspec.structs.replace(entry, wrong=entry.wrong or wrong), notice=None)


def edited(state: RoomState, event: PasswordEdited, now: float) -> RoomState:
    """Takes what was typed, and shows it instead of any notice."""
    if state.password is None:
        return state
    readable_until = now + READABLE if event.readable else 0.0
    entry = msgspec.structs.replace(
        state.password, entered=event.entered, until=now + PATIENCE, readable_until=readable_until
    )
    return changed(state, password=entry, notice=None)


def closed(state: RoomState, _event: PasswordClosed, _now: float) -> RoomState:
    """Drops the entry with what was typed."""
    return changed(state, password=None)


def kept(state: RoomState, phase: Phase) -> PasswordEntry | None:
    """Returns the entry that is left once the room is in this phase."""
    return state.password if phase is Phase.IDLE else None
