"""What comes of a request."""

from collections.abc import Callable

import msgspec

from appliance.deputy.requests import Answer


class Outcome(msgspec.Struct, frozen=True):
    """An answer, the bytes that follow it, and what is done once it has been sent."""

    answer: Answer
    content: bytes = b""
    then: Callable[[], None] | None = None

    def __repr__(self) -> str:
        return f"Outcome({self.answer!r})"
