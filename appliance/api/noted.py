"""The deeds that the audit has, as programs are told them."""

from typing import Final

import msgspec

MOST: Final = 500  # as many as the box has at hand
COUNT: Final = 100


class Deed(msgspec.Struct, frozen=True):
    """Something that was done.

    at: When it was done first, in seconds since 1970; null where the box did not know the time of day.
    who: The name of who did it.
    by: How whoever did it is known: `token`, `session`, `panel`, `box`, `program`, `mqtt`.
    what: An action, a command of the terminal, or a word of the box's own.
    about: What it was done to.
    times: How often within a minute.
    """

    at: float | None
    who: str
    by: str
    what: str
    about: str
    times: int


class Deeds(msgspec.Struct, frozen=True):
    """The last deeds, the newest first."""

    deeds: tuple[Deed, ...]
