"""`[access]`: who may look at the pages, and how long somebody stays logged in."""

from typing import Annotated, Literal

import msgspec


class AccessConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[access]`.

    `view`: "open", anybody who reaches the pages may look at the room; "login", only who is known. `session_idle`:
    minutes after which somebody who does nothing is logged out; `session_longest`: hours after which everybody is.
    """

    view: Literal["open", "login"] = "open"
    session_idle: Annotated[int, msgspec.Meta(ge=1, le=720)] = 30
    session_longest: Annotated[int, msgspec.Meta(ge=1, le=72)] = 12


NO_ACCESS = AccessConfig()
