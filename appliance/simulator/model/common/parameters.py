"""Kinds of command parameters: what each accepts and how a refusal describes it."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from appliance.simulator.model.common.errors import Refused


class Kind(msgspec.Struct, frozen=True):
    """A kind of value; `name` completes the sentence "must be …"."""

    name: str
    accepts: Callable[[Any], bool]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


TEXT = Kind("a non-empty string", lambda value: isinstance(value, str) and value != "")
STRING = Kind("a string", lambda value: isinstance(value, str))
FLAG = Kind("true or false", lambda value: isinstance(value, bool))
NUMBER = Kind("a number", _is_number)
COUNT = Kind("an integer, 0 or more", lambda value: type(value) is int and value >= 0)
NUMBERED = Kind(
    "a number, also as a string",
    lambda value: type(value) is int or (isinstance(value, str) and value.isascii() and value.isdigit()),
)
TEXTS = Kind("an array of non-empty strings", _is_texts)
OBJECT = Kind("an object", lambda value: isinstance(value, dict))


def one_of(*values: str) -> Kind:
    """Returns a kind that accepts exactly `values`."""
    return Kind("one of " + ", ".join(values), lambda value: isinstance(value, str) and value in values)


def between(low: float, high: float) -> Kind:
    """Returns the kind of numbers from `low` to `high`, both included."""
    return Kind(f"a number from {low:g} to {high:g}", lambda value: _is_number(value) and low <= value <= high)


def whole(low: int, high: int) -> Kind:
    """Returns the kind of integers from `low` to `high`, both included."""
    return Kind(f"an integer from {low} to {high}", lambda value: type(value) is int and low <= value <= high)


def check(request: Mapping[str, Any], needs: Mapping[str, Kind], takes: Mapping[str, Kind]) -> None:
    """Checks the parameters of a request; others than those named are ignored.

    Raises `Refused` if one of `needs` is missing, or if one of either has the wrong kind.
    """
    for name in needs:
        if name not in request:
            raise Refused(f"missing parameter: {name}")
    for name, kind in {**needs, **takes}.items():
        if name in request and not kind.accepts(request[name]):
            raise Refused(f"wrong parameter: {name} must be {kind.name}")
