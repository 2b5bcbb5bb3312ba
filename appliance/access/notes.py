"""Who is told of log-ins and refusals."""

from typing import Protocol


class Notes(Protocol):
    """Keeps who did what."""

    def note(self, who: str, what: str, *, by: str = "", about: str = "", soon: bool = False) -> None:
        """Notes a deed. `about`: where it came from. `soon`: it is kept at once."""


class NoNotes:
    """Keeps nothing."""

    def note(self, who: str, what: str, *, by: str = "", about: str = "", soon: bool = False) -> None:
        """Does nothing."""
