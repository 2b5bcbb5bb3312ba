"""What `[kiosk]` in the configuration says."""

from typing import Annotated, Literal

import msgspec


class KioskConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[kiosk]`: the screen on the box itself, which the package `offhook-kiosk` drives.

    `page`: the panel of the room, or the display at its door. `rotate`: degrees by which the picture is turned.
    `inches`: the screen's diagonal, which letters that are read from afar are measured by.
    """

    page: Literal["panel", "door"] = "panel"
    rotate: Literal[0, 90, 180, 270] = 0
    inches: Annotated[float, msgspec.Meta(ge=3, le=120)] | None = None

    @property
    def path(self) -> str:
        """What the browser asks the box for."""
        path = "/panel" if self.page == "panel" else "/panel/door"
        return path if self.inches is None else f"{path}?inches={self.inches:g}"
