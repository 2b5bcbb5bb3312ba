"""What the card's sections become: files of the system, as values."""

from collections.abc import Mapping

import msgspec

MADE = "# Made by `offhook card apply` from room.toml on the card; changes here are lost.\n"


class File(msgspec.Struct, frozen=True):
    """A file's text and permissions."""

    text: str
    mode: int = 0o644

    def __repr__(self) -> str:
        return f"File(mode={self.mode:#o})"


class Link(msgspec.Struct, frozen=True):
    """A symbolic link."""

    target: str


Files = Mapping[str, File | Link | None]
"""Path below the root, without a slash in front → what is to be there; None: nothing."""
