"""Tests of parts, for whoever has just wired them: a lamp blinks, a relay pulses, a button is as if pressed.

Each part that can be tried has one `Trial`, which begins at once and ends by itself. What others in the room would
notice is not done while somebody is in a call, and what acts upon the world is done only for somebody who has read what
it does and said so (`sure`).
"""

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias

import msgspec

from appliance.language.text import NOTHING, Text

Became: TypeAlias = Literal["done", "asks", "refused"]


class Trial(msgspec.Struct, frozen=True):
    """`begin` begins it, must return at once, and says whether the part is there. `does`: what it does, for people.

    `asks`: who wants it has to be sure. `disturbs`: not while somebody is in a call.
    """

    begin: Callable[[], bool]
    does: Text
    asks: bool = False
    disturbs: bool = True


class Outcome(msgspec.Struct, frozen=True):
    """What became of it, and words for whoever asked."""

    became: Became
    text: Text = NOTHING


class Trials:
    """All parts that can be tried, by the names of their services. `quiet`: whether nobody is in a call."""

    def __init__(self, known: Mapping[str, Trial], quiet: Callable[[], bool]) -> None:
        self.known = known
        self._quiet = quiet

    def attempt(self, name: str, *, sure: bool) -> Outcome:
        """Tries a part, or says why not. Raises `KeyError` where there is no such part."""
        trial = self.known[name]
        if trial.disturbs and not self._quiet():
            return Outcome("refused", Text("maintain.in_a_call"))
        if trial.asks and not sure:
            return Outcome("asks", trial.does)
        return Outcome("done", trial.does) if trial.begin() else Outcome("refused", Text("maintain.not_there"))
