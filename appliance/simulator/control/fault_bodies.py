"""Faults as the control interface and scenarios name them, and how they are set off."""

from typing import Annotated, Literal

import msgspec

from appliance.simulator.process.simulator import Simulator

Seconds = Annotated[float, msgspec.Meta(ge=0, le=86400)]
AccountName = Literal["admin", "user"]


class Eviction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is evicted, and the cause that `authorizationNeeded` gives."""

    account: AccountName
    cause: Annotated[int, msgspec.Meta(ge=1, le=255)]


class Slowness(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many bytes a second each client receives, and for how long."""

    bytes_per_second: Annotated[int, msgspec.Meta(ge=1)]
    seconds: Seconds


class FaultsBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What goes wrong: every fault that is set, in this order. Times in seconds."""

    stall: Seconds | None = None
    mute_replies: Seconds | None = None
    lose_reply: str | None = None
    double_replies: Seconds | None = None
    reorder_replies: Seconds | None = None
    fragment: Seconds | None = None
    slow: Slowness | None = None
    wrong_ports: Seconds | None = None
    half_open: bool = False
    garbage: bool = False
    huge: bool = False
    takeover: AccountName | None = None
    evict: Eviction | None = None
    drop: bool = False
    restart: bool = False


LASTING = ("mute_replies", "double_replies", "reorder_replies", "fragment", "wrong_ports")


def apply_faults(simulator: Simulator, body: FaultsBody) -> None:
    """Sets off every fault that the body names."""
    if body.stall is not None:
        simulator.stall(body.stall)
    for name in LASTING:
        seconds = getattr(body, name)
        if seconds is not None:
            getattr(simulator.faults, name)(seconds)
    if body.lose_reply is not None:
        simulator.faults.lose_reply(body.lose_reply)
    if body.slow is not None:
        simulator.faults.slow(body.slow.bytes_per_second, body.slow.seconds)
    if body.half_open:
        simulator.faults.half_open()
    _at_once(simulator, body)


def _at_once(simulator: Simulator, body: FaultsBody) -> None:
    for name in ("garbage", "huge"):
        if getattr(body, name):
            getattr(simulator, name)()
    if body.takeover is not None:
        simulator.take_over(body.takeover)
    if body.evict is not None:
        simulator.evict(body.evict.account, body.evict.cause)
    for name in ("drop", "restart"):
        if getattr(body, name):
            getattr(simulator, name)()
