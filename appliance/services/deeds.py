"""What a program did to the room, in words for the display: nobody in the room pressed anything."""

from collections.abc import Mapping
from typing import Final

from appliance.language.text import Text
from appliance.share.deeds import Deed

_MUTES: Final[Mapping[str, tuple[str, str]]] = {  # with `mute`: true, false
    "setmicmute": ("notice.muted_by", "notice.unmuted_by"),
    "setaudiomute": ("notice.audio_muted_by", "notice.audio_unmuted_by"),
    "setvideomute": ("notice.video_muted_by", "notice.video_unmuted_by"),
}
_OTHERS: Final[Mapping[str, str]] = {  # that a call was declined, the room says by itself, with the caller's name
    "call": "notice.called_by",
    "accept": "notice.accepted_by",
    "hangup": "notice.hung_up_by",
    "createconference": "notice.conference_by",
}


def words(deed: Deed) -> Text | None:
    """Returns what the room should know of a deed; None where it does not see what that changes."""
    method = deed.method.lower()
    if method in _MUTES and deed.mute is not None:
        on, off = _MUTES[method]
        return Text(on if deed.mute else off, who=deed.who)
    return Text(_OTHERS[method], who=deed.who) if method in _OTHERS else None
