"""`[far_end]`: the other side's camera, and what becomes of requests to move ours."""

from typing import Annotated, Literal

import msgspec


class FarEnd(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[far_end]`: cameras across the call.

    `number`: the address under which VISCA controllers find the other side's camera; None: nowhere. `requests`: what
    becomes of a request to move our camera; a room that is asked has `patience` seconds, then it is refused.
    """

    number: Annotated[int, msgspec.Meta(ge=2, le=7)] | None = None
    requests: Literal["refuse", "ask", "allow"] = "refuse"
    patience: Annotated[float, msgspec.Meta(ge=5, le=60)] = 20.0
