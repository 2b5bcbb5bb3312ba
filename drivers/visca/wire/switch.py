"""On and off as VISCA writes them."""

from enum import IntEnum


class Switch(IntEnum):
    """On and off, in commands and in replies."""

    ON = 2
    OFF = 3
