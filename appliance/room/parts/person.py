"""Somebody, as the terminal names them."""

import msgspec

_LOOKED_AT = 640  # characters of a name, which may be any number


class Person(msgspec.Struct, frozen=True):
    """Somebody, by id and by the name the terminal shows."""

    peer_id: str
    name: str = ""

    @property
    def label(self) -> str:
        """What people are shown: the name, or the id where the name has no letter and no digit, only emoji perhaps."""
        says_something = any(character.isalnum() for character in self.name[:_LOOKED_AT])
        return self.name if says_something else self.peer_id or self.name
