"""What a program may ask of the room, and the answer: the types of both."""

from typing import Annotated, Final, Literal

import msgspec

PATIENCE: Final = 5.0  # seconds in which a terminal confirms something, see appliance.room.orders.asked
LONGEST: Final = 10.0  # seconds for which an answer may wait
LONGEST_KEY: Final = 64  # characters
KEYS: Final = rf"^[!-~]{{1,{LONGEST_KEY}}}$"


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked.

    do: An action, as buttons have it: `mute on`, `call anna@example.com`.
    wait: Seconds for which the answer waits until the terminal confirms.
    deadline: Seconds since 1970, at most a minute ahead, after which it is not to be done any more.
    by: Who asks, for the display; left out, the name of the token.
    """

    do: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    wait: Annotated[float, msgspec.Meta(ge=0, le=LONGEST)] = PATIENCE
    deadline: float | None = None
    by: Annotated[str, msgspec.Meta(max_length=40)] = ""


class Done(msgspec.Struct, frozen=True):
    """What became of it.

    outcome: `confirmed` by the terminal, or done; `asked` of it, and not confirmed yet; `nothing` to do; `refused`.
    why: In words, where it was not done.
    """

    outcome: Literal["confirmed", "asked", "nothing", "refused"]
    why: str = ""


class Form(msgspec.Struct, frozen=True):
    """A form of the grammar.

    form: With words in capitals for what stands in their place.
    may: Whether the caller may ask it, at least in one form.
    """

    form: str
    may: bool


class Forms(msgspec.Struct, frozen=True):
    """What may be asked."""

    actions: tuple[Form, ...]
