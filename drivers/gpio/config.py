"""What the configuration says about the GPIO chip, one button, one rotary encoder and one lamp."""

from typing import Annotated, Final, Literal

import msgspec

Pin = Annotated[int, msgspec.Meta(ge=0)] | Annotated[str, msgspec.Meta(min_length=1)]
"""A GPIO of the 40-pin header: 17, "GPIO17", "BOARD11" or "J8:11"; see `header.place_of`."""


ChipName = Annotated[int, msgspec.Meta(ge=0)] | Annotated[str, msgspec.Meta(min_length=1)]
"""15, "/dev/gpiochip15", "pinctrl-rp1" or "raspberrypi,rp1-gpio": see `chips.header_chip`."""


Backend = Literal["kernel", "lgpio"]
"""What talks to the pins: we ourselves, or the library."""


class GpioConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which GPIO chip has the 40-pin header: its label, path or number; None finds it; and what talks to it.

    `backend`: "lgpio" is for machines on which "kernel" fails, and will be removed.
    """

    chip: ChipName | None = None
    backend: Backend = "kernel"


GLITCH: Final = 0.002
"""Seconds up to which a closed contact is a spike: relays and static discharges last some microseconds."""


class ButtonConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A push button between a pin and ground (or, pulled down, between a pin and 3.3 V).

    `debounce`: seconds for which a level must be steady before it counts; 0: every edge counts.
    `edge`: "leading": a press counts after 2 ms, only letting go after `debounce`; "trailing": both after `debounce`.
    `hold`: seconds after the press at which the button counts as held; None: never.
    `active_high`: the level of a pressed button; None: high where `pull` is "down", else low.
    """

    pin: Pin
    pull: Literal["up", "down", "none"] = "up"
    debounce: Annotated[float, msgspec.Meta(ge=0, le=0.5)] = 0.02
    edge: Literal["leading", "trailing"] = "leading"
    hold: Annotated[float, msgspec.Meta(ge=0.1, le=30)] | None = None
    active_high: bool | None = None

    @property
    def press_after(self) -> float:
        """Seconds for which a press must last before it counts."""
        return min(GLITCH, self.debounce) if self.edge == "leading" else self.debounce

    @property
    def pressed_level(self) -> bool:
        """The level of the pin while the button is down; True is high."""
        return self.pull == "down" if self.active_high is None else self.active_high


class EncoderConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rotary encoder: two contacts to ground; the Pi's own pull-ups do the rest. Clockwise, `a` closes first.

    `detents_per_cycle`: a cycle is A closes, B closes, A opens, B opens; detents divided by pulses in data sheets.
    """

    a: Pin
    b: Pin
    detents_per_cycle: Literal[1, 2, 4] = 1


class LampConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A lamp switched by one pin; `active_high` says which level lights it."""

    pin: Pin
    active_high: bool = True
