"""The loader's state as a new card has it, and as tests want it: both copies, written into an image of a card.

`python3 state.py CARD.img [NAME=VALUE ...]`. A copy is U-Boot's redundant environment: CRC-32 of the text, a number
that rises with each write (the copy with the higher one counts, and 0 follows 255), then NAME=VALUE texts, each ended
by a zero byte, and zeros to the end.
"""

import sys
import zlib
from pathlib import Path

SIZE = 0x2000  # bytes of a copy: CONFIG_ENV_SIZE
PLACES = (0x400000, 0x800000)  # bytes from the card's beginning: CONFIG_ENV_OFFSET and CONFIG_ENV_OFFSET_REDUND
NEW = {"BOOT_ORDER": "A B", "BOOT_A_LEFT": "3", "BOOT_B_LEFT": "0"}  # nothing is in slot B yet


def copy(state: dict[str, str], number: int) -> bytes:
    """One copy. Raises ValueError where it does not fit."""
    text = b"".join(f"{name}={value}\0".encode() for name, value in sorted(state.items())) + b"\0"
    if len(text) > SIZE - 5:
        raise ValueError(f"a state of {len(text)} bytes: at most {SIZE - 5} fit")
    text = text.ljust(SIZE - 5, b"\0")
    return zlib.crc32(text).to_bytes(4, "little") + bytes([number % 256]) + text


def write(card: Path, state: dict[str, str]) -> None:
    """Both copies into an image; the first is the newer one."""
    with card.open("r+b") as disk:
        for place, number in zip(PLACES, (1, 0), strict=True):
            disk.seek(place)
            disk.write(copy(state, number))


if __name__ == "__main__":
    write(Path(sys.argv[1]), NEW | dict(word.split("=", 1) for word in sys.argv[2:]))
