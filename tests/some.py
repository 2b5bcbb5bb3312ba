"""What must be there, for the type checker and the test alike."""

from typing import TypeVar

T = TypeVar("T")


def some(value: T | None) -> T:
    """Returns the value; a test that finds none has failed."""
    assert value is not None
    return value
