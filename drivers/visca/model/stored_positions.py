"""The presets of a camera, by their VISCA numbers."""

from collections.abc import Callable, Mapping
from typing import Annotated

import msgspec

from drivers.visca.model.profile import Position

HIGHEST = 254
"""PTZOptics counts up to FE, which is the highest byte that a frame can hold."""

Number = Annotated[int, msgspec.Meta(ge=0, le=HIGHEST)]
Places = Mapping[Number, Position]


class Presets:
    """Presets 0 to HIGHEST.

    `changed` is called with all positions after each change; the mapping is replaced, never altered. `asked` is called
    with the number that a controller stores or resets, and whether a position is stored under it now.
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
        """Stores a position; returns False for a number out of range."""
        return self._replace(number, {**self.places, number: position})

    def forget(self, number: int) -> bool:
        """Deletes a position; returns False for a number out of range."""
        return self._replace(number, {kept: place for kept, place in self.places.items() if kept != number})

    def recall(self, number: int) -> Position | None:
        """Returns the position of a preset and remembers it as the last used; None where there is none."""
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
