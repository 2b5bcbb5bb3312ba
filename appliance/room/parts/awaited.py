"""What was asked of the terminal and is not confirmed yet."""

import msgspec

from appliance.language.text import Text


class Asked(msgspec.Struct, frozen=True):
    """What a press has asked of the terminal, which has not confirmed it, and until when it may (monotonic seconds).

    `confirms`: fields of the room; when one of them changes, the terminal has decided. Where there are none, its reply
    decides. `accepted`: it has replied that it will.
    """

    text: Text
    until: float
    confirms: tuple[str, ...] = ()
    accepted: bool = False


class ProgramDeed(msgspec.Struct, frozen=True):
    """What a program had the terminal do, which has accepted it and may confirm it until then (monotonic seconds).

    It is confirmed when `field` of the room is one of `values`.
    """

    text: Text
    until: float
    field: str
    values: frozenset[object]


class Level(msgspec.Struct, frozen=True):
    """A volume that was asked for (0.0 to 1.0), and until when a further step begins there (monotonic seconds)."""

    value: float
    until: float
