"""`[access]`: who may look at the pages, and how long somebody stays logged in."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec

from appliance.config.document import Contradiction
from appliance.config.speed_dial import bound_texts
from appliance.language.text import Text


class AccessConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[access]`.

    `view`: "open", anybody who reaches the pages may look at the room; "login", only who is known. `session_idle`:
    minutes after which somebody who does nothing is logged out; `session_longest`: hours after which everybody is.
    """

    view: Literal["open", "login"] = "open"
    session_idle: Annotated[int, msgspec.Meta(ge=1, le=720)] = 30
    session_longest: Annotated[int, msgspec.Meta(ge=1, le=72)] = 12


NO_ACCESS = AccessConfig()


def access_contradictions(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Yields actions that make a password which nobody could read, or type anywhere."""
    missing = next((table for table in ("display", "panel") if table not in document), None)
    if missing is not None:
        shows = (key for key, words in bound_texts(document) if words.split() == ["show_password"])
        yield from ((key, Text("mistake.no_password_shown", table=missing)) for key in shows)
