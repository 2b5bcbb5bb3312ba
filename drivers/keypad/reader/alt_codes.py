"""Alt codes: characters that a reader types as numbers on the numeric block while it holds Alt down.

Readers do so for characters that the layout lacks, or for all of them, so that the layout makes no difference. A number
is a Unicode code point from 256 on. Below, it is a character of a code page of Windows: with a leading zero of the ANSI
one, without of the OEM one. From 32 to 126 all code pages agree; the others depend on the language of the Windows for
which the reader was set up, and nothing on the line tells which: only the configuration can.
"""

from collections.abc import Mapping
from typing import Final, Literal

AltCodes = Literal["ascii", "western", "cyrillic"]
"""Which code pages: none, those of Western Europe and America, or those of Russia."""

LONGEST_CODE: Final = 7
"""Digits of the highest code point, 1114111."""

EOT, FS, GS, RS, US = "\x04\x1c\x1d\x1e\x1f"
SEPARATORS: Final = frozenset((EOT, FS, GS, RS, US))
"""What separates the fields of GS1 and ISO/IEC 15434 codes: the only control characters that are part of a line."""
LINE_ENDS: Final = frozenset("\t\n\r")

_PAGES: Final[Mapping[str, tuple[str, str]]] = {
    "western": ("cp437", "cp1252"),
    "cyrillic": ("cp866", "cp1251"),
}


def decode(digits: str, alt_codes: AltCodes) -> str | None:
    """Returns the character of an Alt code; None where that is not certain, or can neither be shown nor separates."""
    number, leading_zero = int(digits), digits.startswith("0")
    if number < 32:  # without a leading zero Windows types pictures such as ♪
        return chr(number) if leading_zero and chr(number) in SEPARATORS | LINE_ENDS else None
    character = _character(number, alt_codes, ansi=leading_zero)
    return character if character.isprintable() and character else None


def has(character: str, alt_codes: AltCodes) -> bool:
    """Returns whether a reader can type this character as part of a line, with a key or as an Alt code."""
    codes = (f"0{ord(character)}", *(f"{zero}{number}" for number in range(128, 256) for zero in ("", "0")))
    return character not in LINE_ENDS and any(decode(code, alt_codes) == character for code in codes)


def _character(number: int, alt_codes: AltCodes, *, ansi: bool) -> str:
    if not 127 < number < 256:
        return chr(number) if number <= 0x10FFFF else ""
    if alt_codes not in _PAGES:
        return ""
    return bytes([number]).decode(_PAGES[alt_codes][ansi], "ignore")
