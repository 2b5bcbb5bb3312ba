"""What the link reports, in order: how it is, the whole picture when it comes up, and then what the terminal tells."""

import msgspec

from appliance.terminal.messages import AnyEvent, Snapshot
from appliance.terminal.messages.enums import EvictionCause


class LinkDown(msgspec.Struct, frozen=True):
    """Nothing answers, or the connection was lost; the link tries again by itself."""

    reason: str


class LinkRefused(msgspec.Struct, frozen=True):
    """The terminal answers and does not let us in; the link tries again slowly."""

    reason: str


class LinkEvicted(msgspec.Struct, frozen=True):
    """The terminal took our authorisation back; `waits_for_press` when only `Link.reclaim()` ends it."""

    cause: EvictionCause
    reason: str
    waits_for_press: bool


class LinkUp(msgspec.Struct, frozen=True):
    """Authorised, and the whole picture was read; events follow."""

    snapshot: Snapshot


Report = LinkDown | LinkRefused | LinkEvicted | LinkUp | AnyEvent
