"""What the link reports, in order: its state, the snapshot when it comes up, and then the terminal's events."""

from enum import StrEnum

import msgspec

from appliance.terminal.config import Role
from appliance.terminal.loss import Loss
from appliance.terminal.messages import AnyEvent, Snapshot
from appliance.terminal.messages.enums import EvictionCause


class LinkDown(msgspec.Struct, frozen=True):
    """The terminal does not answer, or the connection was lost; the link retries by itself."""

    loss: Loss
    reason: str  # the same as text for the log


class Refusal(StrEnum):
    """What the terminal does not accept."""

    UNPROTECTED = "unprotected"  # to work without credentials
    PIN = "PIN"
    PASSWORD = "password"  # noqa: S105  # a kind, no secret
    TOKEN = "token"  # noqa: S105  # a kind, no secret
    NOT_LICENSED = "not_licensed"  # the licence does not include the account


class LinkRefused(msgspec.Struct, frozen=True):
    """The terminal answers and refuses the authorisation; the link retries slowly.

    `account`: the one that was tried; None where the terminal was to choose.
    """

    refusal: Refusal
    account: Role | None = None


class LinkEvicted(msgspec.Struct, frozen=True):
    """The terminal revoked our authorisation; `waits_for_press` when only `Link.reclaim()` ends this."""

    cause: EvictionCause
    waits_for_press: bool


class LinkUp(msgspec.Struct, frozen=True):
    """Authorised, and the snapshot was read; events follow.

    `user_pin`: as the user, with a PIN, which the terminal may change after each call.
    """

    snapshot: Snapshot
    user_pin: bool = False


Report = LinkDown | LinkRefused | LinkEvicted | LinkUp | AnyEvent
