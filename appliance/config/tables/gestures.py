"""What `[buttons]`, keys of keypads and `[chords]` say of presses, holds and releases: one check for all three."""

from collections.abc import Mapping

from appliance.language.text import Text, Unusable
from appliance.room import actions
from appliance.room.actions import Action
from appliance.room.bindings.bindings import Binding, bind
from appliance.room.bindings.said import Holds, How, Said, by_hold_times, holds, meaning
from drivers.errors import about

HOLD_SECONDS = 1.0
"""When a key or a button counts as held, where it has a `held` action and no `hold` of its own."""

Confirm = How | Mapping[str, How]
"""How a press is to be confirmed, also by the state of the room."""


def check(
    press: Said,
    held: Holds | None,
    hold: float | None,
    double: Said | None = None,
    release: Said | None = None,
    confirm: Confirm | None = None,
) -> None:
    """Refuses words that are no action, and gestures of which one can never be made. Raises `Unusable`."""
    _check_hold(held, hold, confirm)
    with about("held"):
        bind("none", held)
    with about("double"):
        bind("none", double=double)
    with about("release"):
        bind("none", release=release)
    with about("press"):
        pressed = meaning(press)
    with about("confirm", "press"):
        bind(press, confirm=confirm)
    _check_together(pressed, bind(press, held, double=double, release=release), confirm)


def hold_times(held: Holds | None, hold: float | None, confirm: Confirm | None = None) -> tuple[float, ...]:
    """Returns the seconds after which it counts as held, in ascending order."""
    if held is not None:
        return tuple(seconds for seconds, _ in holds(held, hold or HOLD_SECONDS))
    return (hold or HOLD_SECONDS,) if _by_hold(confirm) else ()


def _by_hold(confirm: Confirm | None) -> bool:
    """Returns whether keeping the button down confirms what it does."""
    return "hold" in (confirm.values() if isinstance(confirm, Mapping) else (confirm,))


def _check_hold(held: Holds | None, hold: float | None, confirm: Confirm | None) -> None:
    if hold is not None and held is None and not _by_hold(confirm):
        raise Unusable(Text("mistake.hold_without_held"), key="hold", beside="held")
    if hold is not None and by_hold_times(held):
        raise Unusable(Text("mistake.hold_beside_times"), key="hold", beside="held")


def _check_together(pressed: Action, bound: Binding, confirm: object) -> None:
    """Refuses gestures of one button that get in each other's way."""
    if confirm is not None and (bound.holds or bound.double is not None):
        raise Unusable(Text("mistake.confirm_beside"), key="confirm", beside="held" if bound.holds else "double")
    at_once = next((first for first in actions.leading(pressed) if first.at_once), None)
    if bound.double is not None and at_once is not None:
        raise Unusable(Text("mistake.double_at_once", action=actions.words_of(at_once)), key="double", beside="press")
    if bound.release is not None and (bound.waits_for_release or any(f.while_down for f in actions.leading(pressed))):
        raise Unusable(Text("mistake.release_beside"), key="release", beside="press")
