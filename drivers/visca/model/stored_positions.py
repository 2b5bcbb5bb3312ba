"""Stored positions of a camera, by their numbers in VISCA."""

from collections.abc import Callable, Mapping
from typing import Annotated

import msgspec

from drivers.visca.model.profile import Position

HIGHEST = 15

Number = Annotated[int, msgspec.Meta(ge=0, le=HIGHEST)]
Places = Mapping[Number, Position]


class Presets:
    """Positions 0 to 15. `changed` is told the places after each change, which is never in place.

    `asked` is told the number that a controller stores or forgets, and whether there is a place under it now.
    """

    def __init__(
        self,
        changed: Callable[[Places], None] = lambda _places: None,
        asked: Callable[[int, bool], None] = lambda _number, _there: None,
    ) -> None:
        self.places: Places = {}
        self.last: int | None = None
        self._changed = changed
        self._asked = asked

    def store(self, number: int, position: Position) -> bool:
        """Keep a position; False for a number that there is not."""
        return self._replace(number, {**self.places, number: position})

    def forget(self, number: int) -> bool:
        """Keep it no longer; False for a number that there is not."""
        return self._replace(number, {kept: place for kept, place in self.places.items() if kept != number})

    def recall(self, number: int) -> Position | None:
        """The position under a number, which is the last one used from now on; None: there is none."""
        if number in self.places:
            self.last = number
        return self.places.get(number)

    def _replace(self, number: int, places: Places) -> bool:
        if not 0 <= number <= HIGHEST:
            return False
        self.last = number
        if places != self.places:
            self.places = places
            self._changed(places)
        self._asked(number, number in places)
        return True
