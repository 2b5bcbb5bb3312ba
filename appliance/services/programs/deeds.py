"""What a program did to the room, in words for the display: nobody in the room pressed anything."""

from collections.abc import Mapping
from typing import Final

from appliance.language.text import Text
from appliance.room.parts.awaited import ProgramDeed
from appliance.room.state import GOING_ON, Phase
from appliance.share.deeds import Deed

CONFIRMED: Final = 5.0
"""Seconds in which a terminal confirms what it has accepted, as long as it has for a reply by default."""

_MUTES: Final[Mapping[str, tuple[str, str, str]]] = {  # what it changes, and with `mute`: true, false
    "setmicmute": ("mic_muted", "notice.muted_by", "notice.unmuted_by"),
    "setaudiomute": ("audio_muted", "notice.audio_muted_by", "notice.audio_unmuted_by"),
    "setvideomute": ("video_muted", "notice.video_muted_by", "notice.video_unmuted_by"),
}
_CALLING: Final = GOING_ON | {Phase.CALLING, Phase.WAITING}
_OTHERS: Final[Mapping[str, tuple[str, frozenset[Phase]]]] = {  # words, and what the room does then
    # that a call was declined, the room says by itself, with the caller's name
    "call": ("notice.called_by", _CALLING),
    "accept": ("notice.accepted_by", GOING_ON),
    "hangup": ("notice.hung_up_by", frozenset(Phase) - _CALLING),
    "createconference": ("notice.conference_by", GOING_ON),
}


def words(deed: Deed, now: float) -> ProgramDeed | None:
    """Returns what the room should say of a deed once it is confirmed; None where it does not see what that changes."""
    method, until = deed.method.lower(), now + CONFIRMED
    if method in _MUTES and deed.mute is not None:
        field, on, off = _MUTES[method]
        return ProgramDeed(Text(on if deed.mute else off, who=deed.who), until, field, frozenset({deed.mute}))
    if method in _OTHERS:
        said, phases = _OTHERS[method]
        return ProgramDeed(Text(said, who=deed.who), until, "phase", phases)
    return None
