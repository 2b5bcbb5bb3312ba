"""What the link reports, in order: how it is, the whole picture when it comes up, and then what the terminal tells."""

from enum import StrEnum

import msgspec

from appliance.terminal.loss import Loss
from appliance.terminal.messages import AnyEvent, Snapshot
from appliance.terminal.messages.enums import EvictionCause


class LinkDown(msgspec.Struct, frozen=True):
    """Nothing answers, or the connection was lost; the link tries again by itself."""

    loss: Loss
    reason: str  # the same in the words of the log


class Refusal(StrEnum):
    """What the terminal does not accept."""

    UNPROTECTED = "unprotected"  # to work without credentials
    PIN = "PIN"
    PASSWORD = "password"  # noqa: S105  # a kind, no secret
    TOKEN = "token"  # noqa: S105  # a kind, no secret
    NOT_LICENSED = "not_licensed"  # the licence does not include the account


class LinkRefused(msgspec.Struct, frozen=True):
    """The terminal answers and does not let us in; the link tries again slowly."""

    refusal: Refusal


class LinkEvicted(msgspec.Struct, frozen=True):
    """The terminal took our authorisation back; `waits_for_press` when only `Link.reclaim()` ends it."""

    cause: EvictionCause
    waits_for_press: bool


class LinkUp(msgspec.Struct, frozen=True):
    """Authorised, and the whole picture was read; events follow."""

    snapshot: Snapshot


Report = LinkDown | LinkRefused | LinkEvicted | LinkUp | AnyEvent
