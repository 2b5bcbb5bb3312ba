"""What somebody may do with the box, and who they are."""

from enum import IntEnum
from typing import Final, Literal, TypeAlias

import msgspec

By: TypeAlias = Literal["box", "panel", "session", "token"]
"""How somebody is known: `box`, at the box; `panel`, a paired screen; `session`, logged in; `token`, a program."""


Word: TypeAlias = Literal["view", "touch", "maintain"]
"""A role as people and programs write it."""


class Role(IntEnum):
    """What somebody may do. Each may also do what those before it may, so that roles compare: `role >= Role.TOUCH`."""

    VIEW = 1
    """Looks at the room."""
    TOUCH = 2
    """Does with the room what people in it may."""
    MAINTAIN = 3
    """Does with the box what its owner may."""

    @property
    def word(self) -> str:
        """What people and programs call it: one of `Word`."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> "Role":
        """Returns the role of a word. Raises `ValueError`, which says what was expected."""
        for role in cls:
            if role.word == word:
                return role
        raise ValueError(f"`{word}` is not a role; expected {', '.join(role.word for role in cls)}")


class Caller(msgspec.Struct, frozen=True):
    """Somebody who asks for something. `name`: what a log and an audit call them; never a secret."""

    name: str
    role: Role
    by: By

    def may(self, least: Role) -> bool:
        """Returns whether they may do what needs this role."""
        return self.role >= least


BOX: Final = Caller("box", Role.TOUCH, "box")
"""A screen on the box itself."""


def panel_name(kept: str) -> str:
    """Returns what a screen that was paired is called, by the digest of its secret; nothing of the secret is in it."""
    return f"panel {kept[:8]}"
