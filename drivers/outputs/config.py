"""What the configuration says about one relay and one coloured light."""

from typing import Literal

import msgspec

from drivers.gpio.config import Pin


class RelayConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A relay switched by one pin; `active_high` says which level switches it on.

    `safe`: what it is whenever nobody controls it: at the start, at the end, and after a failure.
    """

    pin: Pin
    active_high: bool = True
    safe: Literal["off", "on"] = "off"

    @property
    def safe_on(self) -> bool:
        """Whether it is safe while it is on."""
        return self.safe == "on"

    @property
    def safe_level(self) -> bool:
        """The level of the pin while the relay is safe; True is high."""
        return self.safe_on is self.active_high


class LightConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A light of three colours, each switched by a pin; `active_high` says which level lights them."""

    red: Pin
    green: Pin
    blue: Pin
    active_high: bool = True

    @property
    def pins(self) -> tuple[Pin, Pin, Pin]:
        """The pins of red, green and blue."""
        return self.red, self.green, self.blue
