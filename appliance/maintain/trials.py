"""Tests of parts, for whoever has just wired them: a lamp blinks, a relay pulses, a camera moves and goes back.

What can be tried, and in which ways, is a `Trial`. Its `run` is a task: it begins at once, confirms what the part
itself has confirmed (a driver has written the pin, a camera has told that it looks elsewhere), and ends by itself;
however it ends, it leaves the part as the room has it. Until it confirms anything, it is only asked for, and is called
so.

`trying.Trying` owns these tasks, so that whoever has asked for one may leave. What others in the room would notice
does not begin while somebody is in a call, and ends when a call begins, unless it is a press that may have begun it.
What acts upon the world is done only for somebody who has read what it does and said so (`sure`). Each that begins is
in the audit.
"""

from collections.abc import Awaitable, Callable
from typing import Literal, TypeAlias

import msgspec

from appliance.language.text import NOTHING, Text, Worded

Became: TypeAlias = Literal["confirmed", "asked", "asks", "refused", "failed"]
Run: TypeAlias = Callable[[str, Callable[[], None]], Awaitable[None]]
"""Tries a part in a way; calls its second argument once that is confirmed. Raises `NotTried`."""


class NotTried(Worded):
    """A part could not be tried; says why."""


class Way(msgspec.Struct, frozen=True):
    """A way to try a part. `key`: of programs; `called`: of people.

    `does`: what it does, in a sentence.
    """

    key: str
    called: Text
    does: Text


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """A part that can be tried. `called`: its name; `ways`: one at least, the usual one first.

    `asks`: who wants it has to be sure. `disturbs`: not while somebody is in a call. `outlasts`: it goes on when a call
    begins, which may be what it has begun. `replaces`: trying it again ends what goes on; else that has to be over.
    """

    called: Text
    run: Run
    ways: tuple[Way, ...]
    asks: bool = False
    disturbs: bool = True
    outlasts: bool = False
    replaces: bool = False

    def way(self, key: str) -> Way:
        """Returns one of its ways, the usual one for an empty key. Raises `KeyError`."""
        found = {way.key: way for way in self.ways}
        return found[key] if key else self.ways[0]


class Outcome(msgspec.Struct, frozen=True):
    """What became of it, and words for whoever asked.

    `asks`: it was not begun, and the words say what it does. `asked`: it has begun, and nothing has confirmed it.
    """

    became: Became
    text: Text = NOTHING
