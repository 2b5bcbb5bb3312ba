"""How much is measured."""

import msgspec


class Size(msgspec.Struct, frozen=True):
    """Numbers of samples, and how long things last; the options of the command say what each means."""

    rounds: int
    starts: int
    weighings: int
    idle: float  # seconds
    rooms: int
    drive: float  # seconds
