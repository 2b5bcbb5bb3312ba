"""The verb for a factory reset: a wish, which is carried out at the next start as any other (`card.reset`)."""

from typing import Final

from appliance.card.reset import installed, wish
from appliance.card.reset.card import is_card
from appliance.deputy.outcome import Outcome
from appliance.deputy.place import Place
from appliance.deputy.requests import Done
from appliance.runtime import atomic

ASKED: Final = "reset.asked"
"""In the deputy's folder: the card's partition is written by one unit alone (`settling`)."""


def reset(place: Place) -> Outcome:
    """Wishes for a reset. Raises `OSError`."""
    if is_card(place.root):
        atomic.write(place.own_folder() / ASKED, b"", 0o600)
        return Outcome(Done(), then=place.machine.settle)
    installed.begin(place.root)
    return Outcome(Done(), then=place.machine.begin_anew)


def take_wish(place: Place) -> bool:
    """Puts the wish on the card; returns whether there was one. Raises `OSError`."""
    asked = place.state / ASKED
    if place.boot is None or not asked.exists():
        return False
    wish.ask(place.boot)
    return atomic.remove(asked)
