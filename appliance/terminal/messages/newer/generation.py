"""Tells two generations of terminals apart: by what their replies contain, never by a version number.

The vendor numbers the program's engine, not the release, and a terminal between the two generations has some of the
newer fields and not others. So one newer field is enough to know a newer terminal, and a lack of them proves nothing
by itself.
"""

from enum import StrEnum

from appliance.terminal.messages.base import Reply
from appliance.terminal.messages.calls import AppStateReply
from appliance.terminal.messages.devices import PtzReply


class Generation(StrEnum):
    """Which of the two a terminal is of."""

    UNKNOWN = "unknown"  # it has shown nothing newer: treat it as an older one
    NEWER = "newer"


def told(*replies: Reply | None) -> Generation:
    """Returns what the replies to commands that every terminal knows tell together."""
    return Generation.NEWER if any(_shows(reply) for reply in replies) else Generation.UNKNOWN


def _shows(reply: Reply | None) -> bool:
    match reply:
        case AppStateReply():
            return reply.ext_status is not None
        case PtzReply():
            axes = (reply.pan, reply.tilt, reply.zoom)
            return bool(reply.camera_name) or any(axis.is_continuous_type is not None for axis in axes)
        case _:
            return False
