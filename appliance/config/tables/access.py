"""`[access]`: who may look at the pages, and how long somebody stays logged in."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec

from appliance.config.document import Contradiction
from appliance.config.tables.speed_dial import bound_texts
from appliance.language.text import Text
from appliance.panel.config import is_here


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
    """Yields actions that show a password or a code which nobody could read, or use anywhere."""
    missing = next((table for table in ("display", "panel") if table not in document), None)
    if missing is not None:
        shown = Text("mistake.no_password_shown", table=missing)
        yield from ((key, shown) for key in _bound(document, "show_password"))
    if (wrong := _unpaired(document)) is not None:
        yield from ((key, wrong) for key in _bound(document, "pair"))


def _bound(document: dict[str, Any], action: str) -> Iterator[tuple[str, ...]]:
    return (key for key, words in bound_texts(document) if words.split() == [action])


def _unpaired(document: dict[str, Any]) -> Text | None:
    """Returns why no phone could be paired; None where one can."""
    panel = document.get("panel")
    listen = panel.get("listen") if isinstance(panel, dict) else None
    if not isinstance(panel, dict) or "certificate" not in panel or _is_here(listen):
        return Text("mistake.pair_https")
    return None if "display" in document or _on_a_panel(document.get("kiosk")) else Text("mistake.pair_shown")


def _on_a_panel(kiosk: object) -> bool:
    """Whether the screen on the box shows the panel, and not the display at the door."""
    return isinstance(kiosk, dict) and kiosk.get("page", "panel") == "panel"


def _is_here(listen: object) -> bool:
    try:
        return isinstance(listen, str) and is_here(listen)
    except ValueError:  # nothing could listen there, which is a mistake of its own
        return False
