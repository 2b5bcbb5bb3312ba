"""`[panel]` and its buttons: what a touch on the room's panel does, and what contradicts that."""

import difflib
from collections.abc import Iterator
from typing import Annotated, Any, Final

import msgspec

from appliance.config.document import Contradiction, tables
from appliance.config.tables.gestures import Confirm, check, hold_times
from appliance.language.text import Text, Unusable
from appliance.panel.config import PanelConfig, ShownButton
from appliance.room import actions
from appliance.room.bindings.bindings import Binding, bind
from appliance.room.bindings.said import Holds, Said, meaning, unmoved
from appliance.room.show.indicators import Indicator
from drivers.errors import about

GESTURES: Final = ("press", "held")
"""The keys under which actions stand."""

MOST: Final = 24
"""Buttons of a panel: more than fit three pages of 10 inches."""


class PanelButton(ShownButton, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[panel.buttons.NAME]`: a button on the panel; what it does as for a button on a pin.

    It moves no camera: the panel's own page does that, and stops when the page is gone.
    """

    press: Said
    held: Holds | None = None
    hold: Annotated[float, msgspec.Meta(ge=0.1, le=30)] | None = None
    confirm: Confirm | None = None

    def __post_init__(self) -> None:
        """Refuses words that are no action, and what can never be."""
        check(self.press, self.held, self.hold, confirm=self.confirm)
        with about("press"):
            unmoved(self.press, "mistake.camera_panel")

    def __repr__(self) -> str:
        return actions.repr_of(self)

    def binding(self) -> Binding:
        """What it does."""
        return bind(self.press, self.held, confirm=self.confirm)

    def hold_times(self) -> tuple[float, ...]:
        """The seconds after which it counts as held."""
        return hold_times(self.held, self.hold, self.confirm)

    def shown(self, name: str) -> ShownButton:
        """What pages need to know of it, all of it said."""
        fields = {field: getattr(self, field) for field in ShownButton.__struct_fields__}
        return ShownButton(**fields | {"label": self.label or name, "lit": self.lit or self._switches()})

    def _switches(self) -> str | None:
        """Returns the one output that a press switches, if it is one."""
        steps = actions.every(meaning(self.press))
        outputs = {step.output for step in steps if isinstance(step, actions.Switch)}
        return outputs.pop() if len(outputs) == 1 else None


class Panel(PanelConfig, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[panel]`: where the pages listen, and `[panel.buttons]`."""

    buttons: dict[str, PanelButton] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuses what nothing could listen on, and more buttons than anybody finds his way among."""
        PanelConfig.__post_init__(self)
        if len(self.buttons) > MOST:
            raise Unusable(Text("mistake.panel_buttons", most=str(MOST)), key="buttons")

    def shown(self) -> dict[str, ShownButton]:
        """What pages need to know of the buttons, by name."""
        return {name: button.shown(name) for name, button in self.buttons.items()}

    def held(self) -> frozenset[str]:
        """Which of the buttons do something when they are kept down."""
        return frozenset(name for name, button in self.buttons.items() if button.hold_times())


def panel_buttons(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields the buttons of the panel by name, whatever is wrong with them."""
    panel = document.get("panel")
    if isinstance(panel, dict):
        yield from tables(panel, "buttons")


def panel_contradictions(document: dict[str, Any]) -> Iterator[Contradiction]:
    """Yields every button that would be lit by what the room does not have."""
    outputs = [f"{kind} {name}" for kind in actions.OUTPUTS for name, _ in tables(document, f"{kind}s")]
    known = [*Indicator, *outputs]
    for name, button in panel_buttons(document):
        lit = button.get("lit", known[0])
        if isinstance(lit, str) and lit not in known:
            yield ("panel", "buttons", name, "lit"), _not_there(lit, known)


def _not_there(name: str, known: list[str]) -> Text:
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return Text("mistake.no_such_output_like", name=name, close=close[0])
    return Text("mistake.no_such_output", name=name, known=", ".join(known))
