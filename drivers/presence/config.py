"""What the configuration says about one sensor of presence."""

from typing import Annotated, Literal

import msgspec

from drivers.gpio.config import Pin


class PresenceConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sensor whose output is one level while it sees somebody: a PIR or radar module, or a contact.

    `absent_after`: minutes without anybody seen after which the room counts as empty.
    `active_high`: the level while it sees somebody; None: low where `pull` is "up", else high.
    """

    pin: Pin
    absent_after: Annotated[float, msgspec.Meta(ge=0.5, le=240)] = 10
    pull: Literal["up", "down", "none"] = "down"
    active_high: bool | None = None

    @property
    def seen_level(self) -> bool:
        """The level of the pin while somebody is seen; True is high."""
        return self.pull != "up" if self.active_high is None else self.active_high
