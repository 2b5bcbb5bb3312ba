"""The room's own place in a role-based conference."""

from enum import StrEnum

import msgspec


class PodiumStep(StrEnum):
    """What the room may ask of the terminal about the podium."""

    ASK = "ask"
    LEAVE = "leave"
    REMARK = "remark"


class Podium(msgspec.Struct, frozen=True):
    """The room's own place in a role-based conference. Times are monotonic seconds.

    `speaks`: whether everybody sees and hears it, from the podium or by a remark; None: not known. `asked`: it has
    asked for the podium, and the owner has not answered. `remark_until`: when its remark ends. `pending` (local): what
    was asked of the terminal, which may say something of it until `pending_until`.
    """

    speaks: bool | None = None
    asked: bool = False
    remark_until: float | None = None
    pending: PodiumStep | None = None
    pending_until: float | None = None
