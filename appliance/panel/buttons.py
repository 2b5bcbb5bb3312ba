"""The buttons that the configuration puts on the panel, as they are to be seen now."""

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

import msgspec

from appliance.panel.config import Colour, Icon, Place, ShownButton
from appliance.room.show.indicators import Indicator, Pattern, pattern
from appliance.room.situation import situations
from appliance.room.state import RoomState

Lit = Literal["none", "on", "off", "blink", "unknown", "offline"]
"""Whether a button is lit. `none`: nothing says so; `offline`: what it switches is out of reach."""

_LIT: Mapping[Pattern, Lit] = {
    Pattern.OFF: "off",
    Pattern.ON: "on",
    Pattern.BLINK: "blink",
    Pattern.BLINK_FAST: "blink",
    Pattern.UNKNOWN: "unknown",
}
_OUTPUT: Mapping[bool | None, Lit] = {True: "on", False: "off", None: "unknown"}


class PanelButton(msgspec.Struct, frozen=True):
    """A button; `name` is what a page calls it that presses it. `held`: it also does something when it is kept down."""

    name: str
    label: str
    icon: Icon | None
    colour: Colour
    place: Place
    held: bool
    lit: Lit


class Buttons:
    """Says which buttons are there, each page's in their order, and what of them is lit: as it was confirmed."""

    def __init__(self, buttons: Mapping[str, ShownButton], held: Collection[str] = ()) -> None:
        """`buttons` by name; each has its label. `held`: which of them do something when they are kept down."""
        self._buttons = sorted(buttons.items(), key=lambda named: named[1].order)
        self._held = frozenset(held)

    def __call__(self, state: RoomState) -> tuple[PanelButton, ...]:
        """Returns those that this state has."""
        return tuple(self._now(name, button, state) for name, button in self._there(state))

    def there(self, state: RoomState) -> frozenset[str]:
        """Returns the names of those that this state has."""
        return frozenset(name for name, _ in self._there(state))

    def _there(self, state: RoomState) -> Iterator[tuple[str, ShownButton]]:
        so = set(situations(state))
        return ((name, button) for name, button in self._buttons if not button.only or so.intersection(button.only))

    def _now(self, name: str, button: ShownButton, state: RoomState) -> PanelButton:
        return PanelButton(
            name,
            button.label,
            button.icon,
            button.colour,
            button.place,
            name in self._held,
            lit(button.lit, state),
        )


def lit(by: str | None, state: RoomState) -> Lit:
    """Returns whether an indicator, or an output such as "relay lights", is on."""
    if by is None:
        return "none"
    if by in _INDICATORS:
        return _LIT[pattern(Indicator(by), state, 0.0).what]  # none of them depends on the time
    return _OUTPUT[state.outputs[by]] if by in state.outputs else "offline"


_INDICATORS = frozenset(Indicator)
