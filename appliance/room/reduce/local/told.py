"""What people are told for a while: notices, an address, a code for pairing, a new password, the deeds of programs."""

from appliance.room.change import changed
from appliance.room.local_events.awaited import DeedsOver, ProgramDid
from appliance.room.local_events.shown import (
    AddressShown,
    NoticeExpired,
    NoticeShown,
    PairingBegun,
    PairingOver,
    PasswordMade,
    PasswordShown,
    PromptShown,
)
from appliance.room.parts.shown import NewPassword, Notice, PairingCode
from appliance.room.state import RoomState

MOST_DEEDS = 8
"""Deeds of programs that wait to be confirmed: a sentence a second is more than anybody reads."""


def prompt_shown(state: RoomState, _event: PromptShown, _now: float) -> RoomState:
    """What a prompt asks is seen, and nothing before it."""
    return changed(state, notice=None, asked=None, volume_shown_until=0.0)


def program_did(state: RoomState, event: ProgramDid, _now: float) -> RoomState:
    """A program did something; of more than are read, the newest stay."""
    return changed(state, deeds=(*state.deeds, event.deed)[-MOST_DEEDS:])


def deeds_over(state: RoomState, event: DeedsOver, _now: float) -> RoomState:
    """Deeds of programs are no longer told."""
    return changed(state, deeds=tuple(deed for deed in state.deeds if deed not in event.deeds))


def pairing_begun(state: RoomState, event: PairingBegun, _now: float) -> RoomState:
    """A code for pairing a phone is shown."""
    return changed(state, pairing=PairingCode(event.code, event.until, event.where, event.matrix))


def password_made(state: RoomState, event: PasswordMade, _now: float) -> RoomState:
    """A password was made, which is shown once."""
    return changed(state, new_password=NewPassword(event.password, event.until))


def password_shown(state: RoomState, _event: PasswordShown, _now: float) -> RoomState:
    """It is shown no longer."""
    return changed(state, new_password=None)


def pairing_over(state: RoomState, _event: PairingOver, _now: float) -> RoomState:
    """The code is shown no longer."""
    return changed(state, pairing=None)


def notice_shown(state: RoomState, event: NoticeShown, _now: float) -> RoomState:
    """A notice, in the place of one before it."""
    return changed(state, notice=Notice(event.text, event.until))


def notice_expired(state: RoomState, _event: NoticeExpired, now: float) -> RoomState:
    """A notice goes when its time is over; another may have come since."""
    return changed(state, notice=None) if state.notice and state.notice.until <= now else state


def address_shown(state: RoomState, event: AddressShown, _now: float) -> RoomState:
    """The address of the box is shown for a while."""
    return changed(state, address_until=event.until)
