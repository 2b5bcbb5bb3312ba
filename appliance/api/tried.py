"""Parts that can be tried, and what became of a try: the types of both."""

from typing import Annotated, Literal

import msgspec

_Name = Annotated[str, msgspec.Meta(max_length=100)]


class TryWay(msgspec.Struct, frozen=True):
    """A way to try a part.

    how: What a program says; empty where it is the only one.
    does: What it does, in words.
    """

    how: str
    does: str


class TryPart(msgspec.Struct, frozen=True):
    """A part that can be tried.

    part: What a program calls it.
    called: What people call it.
    ways: The usual one first.
    asks: Whether it acts upon the world, and so wants `sure`.
    disturbs: Whether it is refused while somebody is in a call.
    """

    part: str
    called: str
    ways: tuple[TryWay, ...]
    asks: bool
    disturbs: bool


class TryParts(msgspec.Struct, frozen=True):
    """All of them, in the order of the configuration."""

    parts: tuple[TryPart, ...]


class Try(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is tried.

    part: Its name.
    how: In which way; left out, the usual one.
    sure: Whether whoever asks has read what it does.
    """

    part: _Name
    how: _Name = ""
    sure: bool = False


class Tried(msgspec.Struct, frozen=True):
    """What became of it.

    outcome: `confirmed` by the part itself; `asked` of it, and not confirmed within five seconds; `asks`: it was not
        begun, and `says` what it would do; `refused`: not now; `failed`.
    says: In words.
    """

    outcome: Literal["confirmed", "asked", "asks", "refused", "failed"]
    says: str
