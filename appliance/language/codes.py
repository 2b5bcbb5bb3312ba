"""Codes of the languages that a room can speak, as BCP 47 has them. A configuration is read by these alone."""

from typing import Final, Literal, TypeAlias

Code: TypeAlias = Literal["en", "es", "pl", "ru"]
Choice: TypeAlias = Literal["auto", Code]
"""As `[room] language` has it."""

AUTO: Final = "auto"
"""In place of a code: the language of the terminal."""
